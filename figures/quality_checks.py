"""What is missing before figures are submitted, per worker: counts and ids, no names.

Each check is one domain, asked once for the numbers and once with the reader's own rights
for what she may open. The number of queries depends neither on workers nor on employers.
"""

from collections import defaultdict

from odoo.fields import Domain

from ..tools import local_today

# What is asked and listed by each check
CHECKS = {
    "topic": "integration.contact",
    "consent": "integration.case",
    "plan": "integration.case",
    "review": "integration.case",
    "steps": "integration.plan.step",
}


class QualityChecks:
    """Looks at the work of one or more employers.

    :param env: of the reader
    :param periods: {company: (first day, last day)}; the caller has checked the companies
    """

    def __init__(self, env, periods):
        self.env = env
        self.periods = periods
        # sudo: counts over files that the reader may not open, numbers and ids only
        self.system = env(su=True)

    def domain(self, check):
        """Return what a check asks for, over all employers."""
        return Domain.OR(
            Domain("company_id", "=", company.id) & self._incomplete(check, *period)
            for company, period in self.periods.items()
        )

    def _incomplete(self, check, start, stop):
        running = Domain("state", "!=", "closed")
        if check == "topic":
            talks = Domain("is_talk", "=", True) & Domain("topic_ids", "=", False)
            return talks & Domain("date", ">=", start) & Domain("date", "<=", stop)
        if check == "consent":
            return running & Domain("consent_state", "!=", "given")
        if check == "plan":
            return running & Domain("consent_state", "=", "given") & Domain("has_plan", "=", False)
        if check == "review":
            return running & Domain("date_next_review", "<", local_today(self.env))
        ended = Domain("case_id.date_end", ">=", start) & Domain("case_id.date_end", "<=", stop)
        left_open = self.env["integration.plan.step"]._left_open_domain()
        return ended & Domain("case_id.state", "=", "closed") & left_open

    def found(self):
        """Return {check: {(company, worker): set of ids}}: who could put it right.

        A talk belongs to the worker responsible for the file today, for it is her who may
        complete it; an unnamed one to who held it.
        """
        result = {}
        for check, model in CHECKS.items():
            rows = result[check] = defaultdict(set)
            for record in self.system[model].search(self.domain(check)):
                case = record if model == "integration.case" else record.case_id
                worker = case.user_id or record.user_id
                rows[record.company_id.id, worker.id].add(record.id)
        return result

    def readable(self, check):
        """Return the ids of a check's list that the reader may open."""
        return set(self.env[CHECKS[check]].search(self.domain(check)).ids)

    def contacts(self):
        """Return {(company, worker): number of contacts entered for the period}."""
        domain = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date", ">=", start)
            & Domain("date", "<=", stop)
            & Domain("cancelled", "=", False)
            for company, (start, stop) in self.periods.items()
        )
        groups = self.system["integration.contact"]._read_group(
            domain, ["company_id", "user_id"], ["__count"]
        )
        return {(company.id, user.id): count for company, user, count in groups}

    def silent(self, company):
        """Return the case workers of an employer who entered nothing for the period."""
        contacts = self.contacts()
        return self.workers()[company.id].filtered(
            lambda user: not contacts.get((company.id, user.id))
        )

    def workers(self):
        """Return {company id: case workers of today}."""
        group = self.env.ref("integration_management.group_caseworker")
        companies = {company.id for company in self.periods}
        users = self.system["res.users"].search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", list(companies))]
        )
        users.mapped("lang")  # of all at once, before they part by employer
        workers = defaultdict(lambda: users.browse())
        for user in users:
            for company in user.company_ids:
                if company.id in companies:
                    workers[company.id] |= user
        return workers
