from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today

# How many of each kind the page shows; the rest stands in its tab.
SHOWN = 4
VALID = Domain("state", "=", "valid")
# How many days ahead somebody is said to come of age, as on My Day
OF_AGE_SOON = 90
PERSON = ("file_number", "birthdate", "consent_state", "is_to_decide", "phone")
CONTACT = ("phone", "email", "street", "street2", "zip", "city", "protected_address")


class IntegrationCase(models.Model):
    """The case at a glance: how to reach the family, who lives there, what comes next.

    It comes with the case when its form is shown, and is asked for alone after a save that changes
    it; each part as the reader reads it elsewhere: by the rules of its model, and into the access
    log.
    """

    _inherit = "integration.case"

    @api.readonly
    def web_read(self, specification):
        """Add the glance to the one case whose form asks for it by its context."""
        if not self.env.context.get("integration_glance"):
            return super().web_read(specification)
        asked = self.with_context(integration_glance=None)
        # Its household is read along, in the same query
        rows = super(IntegrationCase, asked).web_read({"household_id": {}, **specification})
        if len(self.ids) == len(rows) == 1:
            named = asked.with_context(integration_show_name=True)
            rows[0]["glance"] = named.browse(rows[0]["id"]).get_glance()
        return rows

    @api.readonly
    def get_glance(self):
        """Return what the case page shows above its tabs; nothing without an access entry.

        :return: ``{"contact", "household", "appointment", "releases", "referrals",
            "documents", "may_change"}``
        """
        self.ensure_one()
        self.check_access("read")
        if not self.may_work:
            return {}
        return {
            "contact": self._glance_contact(),
            "household": self._glance_household(),
            "appointment": self._glance_appointment(),
            "releases": self._glance_releases(),
            "referrals": self._glance_referrals(),
            "documents": self._glance_documents(),
            "may_change": self.state != "closed" and self.has_access("write"),
        }

    # ------------------------------------------------------------
    # How to reach them
    # ------------------------------------------------------------

    def _glance_contact(self):
        # All at once, as far as it is not known yet: what is asked for below as well
        self.client_id.fetch(["household_id", "birthdate", "date_death", "family_case_id"])
        # By the one way of reading that is checked and logged, as everything below
        (told,) = self.client_id.read(CONTACT, load=None)
        street = [told["street"], told["street2"]]
        town = " ".join(filter(None, [told["zip"], told["city"]]))
        return {
            "id": self.client_id.id,
            "phone": told["phone"] or "",
            "email": told["email"] or "",
            "address": ", ".join(filter(None, [*street, town])),
            "protected": told["protected_address"],
            "died": self._glance_day(self.client_id.date_death),
        }

    # ------------------------------------------------------------
    # Who lives there
    # ------------------------------------------------------------

    def _glance_household(self):
        """Return the household with the cases of its persons, and who is responsible for each.

        Of those whose file is closed to the reader, number and worker are told as far as the
        employer's cards tell them, and nobody whose address is protected.
        """
        household = self.household_id
        # sudo: integration.household - who lives there now; names and cases are read below
        living = household.sudo().current_client_ids.filtered(lambda c: not c.date_death)
        living = living.with_env(self.env)
        readable = (living | self.person_ids)._filtered_access("read")
        readable.read(PERSON, load=None)
        rows = self.env["integration.household.member"].search_fetch(
            [("client_id", "in", readable.ids), ("household_id", "in", household.ids)]
        )
        told = dict(rows._fields["role"]._description_selection(self.env))
        roles = {row.client_id: told[row.role] for row in rows._valid_each(local_today(self.env))}
        return {
            "id": household.id,
            "name": household.display_name or "",
            "persons": [
                self._glance_person(person, roles.get(person, ""))
                for person in (self.client_id & readable) | self._oldest_first(readable)
            ],
            "others": self._glance_others(living - readable),
        }

    @api.model
    def _oldest_first(self, persons):
        return persons.sorted(lambda c: (not c.birthdate, c.birthdate or c.create_date, c.id))

    def _glance_person(self, person, role):
        # Nobody has two that go on
        own = person == self.client_id and self.state != "closed"
        case = self if own else person._current_case()
        # sudo: integration.case - who is responsible, also for the case of a colleague
        worker = case.sudo().user_id
        soon = person._is_minor() and person.filtered_domain(
            person._coming_of_age_domain(OF_AGE_SOON)
        )
        return {
            "id": person.id,
            "name": person.display_name,
            "age": person.age if person.birthdate else False,
            "role": role,
            "outside": person.household_id != self.household_id,
            "phone": person.phone if person != self.client_id and person.phone else "",
            "consent": person.consent_state == "given",
            "case": case.id if case and case != self else False,
            "here": case == self,
            "accompanied": bool(case) and case.client_id != person,
            "worker": worker.name if case and worker != self.user_id else "",
            "decides": person.is_to_decide,
            "of_age": self._glance_day(soon and person.date_of_age),
        }

    def _glance_others(self, living):
        # Nobody is sought: the file that shows them is opened, and logged as such.
        cards = self.env["integration.client.card"]._unseen()
        if not living or not cards.has_access("read"):
            return []
        # sudo: integration.client - whose whereabouts must not become known
        open_ = living.sudo().filtered(lambda c: not c.protected_address)
        return [self._glance_other(card) for card in cards.search([("id", "in", open_.ids)])]

    def _glance_other(self, card):
        number, worker = card.file_number, card.user_id.name
        if not worker:
            return self.env._("File %s", number)
        return self.env._("File %(number)s, with %(worker)s", number=number, worker=worker)

    # ------------------------------------------------------------
    # What comes next, and what else there is
    # ------------------------------------------------------------

    def _glance_appointment(self):
        """Return the next appointment of the case; else the next meeting among its tasks."""
        appointment = self.next_appointment_id
        if appointment:
            appointment.read(["start", "place_kind"], load=None)
            return {"day": self.next_appointment, "worker": appointment.user_id.name}
        activity = self._with_any("meetings") and self.env["mail.activity"].search(
            self._meetings_ahead(), order="date_deadline, id", limit=1
        )
        if not activity:
            return False
        return {"day": self._glance_day(activity.date_deadline), "worker": activity.user_id.name}

    def _meetings_ahead(self):
        """Return the domain of the meetings among the tasks of these cases, from today on."""
        meeting = self.env["ir.model.data"]._xmlid_to_res_id("mail.mail_activity_data_meeting")
        return (
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & Domain("activity_type_id", "=", meeting)
            & Domain("date_deadline", ">=", local_today(self.env))
        )

    def _glance_releases(self):
        releases = self.env["integration.release"]
        if not releases.has_access("read") or not self._with_any("releases"):
            return []
        found = releases.search(Domain("client_id", "in", self.person_ids.ids) & VALID, limit=SHOWN)
        found.read(["recipient_name", "valid_until"], load=None)
        return [
            {
                "id": release.id,
                "to": release.recipient_name or "",
                "until": self._glance_day(release.valid_until),
            }
            for release in found
        ]

    def _glance_referrals(self):
        if not self.referral_count:
            return []
        referrals = self.env["integration.referral"]
        found = referrals.search([("case_id", "in", self.ids)], limit=SHOWN)
        found.read(["recipient_name", "state", "date"], load=None)
        states = dict(referrals._fields["state"]._description_selection(self.env))
        return [
            {
                "id": referral.id,
                "to": referral.recipient_name or "",
                "state": states.get(referral.state, ""),
                "day": self._glance_day(referral.date),
            }
            for referral in found
        ]

    def _glance_documents(self):
        """Return how many documents are filed with the case, as far as the reader may read."""
        # sudo: integration.case - which episodes belong together; what lies in them is read below
        episodes = self.sudo()._episodes()
        if episodes == self:
            attached = self._with_any("attachments")._attached()
            return self.document_count + self.env["ir.attachment"].search_count(attached)
        attached = self.env["ir.attachment"].search_count(episodes._attached())
        papers = self.env["integration.document"].search_count([("case_id", "in", episodes.ids)])
        return attached + papers

    @api.depends(
        "activity_ids.activity_type_id",
        "activity_ids.date_deadline",
        "client_id.release_ids.date_signed",
        "member_ids.release_ids.date_signed",
    )
    def _compute_present(self):
        return super()._compute_present()

    def _sought(self):
        """Look for what the glance shows as well."""
        persons = Domain("client_id", "in", self.client_id.ids)
        persons |= Domain("client_id.family_case_id", "in", self.ids)
        return {
            **super()._sought(),
            "attachments": ("ir.attachment", self._attached(), "res_id"),
            "meetings": ("mail.activity", self._meetings_ahead(), "res_id"),
            "releases": ("integration.release", persons & VALID, None),
        }

    def _attached(self):
        """Return the domain of the files that are attached to these cases."""
        return Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)

    @api.model
    def _glance_day(self, day):
        return format_date(self.env, day) if day else ""
