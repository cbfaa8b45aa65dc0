from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..mixins.door import SYSTEM

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
        person_count silence_state date_opened date_paused warning_until
        """.split()
    ),
    # Who read what: entries for access speak of workers
    "integration.case.access": frozenset(
        "kind date_until reason is_exception shared_until".split()
    ),
    "integration.household": frozenset("name size".split()),
    "integration.contact.draft": frozenset("kept_on date_until days_left".split()),
}
# What lists show of many files at a time; of a few it is as good as opening them.
LISTED = {
    model: frozenset(names.split())
    for model, names in {
        # Nobody's file yet
        "integration.arrival": """
        person_count date_later date_move date_visited days_waited language_ids name source street
        visit_count
        """,
        "integration.concern": """
        answer_text date_answered date_cleared kind_id party source told
        """,
        "integration.concern.link": "concern_id kind_id party",
        "integration.case": "next_step_id activity_summary activity_type_icon",
        "integration.client": """
        birthdate consent_state gender housing_type_id language_ids name complete_name phone
        residence_status_id
        """,
        "integration.consent": "decision form purpose valid_until",
        "integration.contact": "cancelled channel_id duration person_count reached topic_ids",
        "integration.agreement.sheet": "date_signed form language_id state",
        "integration.appointment": """
        client_ids contact_id duration place place_kind start stop time time_open when
        """,
        "integration.assessment": "kind line_count",
        "integration.course.enrolment": """
        date_need date_planned date_registered date_state date_waiting days_need days_registered
        days_running days_waited days_waiting is_waiting kind_id provider_id
        """,
        "integration.contact.interpreter": """
        interpreter_id kind language_id minutes name of_age relative_id
        """,
        "integration.interpreter": """
        availability by_phone currency_id gender is_ready kind language_ids name phone pledge_date
        qualification rate rate_unit
        """,
        "integration.deadline": "date_done date_remind kind_id",
        "integration.disclosure": "basis channel kind_ids reason recipient_name",
        "integration.document": "date_delete date_deleted date_seen kind_id",
        "integration.household": "current_client_ids",
        "integration.letter": "addressed_to author_id recipient_name subject",
        # Nobody's file: places and times
        "integration.office.hour": """
        interval is_public language_ids room_id session_count time_from time_to weekday
        """,
        "integration.office.session": """
        cancel_reason interpreter_ids is_changed is_covered room_id start stop visitor_count
        waiting_count when
        """,
        # Without a file nobody's; with one, that she came
        "integration.office.visitor": """
        appointment_id arrived_at name number person_count session_id
        """,
        "integration.plan": "line_count line_reached_count",
        "integration.plan.step": "area_id date_done date_due goal name owner reason service_id",
        "integration.referral": """
        basis date_feedback feedback_from is_overdue recipient_name topic_id
        """,
        "integration.release": "direction kind_ids recipient_name valid_from valid_until",
        "integration.volunteer.match": "date_check date_need purpose recipient_name",
        "integration.withdrawal.recipient": "date_told date_withdrawn means recipient_name remark",
    }.items()
}
# By what a record says in whose file it lies
PATHS = (
    *("client_id", "case_id", "plan_id", "contact_id", "household_id", "current_client_ids"),
    "goal_id",
)
# How much there is of something is no value of it.
COUNTING = {"count", "count_distinct"}
# Groups of a day tell it; those of a month or year count.
FINE = {"", "day", "hour", "day_of_year"}


class IntegrationLogged(models.AbstractModel):
    """Logs which files were opened, exported or searched by name, by what left the server.

    A file is opened when an answer holds anything of it that lists do not show, whatever was asked
    and however many records came; and when it holds what lists show of a few files alone. A list
    of many is none. Words of notes are never a list.
    """

    _inherit = "integration.logged"

    def _read_format(self, fnames, load="_classic_read"):
        """Log what is read: every way of reading records ends here, forms, lists and requests."""
        rows = super()._read_format(fnames, load)
        # Not before: what is refused showed nothing.
        self._log_opened(fnames)
        self._log_named(fnames if load else {"display_name"} & set(fnames))
        return rows

    def web_read(self, specification):
        """Log whom a form or a list calls by name in a reference: Odoo looks it up as superuser."""
        rows = super().web_read(specification)
        for name, spec in specification.items():
            if "display_name" in ((spec or {}).get("fields") or ()):
                self.with_context(**(spec.get("context") or {}))._log_named([name])
        return rows

    def onchange(self, values, field_names, fields_spec):
        result = super().onchange(values, field_names, fields_spec)
        if not field_names:
            # What a form begins with: all fields that are asked for, also of a stored record
            self._log_opened(fields_spec)
        return result

    def copy_data(self, default=None):
        data = super().copy_data(default)
        self._log_opened({name for vals in data for name in vals or ()})
        return data

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """Log whose files are exported: also of whatever the columns lead to."""
        lines = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        if not self.env.su:
            names = {path[0].split(".")[0] for path in fields if path}
            if _is_toplevel_call or self._telling(names) or self._naming(names):
                self.env["integration.access.log"]._log("export", self._logged_clients())
        return lines

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        """Log what groups tell: every way of asking for groups ends here, or in the next one."""
        groups = super()._read_group(domain, groupby, aggregates, *args, **kwargs)
        self._log_grouped(domain, groupby, aggregates)
        return groups

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), *args, **kwargs):
        groups = super()._read_grouping_sets(domain, grouping_sets, aggregates, *args, **kwargs)
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
        if self.env.su or not self.ids:
            return
        telling = self._telling(names)
        if not telling:
            return
        clients = self._logged_clients()
        if telling - self._listed() or len(clients) <= FEW:
            self.env["integration.access.log"]._log("open", clients)

    def _log_named(self, names):
        """Log whom the fields ``names`` call by name: as with names in a list, of a few alone."""
        if self.env.su or not self.ids:
            return
        for name in self._naming(names):
            # sudo: self - whose name it is; reading the record itself is checked by the request
            named = self if name == "display_name" else self.sudo()[name].sudo(False)
            clients = named._logged_clients()
            if len(clients) <= FEW:
                # Anyone who may not know the name was shown the number.
                known = clients.with_env(self.env)._nameable()
                self.env["integration.access.log"]._log("open", known)

    @api.model
    def _log_grouped(self, domain, groupby, aggregates):
        """Log the files whose values are told by groups: of a few, or record by record."""
        if self.env.su or self.env.context.get("integration_unseen") is SYSTEM:
            return
        valued = [spec for spec in aggregates if ":" in spec and spec.split(":")[1] not in COUNTING]
        paths = {path for spec in (*groupby, *valued) for path in self._telling_paths(spec)}
        named = self._naming({spec.split(":")[0] for spec in groupby})
        if not paths and not named:
            return
        listing = any(spec.split(":")[1] not in ("sum", "avg") for spec in valued)
        single = paths and (listing or any(self._tells_which(spec) for spec in groupby))
        records = self._grouped_records(domain, None if single else FEW)
        for path in paths | named:
            # sudo: self - whose file it is; the groups themselves are made by the user's rights
            found = records.sudo().mapped(path) if path else records
            clients = found.sudo(False)._logged_clients()
            if path not in paths:
                clients = clients.with_env(self.env)._nameable()
            self.env["integration.access.log"]._log("open", clients)

    @api.model
    def _grouped_records(self, domain, most):
        """Return the records that were grouped; none if they lie in more than ``most`` files."""
        domain = self._logged_domain(domain)
        if most:
            path = next((name for name in PATHS if name in self._fields), "id")
            path = "id" if self._name == "integration.client" else path
            if len(self._unseen()._read_group(domain, [path], limit=most + 1)) > most:
                return self.browse()
        return self.search(domain, order="id")

    @api.model
    def _logged_domain(self, domain):
        """Return the domain of those records in ``domain`` that may lie in somebody's file."""
        return Domain(domain or Domain.TRUE)

    @api.model
    def _steps(self, path):
        """Yield (path up to here, model, field) of each field that a path of fields goes by."""
        model, before = self, []
        for name in path.split("."):
            field = model._fields.get(name)
            if field is None:
                return
            yield ".".join(before), model, field
            if field.type != "many2one":
                return
            before.append(name)
            model = self.env[field.comodel_name]

    @api.model
    def _telling_paths(self, specification):
        """Return the paths to the records about which a group or aggregate says something."""
        logged = self.env.registry["integration.logged"]
        return [
            before
            for before, model, field in self._steps(specification.split(":")[0])
            if isinstance(model, logged) and model._telling({field.name})
        ]

    @api.model
    def _tells_which(self, specification):
        """Return whether groups by this are about single persons, and are no counting.

        That is so of numbers, references to files, words and days.
        """
        path, _colon, granularity = specification.partition(":")
        *_before, (_path, model, field) = self._steps(path)
        if field.name in {"id", "file_number", *PATHS}:
            return True
        if not (isinstance(model, self.env.registry["integration.logged"])):
            return False
        free = field.type in ("char", "text", "html")
        day = field.type in ("date", "datetime") and granularity in FINE
        return bool((free or day) and model._telling({field.name}))

    @api.model
    def _telling(self, names):
        """Return those of the fields ``names`` that say something about a person.

        Of a dialog those that show fields of a file; what is typed into it is its author's own.
        """
        if self._author_alone:
            return set()
        names = {name for name in names if name in self._fields}
        if self._transient:
            related = {name: self._fields[name].related for name in names}
            return {name for name, path in related.items() if path and self._telling_paths(path)}
        return names - PLAIN - PLAIN_OF.get(self._name, frozenset())

    @api.model
    def _naming(self, names):
        """Return those of the fields ``names`` that show a name because the context asks for it."""
        if self._author_alone or not self.env.context.get("integration_show_name"):
            return set()
        return {name for name in names if name in self._fields and self._shows_name(name)}

    @api.model
    def _shows_name(self, name):
        field, model = self._fields[name], self
        if field.type == "many2one":
            model = self.env[field.comodel_name]
        elif name != "display_name":
            return False
        depends = self.pool.field_depends_context[model._fields["display_name"]]
        ours = isinstance(model, self.env.registry["integration.logged"])
        return ours and "integration_show_name" in depends

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
            # A picker that opens asks for whatever is like nothing: for all.
            if not (operator.endswith("like") and value in ("", False, None))
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
