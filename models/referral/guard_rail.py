from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...tools import same_words


class IntegrationGuardRail(models.Model):
    """A limit of the work that the standard draws, as a row the county edits.

    It speaks at the moment of choosing: in the dialog of a contact, on its form and on the steps
    of a plan (county standard 3.2.1 and 3.2.2).
    """

    _name = "integration.guard.rail"
    _inherit = ["integration.master"]
    _description = "Guard Rail of the Standard"
    _order = "sequence, id"
    _check_company_auto = True

    kind = fields.Selection(
        [
            ("hint", "Hint"),
            ("reason", "Needs a reason"),
            ("referral", "Needs a referral"),
            ("stop", "Stop: never done"),
        ],
        required=True,
        default="hint",
        help="A hint only speaks. Without its reason or referral a talk is not saved. What is "
        "stopped is not saved at all.",
    )
    topic_ids = fields.Many2many(
        "integration.topic", string="Topics", check_company=True, context={"active_test": False}
    )
    area_ids = fields.Many2many(
        "integration.area",
        string="Life Areas",
        check_company=True,
        context={"active_test": False},
        help="All topics of these areas.",
    )
    channel_ids = fields.Many2many(
        "integration.channel", string="Channels", check_company=True, context={"active_test": False}
    )
    words = fields.Text(
        string="Advice",
        required=True,
        translate=True,
        help="What the worker is told who chooses the topic.",
    )
    source = fields.Char(
        required=True, translate=True, help="Where the rule comes from, in one sentence."
    )
    may_override = fields.Boolean(
        string="A Reason Will Do",
        help="A reason may stand in place of the referral; it is stored and counted.",
    )
    service_ids = fields.Many2many(
        "integration.service",
        string="Where to Refer",
        check_company=True,
        context={"active_test": False},
        help="Entries of the directory, or categories of them, that a referral must go to. Empty: "
        "any entry.",
    )

    @api.constrains("kind", "may_override")
    def _check_override(self):
        for rail in self:
            if rail.may_override and rail.kind != "referral":
                raise ValidationError(
                    self.env._(
                        "“%s”: only a referral can be replaced by a reason. Untick “A Reason Will "
                        "Do”, or choose “Needs a referral”.",
                        rail.name,
                    )
                )

    @api.constrains("kind", "topic_ids", "area_ids", "channel_ids")
    def _check_place(self):
        for rail in self:
            if rail.kind != "hint" and not (rail.topic_ids or rail.area_ids or rail.channel_ids):
                raise ValidationError(
                    self.env._(
                        "“%s”: choose the topic it belongs to; else it is silent.", rail.name
                    )
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        self.env.registry.clear_cache()

    def _after_write(self, change):
        super()._after_write(change)
        self.env.registry.clear_cache()

    @api.ondelete(at_uninstall=False)
    def _unlink_clears(self):
        self.env.registry.clear_cache()

    # ------------------------------------------------------------
    # Which rails hold
    # ------------------------------------------------------------

    @api.model
    @ormcache("company_id")
    def _rail_map(self, company_id):
        """Return {(kind of row, its id): ids of rails} for an employer: shared and own ones."""
        # sudo: integration.guard.rail - the limits of the work hold whoever asks
        rails = self.sudo().search([("company_id", "in", [False, company_id])])
        found = {}
        for rail in rails:
            for name in ("topic", "area", "channel"):
                for row_id in rail[f"{name}_ids"].ids:
                    found.setdefault((name, row_id), []).append(rail.id)
        return found

    @api.model
    def _at(self, company, **rows):
        """Return the rails of ``company`` at ``rows`` (topic, area, channel), in their order."""
        places = self._rail_map(company.id)
        ids = {
            rail_id
            for name, records in rows.items()
            for row_id in records.ids
            for rail_id in places.get((name, row_id), ())
        }
        # sudo: integration.guard.rail - see _rail_map()
        return self.sudo().browse(ids).sorted(lambda rail: (rail.sequence, rail.id))

    # ------------------------------------------------------------
    # Whether a referral answers
    # ------------------------------------------------------------

    def _takes(self, service, name=False):
        """Return whether a referral to ``service``, or to ``name`` in words, is what is asked."""
        self.ensure_one()
        wanted = self.service_ids
        return bool(
            not wanted
            or service in wanted
            or (service.category_id and service.category_id in wanted)
            or any(same_words(row.name, name) for row in wanted)
        )

    def _is_met_by(self, referral, topics):
        """Return whether ``referral`` answers the rail for talks about ``topics``.

        Where the rail says to whom, that decides; else the topic does.
        """
        self.ensure_one()
        if self.service_ids:
            # sudo: integration.service - which entry it is, to be compared alone
            return self._takes(referral.service_id.sudo(), referral.recipient_name)
        return referral.topic_id in topics
