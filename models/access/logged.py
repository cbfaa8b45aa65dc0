from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# Up to how many files an answer shows what lists show of them, and is an opening all the same
FEW = 3
NAME_FIELDS = ("name", "complete_name", "display_name")
# Models whose field "name" is the name of a person or stands for one
OF_PERSONS = ("integration.client", "integration.household")

# What says whose record it is and when it came about, and nothing more; all models have some.
PLAIN = frozenset(
    """
    id display_name active sequence color file_number episode state stage_id version
    client_id case_id plan_id line_id contact_id household_id origin_id company_id municipality_id
    mandate_id user_id in_my_files may_work is_late late
    date date_from date_to date_start date_end date_agreed date_ended date_next_review
    create_uid create_date write_uid write_date
    """.split()
)
# Of a case further what a lead reads of each: dates, silence, whether there is consent and plan
PLAIN_OF = {
    "integration.case": frozenset(
        """
        activity_ids activity_state activity_date_deadline activity_user_id
        activity_exception_decoration activity_exception_icon closure_reason_id consent_renewal_due
        consent_state days_silent has_plan last_talk_date next_contact_date pause_until
        person_count silence_state date_opened date_paused
        """.split()
    ),
    # Who read what: entries for access speak of workers
    "integration.case.access": frozenset(
        "kind date_until reason is_exception shared_until".split()
    ),
    "integration.household": frozenset("name size".split()),
}
# What lists show of many files at a time; of a few it is as good as opening them.
LISTED = {
    "integration.case": frozenset({"next_step_id"}),
    "integration.client": frozenset(
        """
        birthdate consent_state gender housing_type_id language_ids name complete_name phone
        residence_status_id
        """.split()
    ),
    "integration.consent": frozenset("decision form purpose valid_until".split()),
    "integration.contact": frozenset(
        "cancelled channel_id duration person_count reached topic_ids".split()
    ),
    "integration.assessment": frozenset("kind line_count".split()),
    "integration.course.enrolment": frozenset(
        """
        date_need date_planned date_registered date_state date_waiting days_need days_registered
        days_running days_waited days_waiting is_waiting kind_id provider_id
        """.split()
    ),
    "integration.deadline": frozenset("date_done date_remind kind_id".split()),
    "integration.disclosure": frozenset("basis channel kind_ids reason recipient_name".split()),
    "integration.household": frozenset({"current_client_ids"}),
    "integration.plan": frozenset("line_count line_reached_count".split()),
    "integration.plan.step": frozenset(
        "area_id date_done date_due goal name owner reason service_id".split()
    ),
    "integration.referral": frozenset(
        "basis date_feedback feedback_from is_overdue recipient_name topic_id".split()
    ),
    "integration.release": frozenset(
        "direction kind_ids recipient_name valid_from valid_until".split()
    ),
    "integration.withdrawal.recipient": frozenset(
        "date_told date_withdrawn means recipient_name remark".split()
    ),
}
# By what a record says in whose file it lies
PATHS = ("client_id", "case_id", "plan_id", "contact_id", "household_id", "current_client_ids")
# How much there is of something is no value of it.
COUNTING = {"count", "count_distinct"}


