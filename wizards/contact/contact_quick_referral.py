from odoo import api, fields, models
from odoo.fields import Command

from ...models.referral.referral import UNDER_WAY


class IntegrationContactQuick(models.TransientModel):
    """What the standard says to the chosen topics, and to whom the client is referred at once."""

    _inherit = "integration.contact.quick"

    rail_words = fields.Text(string="What the Standard Says", compute="_compute_rail_words")
    rail_kind = fields.Char(compute="_compute_rail_words", export_string_translation=False)
    rail_reason = fields.Text(string="Reason", help="Stored with the contact.")
    possible_service_ids = fields.Many2many(
        "integration.service", compute="_compute_possible_service_ids"
    )
    all_services = fields.Boolean(
        string="Whole Directory", help="Also what serves other municipalities or life areas."
    )
    refer_service_ids = fields.Many2many(
        "integration.service",
        "integration_contact_quick_refer_rel",
        "quick_id",
        "service_id",
        string="Referral To",
        domain="[('id', 'in', possible_service_ids)]",
        check_company=True,
        help="A referral without data is advice; it stands in the file with its day.",
    )
    refer_basis = fields.Selection(
        lambda self: self._basis_selection(),
        string="Data Passed On",
        default="advice",
        help="What is passed on about the client enters the register of disclosures.",
    )
    refer_kind_ids = fields.Many2many(
        "integration.information.kind",
        "integration_contact_quick_kind_rel",
        "quick_id",
        "kind_id",
        string="Kinds of Information",
        check_company=True,
    )
    refer_has_special = fields.Boolean(
        compute="_compute_refer_has_special", export_string_translation=False
    )
    refer_special_agreed = fields.Boolean(string="Special Categories Expressly Agreed")
    refer_release_id = fields.Many2one(
        "integration.release",
        string="Release",
        domain="[('client_id', 'in', client_ids), ('state', '=', 'valid')]",
        check_company=True,
    )
    refer_reason = fields.Char(string="Duty or Reason for Passing On")

    @api.model
    def _basis_selection(self):
        """Return by what right data are passed on, in the words of the referral."""
        field = self.env["integration.referral"]._fields["basis"]
        return field._description_selection(self.env)

    @api.depends("topic_ids", "channel_id", "reached", "case_id", "refer_service_ids")
    def _compute_rail_words(self):
        for wizard in self:
            draft = wizard._draft_contact()
            rails, lines, kinds = draft._rails(), [], set()
            for rail in rails:
                met = rail.kind == "referral" and wizard.case_id and draft._is_referred(rail)
                kinds.add("hint" if met else rail.kind)
                line = self.env._("%(name)s: %(words)s", name=rail.name, words=rail.words)
                lines.append(self.env._("%s (Referred already.)", line) if met else line)
            wizard.rail_words = "\n".join(lines)
            strict = ("stop", "referral", "reason", "hint")
            wizard.rail_kind = next((kind for kind in strict if kind in kinds), False)

    @api.depends("topic_ids", "case_id", "all_services")
    def _compute_possible_service_ids(self):
        directory = self.env["integration.service"]
        for wizard in self:
            domain = [("kind", "!=", "category")]
            if not wizard.all_services:
                domain = directory._domain_for(wizard.case_id._origin, wizard.topic_ids._origin)
            wizard.possible_service_ids = directory.search(domain)

    @api.depends("refer_kind_ids")
    def _compute_refer_has_special(self):
        for wizard in self:
            wizard.refer_has_special = any(wizard.refer_kind_ids.mapped("special"))

    def _draft_contact(self):
        """Return the contact as it would be saved, not saved yet."""
        return self.env["integration.contact"].new(self._contact_vals())

    def _railed_topics(self):
        """Return the chosen topics that a guard rail speaks to."""
        rails = self._draft_contact()._rails()
        return self.topic_ids.filtered(
            lambda topic: (
                topic._origin in rails.topic_ids or topic._origin.area_id in rails.area_ids
            )
        )

    def _contact_vals(self):
        return {**super()._contact_vals(), "rail_reason": self.rail_reason}

    def _referral_vals(self):
        """Return the referrals as values of the contact; what is under way is not made twice."""
        if not self.case_id or not self.refer_service_ids:
            return {}
        case, client = self.case_id, self._referred_client()
        under_way = self.env["integration.referral"].search(
            [("case_id", "=", case.id), ("client_id", "=", client.id), ("state", "in", UNDER_WAY)]
        )
        services = self.refer_service_ids._origin - under_way.service_id
        shared = {"case_id": case.id, "client_id": client.id, "date": self.date}
        if self.refer_basis and self.refer_basis != "advice":
            shared.update(
                basis=self.refer_basis,
                kind_ids=[Command.set(self.refer_kind_ids.ids)],
                special_agreed=self.refer_special_agreed,
                reason=self.refer_reason,
                release_id=self.refer_basis == "release" and self.refer_release_id.id,
            )
        topics = self._referred_topics(services)
        return {
            "referral_ids": [
                Command.create({**shared, "service_id": service.id, "topic_id": topics[service].id})
                for service in services
            ]
        }

    def _referred_client(self):
        """Return who is referred: the client of the case, unless only others were present."""
        family = self.case_id.client_id | self.case_id.member_ids
        own, present = self.case_id.client_id, self.client_ids._origin & family
        return own if own in present or not present else present[:1]

    def _referred_topics(self, services):
        """Return {service: topic}: what a rail asks for first, then what fits the life area."""
        rails = self._draft_contact()._rails().filtered(lambda rail: rail.kind == "referral")
        topics = self.topic_ids._origin
        asked = topics.filtered(
            lambda topic: topic in rails.topic_ids or topic.area_id in rails.area_ids
        )
        left, found = asked, {}
        for service in services:
            named = rails.filtered(lambda r, s=service: r.service_ids and r._takes(s))
            fits = (
                left.filtered(lambda topic, r=named: topic in r.topic_ids)
                or left.filtered(lambda topic, s=service: topic.area_id in s.area_ids)
                or left
                or topics.filtered(lambda topic, s=service: topic.area_id in s.area_ids)
                or asked
            )
            if not fits and len(topics) == 1:
                fits = topics
            found[service] = fits[:1]
            left -= found[service]
        return found
