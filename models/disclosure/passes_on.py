from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import without_defaults


class IntegrationPassesOn(models.AbstractModel):
    """A record that may pass on something about a client, and then enters the register.

    What is passed on, to whom and by what right is the register's own question
    (``integration.disclosure``); here it is put, and the answer is kept.
    """

    _name = "integration.passes.on"
    _inherit = ["integration.recipient"]
    _description = "Record That Passes Something On"

    kind_ids = fields.Many2many(
        "integration.information.kind",
        string="Kinds of Information",
        check_company=True,
        context={"active_test": False},
    )
    release_id = fields.Many2one(
        "integration.release", index="btree_not_null", ondelete="restrict", check_company=True
    )
    special_agreed = fields.Boolean(string="Special Categories Expressly Agreed")
    reason = fields.Char(string="Duty or Reason")
    disclosure_id = fields.Many2one(
        "integration.disclosure",
        string="Entry of the Register",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    def _enter_in_register(self, day, channel):
        """Return the entry of the register for what is passed on on ``day`` by ``channel``.

        :raises UserError: no basis holds (§ 203 StGB)
        """
        self.ensure_one()
        recipient = (
            {"service_id": self.service_id.id}
            if self.service_id
            else {"recipient_kind": self.recipient_kind, "recipient_name": self.recipient_name}
        )
        return without_defaults(self.env["integration.disclosure"]).create(
            {
                "client_id": self.client_id.id,
                "date": day,
                "channel": channel,
                "basis": self.basis,
                "kind_ids": [Command.set(self.kind_ids.ids)],
                "release_id": self.release_id.id,
                "special_agreed": self.special_agreed,
                "reason": self.reason,
                **recipient,
            }
        )

    def _pass_on(self, day, channel):
        """Enter into the register what is passed on on ``day``, or nothing where it is advice.

        :raises UserError: no basis holds (§ 203 StGB), or advice names something all the same
        """
        self.ensure_one()
        if self.basis == "advice":
            if self.kind_ids or self.release_id:
                raise UserError(
                    self._about_file(
                        self.env._(
                            "advice passes nothing on. Say by what right data are passed on, or "
                            "clear the kinds of information."
                        )
                    )
                )
            return
        self._as_system().disclosure_id = self._enter_in_register(day, channel)

    def action_open_disclosure(self):
        """Open the entry of the register that was made."""
        self.ensure_one()
        return self.disclosure_id._get_records_action()