class IntegrationLogged(models.AbstractModel):
    """Logs which files were opened, exported or searched by name, by what left the server.

    A file is opened when an answer holds anything of it that lists do not show, whatever was asked
    and however many records came; and when it holds what lists show of a few files alone. A list
    of many is none. Words of notes are never a list.
    """

    _inherit = "integration.logged"

    def _read_format(self, fnames, load="_classic_read"):
        """Log what is read: every way of reading ends here, forms, lists and requests alike."""
        rows = super()._read_format(fnames, load)
        # Not before: what is refused showed nothing.
        self._log_opened(fnames)
        return rows

    def export_data(self, fields_to_export):
        data = super().export_data(fields_to_export)
        if not self.env.su:
            self.env["integration.access.log"]._log("export", self._logged_clients())
        return data

    @api.model
    def formatted_read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        groups = super().formatted_read_group(domain, groupby, aggregates, *args, **kwargs)
        self._log_grouped(domain, groupby, aggregates)
        return groups

    @api.model
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), **kwargs):
        groups = super().formatted_read_grouping_sets(domain, grouping_sets, aggregates, **kwargs)
        for groupby in grouping_sets:
            self._log_grouped(domain, groupby, aggregates)
        return groups

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su and self._searches_by_name(domain):
            self.env["integration.access.log"]._log("search")
        return super()._search(domain, *args, **kwargs)

    # ------------------------------------------------------------
    # What is an opening
    # ------------------------------------------------------------

    def _log_opened(self, names):
        """Log the files of the records, if their fields ``names`` say what a file says."""
        if self.env.su or self._transient or not self.ids:
            return
        telling = self._telling(names)
        if not telling:
            return
        clients = self._logged_clients()
        if telling - self._listed() or len(clients) <= FEW:
            self.env["integration.access.log"]._log("open", clients)

    @api.model
    def _log_grouped(self, domain, groupby, aggregates):
        """Log the files whose values are told by groups: of a few, or record by record."""
        if self.env.su or self._transient:
            return
        valued = [spec for spec in aggregates if ":" in spec and spec.split(":")[1] not in COUNTING]
        keys = {spec.split(":")[0].split(".")[0] for spec in groupby}
        values = {spec.split(":")[0] for spec in valued}
        if not self._telling(keys | values):
            return
        listing = any(spec.split(":")[1] not in ("sum", "avg") for spec in valued)
        single = not keys.isdisjoint({"id", "file_number", *PATHS})
        limit = None if listing or single else FEW + 1
        records = self.search(domain, limit=limit, order="id")
        if limit and len(records) == limit:
            # Several records may still lie in one file.
            path = next((name for name in PATHS if name in self._fields), "id")
            path = "id" if self._name == "integration.client" else path
            if len(self._read_group(domain, [path], limit=limit)) == limit:
                return
        self.env["integration.access.log"]._log("open", records._logged_clients())

    @api.model
    def _telling(self, names):
        """Return those of the fields ``names`` that say something about a person."""
        names = {name for name in names if name in self._fields}
        return names - PLAIN - PLAIN_OF.get(self._name, frozenset())

    @api.model
    def _listed(self):
        return LISTED.get(self._name, frozenset()) - self._content_fields

    def _logged_clients(self):
        """Return the clients in whose files the records lie."""
        if self._name == "integration.client":
            return self
        # sudo: self - whose file it is; reading the record itself is checked by the request
        records = self.sudo()
        for path in PATHS:
            if path in self._fields:
                whose = records[path]
                return whose._logged_clients() if whose else self.env["integration.client"]
        return self.env["integration.client"]

    # ------------------------------------------------------------
    # Words are not grouped
    # ------------------------------------------------------------

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        self._refuse_content(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        self._refuse_content(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _refuse_content(self, specification):
        """Refuse to sort the words of files into groups: that would list them unseen.

        :raises AccessError: also for the superuser; figures never rest on words
        """
        if specification.split(":")[0].split(".")[0] in self._content_fields:
            # What the ORM itself asks when it describes the fields: no other error means no.
            raise AccessError(self.env._("Words of files are neither grouped nor counted."))

    # ------------------------------------------------------------
    # What is a search by name
    # ------------------------------------------------------------

    @api.model
    def _searches_by_name(self, domain):
        return any(
            self._is_persons_name(str(field))
            # Words sought in a reference are sought in the names of what it refers to
            or (operator.endswith("like") and str(field).endswith(("_id", "_ids")))
            or (operator.endswith("any") and self._searches_by_name(value))
            for field, operator, value in self._conditions(domain)
        )

    @api.model
    def _is_persons_name(self, path):
        """Return whether a field may hold a name; that of a step or a goal is none."""
        if path == "name" and self._name.startswith("integration."):
            return self._name in (*OF_PERSONS, "integration.logged")
        return path.rsplit(".", 1)[-1] in NAME_FIELDS

    @api.model
    def _conditions(self, domain):
        if isinstance(domain, Domain):
            return [(c.field_expr, c.operator, c.value) for c in domain.iter_conditions()]
        return [term for term in domain or () if len(term) == 3]
