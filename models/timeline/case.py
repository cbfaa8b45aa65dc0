from odoo import api, models

# (name, model, by which it belongs to the case, fields that are shown): its lane in the picture
SOURCES = (
    ("talk", "integration.contact", None, ("date", "channel_id", "topic_ids", "cancelled")),
    ("appointment", "integration.appointment", "case_id", ("date", "place_kind", "state")),
    ("concern", "integration.concern.link", "case_id", ("date", "kind_id", "party")),
    ("assessment", "integration.assessment", "case_id", ("date", "kind")),
    ("plan", "integration.plan", "case_id", ("version", "date_agreed", "date_ended")),
    ("review", "integration.plan.review", "case_id", ("date",)),
    ("referral", "integration.referral", "case_id", ("date", "recipient_name", "state")),
    (
        "course",
        "integration.course.enrolment",
        "case_id",
        ("date_need", "date_registered", "date_waiting", "date_start", "date_end", "kind_id"),
    ),
    ("level", "integration.language.level", "client_id", ("date_from", "date_to", "level")),
    ("residence", "integration.residence", "client_id", ("date_from", "date_to", "status_id")),
    ("housing", "integration.housing", "client_id", ("date_from", "date_to", "type_id")),
    ("benefit", "integration.benefit", "client_id", ("date_from", "date_to", "type_id")),
    ("education", "integration.education", "client_id", ("date_from", "date_to", "school")),
    ("employment", "integration.employment", "client_id", ("date_from", "date_to", "status")),
)


class IntegrationCase(models.Model):
    """The time line of a case: what happened when, of all rooms, in one list.

    Everything is read as the reader reads it elsewhere, by the rules of each model and into the
    access log: who may not read a thing does not see it here. Words of notes are no part of it.
    """

    _inherit = "integration.case"

    @api.readonly
    def get_timeline(self):
        """Return the time line for the screen: its lanes, and the entries by their days.

        Called by the form when the tab is opened, not before.

        :return: ``{"start", "end", "lanes": [{"name", "label"}], "entries": [...]}``, each entry
            with lane, day, last day, words and the record it opens
        """
        self.ensure_one()
        self.check_access("read")
        entries = [
            entry
            for lane, model, path, names in SOURCES
            for entry in self._timeline_of(lane, self.env[model], path, names)
        ]
        present = {entry["lane"] for entry in entries}
        return {
            "start": self.date_start.isoformat(),
            "end": self.date_end.isoformat() if self.date_end else False,
            "lanes": [lane for lane in self._timeline_lanes() if lane["name"] in present],
            "entries": sorted(entries, key=lambda e: (e["date"], e["lane"], e["id"])),
        }

    def _timeline_lanes(self):
        env = self.env
        return [
            {"name": "talk", "label": env._("Talks")},
            {"name": "appointment", "label": env._("Appointments")},
            {"name": "concern", "label": env._("Concerns")},
            {"name": "assessment", "label": env._("Assessments")},
            {"name": "plan", "label": env._("Plans")},
            {"name": "review", "label": env._("Reviews")},
            {"name": "referral", "label": env._("Referrals")},
            {"name": "course", "label": env._("Language Courses")},
            {"name": "level", "label": env._("Language Level")},
            {"name": "residence", "label": env._("Residence")},
            {"name": "housing", "label": env._("Housing")},
            {"name": "benefit", "label": env._("Benefit")},
            {"name": "education", "label": env._("School and Vocation")},
            {"name": "employment", "label": env._("Work")},
        ]

    def _timeline_of(self, lane, model, path, names):
        """Return the entries of one model, of the records the reader may read."""
        if not model.has_access("read"):
            return []
        if path is None:
            domain = self._contact_domain()
        elif path == "client_id":
            persons = self.env["integration.client"].search(
                ["|", ("case_ids", "in", self.ids), ("family_case_id", "in", self.ids)]
            )
            domain = [(path, "in", persons.ids)]
        else:
            domain = [(path, "in", self.ids)]
        records = model.search(domain)
        # Not for its answer: the one way of reading that is checked and logged.
        records.read(names)
        describe = getattr(self, f"_timeline_{lane}", self._timeline_period)
        return [
            {**entry, "lane": lane, "model": model._name, "id": record.id}
            for record in records
            for entry in describe(record, names)
            if entry["date"]
        ]

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    @api.model
    def _timeline_entry(self, record, first, last, title, detail=""):
        client = record.client_id if "client_id" in record._fields else self.client_id.browse()
        named = client and bool(self.member_ids)
        return {
            "date": first and first.isoformat(),
            "until": last and last.isoformat(),
            "title": title,
            "detail": detail or "",
            "person": client.display_name if named else "",
        }

    @api.model
    def _timeline_words(self, record, name):
        """Return the value of a field in words."""
        value = record[name]
        if record._fields[name].type == "selection":
            return dict(record._fields[name]._description_selection(self.env)).get(value, "")
        return value.display_name if value else ""

    def _timeline_period(self, record, names):
        """Return what holds from a day to a day, in the words of its last field."""
        title = self._timeline_words(record, names[-1])
        yield self._timeline_entry(record, record.date_from, record.date_to, title)

    def _timeline_talk(self, contact, _names):
        if not contact.cancelled:
            topics = ", ".join(contact.topic_ids.mapped("name"))
            yield self._timeline_entry(
                contact, contact.date, contact.date, contact.channel_id.name, topics
            )

    def _timeline_concern(self, link, _names):
        party = self._timeline_words(link, "party")
        yield self._timeline_entry(link, link.date, link.date, link.kind_id.name, party)

    def _timeline_appointment(self, appointment, _names):
        # What was held stands there as the talk that it was; what lies ahead has not happened.
        if appointment.state == "missed":
            yield self._timeline_entry(
                appointment,
                appointment.date,
                appointment.date,
                self._timeline_words(appointment, "place_kind"),
                self._timeline_words(appointment, "state"),
            )

    def _timeline_assessment(self, record, _names):
        words = self._timeline_words(record, "kind")
        yield self._timeline_entry(record, record.date, record.date, words)

    def _timeline_plan(self, plan, _names):
        words = self.env._("Plan, version %s", plan.version)
        yield self._timeline_entry(plan, plan.date_agreed, plan.date_ended, words)

    def _timeline_review(self, review, _names):
        words = self.env._("Plan reviewed")
        yield self._timeline_entry(review, review.date, review.date, words)

    def _timeline_referral(self, referral, _names):
        state = self._timeline_words(referral, "state")
        yield self._timeline_entry(
            referral, referral.date, referral.date, referral.recipient_name, state
        )

    def _timeline_course(self, course, _names):
        first = course.date_need or course.date_start
        yield self._timeline_entry(
            course,
            first,
            course.date_end,
            course.kind_id.name,
            self._timeline_words(course, "state"),
        )
