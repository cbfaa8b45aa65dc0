"""Whose figures these are, of when, what was frozen, and who signs."""

from odoo import fields
from odoo.tools import format_datetime, formatLang

from ...tools import LOCAL_ZONE
from ..breakdowns import WORKER


class FiguresHead:
    """Words around the numbers, the same for screen, paper and workbook."""

    def __init__(self, report, matrix):
        self.env = report.env
        self.lang = self.env.lang or "en_US"
        self.report = report
        self.matrix = matrix
        # {number: as it is written}; most numbers come several times
        self._numbers = {}

    def number(self, value):
        """Write a number with the reader's separators; a dot stands for a hidden one."""
        if value is None:
            return "."
        if value not in self._numbers:
            self._numbers[value] = formatLang(self.env, value, digits=0)
        return self._numbers[value]

    def moment(self, value):
        """Write date and time of the county, nothing for no value."""
        return format_datetime(self.env, value, tz=LOCAL_ZONE, dt_format="short") if value else ""

    def head(self):
        """Return whose figures these are, of when, printed when."""
        report = self.report
        seal, warning = self.seal(), self.warning()
        facts = self._facts()
        if warning:
            facts.append((self.env._("Attention"), warning))
        return {
            # sudo: name of the own employer
            "employer": report.sudo().company_id.name,
            "title": self.env._("Official figures"),
            "subtitle": self.env._("Integration management"),
            "scope": report.scope_label,
            "period": report._period_label(),
            "printed": self.moment(fields.Datetime.now()),
            "submitted": report.state == "submitted",
            "facts": facts + seal,
            "seal": seal,
            "check_value": report._check_value(),
            "warning": warning,
        }

    def _facts(self):
        """Return (label, value) of what the figures are about."""
        report = self.report
        profile = dict(report._fields["profile"]._description_selection(self.env))
        # sudo: names of the employers counted; the coordinator may not read their companies
        employers = report.sudo().scope_company_ids.sorted("name").mapped("name")
        facts = [
            (self.env._("Whose work"), report.scope_label),
            (self.env._("Period"), report._period_label()),
            (self.env._("Profile"), profile[report.profile]),
            (self.env._("Counted on"), self.moment(report.computed_on)),
            (self.env._("Printed on"), self.moment(fields.Datetime.now())),
        ]
        if len(employers) > 1:
            facts.insert(1, (self.env._("Employers"), ", ".join(employers)))
        return facts

    def warning(self):
        """Say if lines were changed behind the module's back: a hash nobody compares seals nothing.

        No role can write them; anyone who reaches the database can.
        """
        return {
            "own": self.env._(
                "These are not the figures that were submitted: they were changed in the database"
                " afterwards, the checksum does not fit them."
            ),
            "next": self.env._(
                "These are not the figures that were submitted: figures and checksum were changed"
                " in the database afterwards. The next submission was sealed with another"
                " checksum. Compare the check value with the one on paper."
            ),
            "before": self.env._(
                "The submission before this one was changed in the database afterwards: this one"
                " was sealed with another checksum of it. These figures themselves are unchanged."
            ),
            "fork": self.env._(
                "Submissions of this employer follow one another, but here two follow the same"
                " one: one of them was put in or changed in the database afterwards. Compare the"
                " check values with those on paper."
            ),
            "after": self.env._(
                "This is not the employer's last submission: what followed was deleted in the"
                " database. These figures themselves are unchanged."
            ),
        }.get(self.report._broken_seal(), "")

    def seal(self):
        """Return what a submission fixed: by whom, the hash, and how much it stands for."""
        report = self.report
        if report.state != "submitted":
            return []
        # sudo: name of a colleague who may have left
        name = report.sudo().submitted_by_id.name
        facts = [
            (self.env._("Submitted"), f"{self.moment(report.submitted_on)}, {name}"),
            (self.env._("Check value"), report._check_value()),
            (self.env._("Checksum"), report.checksum),
            (self.env._("Extent"), self._extent()),
        ]
        if report.record_counts:
            counts = {kind: self.number(n) for kind, n in report.record_counts.items()}
            facts.append(
                (
                    self.env._("Records counted"),
                    self.env._(
                        "%(talk)s talks, %(presence)s persons present in them, %(plan)s plans,"
                        " %(case)s cases",
                        **counts,
                    ),
                )
            )
        return facts

    def _extent(self):
        """Say how many lines and numbers there are."""
        lines = [row for row in self.matrix.rows if self.matrix.has_numbers(row)]
        columns = sum(map(len, self.matrix.columns.values()))
        return self.env._(
            "%(lines)s lines with %(numbers)s numbers",
            lines=self.number(len(self.matrix.rows)),
            numbers=self.number(len(lines) * columns),
        )

    def signatures(self, breakdown):
        """Return who signs: the workers whose figures stand in rows of their own, the employer.

        A worker's name is no client's. What nobody is set for, nobody signs.
        """
        names = []
        if breakdown == WORKER:
            names = [c.label for c in self.matrix.columns.get(WORKER, []) if c.key]
        elif self.report.scope == "worker":
            # sudo: name of a colleague who may have left
            names = self.report.sudo().user_id.mapped("name")
        # sudo: name of the own employer
        employer = self.report.sudo().company_id.name
        return [*names, self.env._("For the employer: %s", employer)]
