from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class IntegrationContact(models.Model):
    """The session of office hours at which a talk was held."""

    _inherit = "integration.contact"
    _fixed_fields = frozenset({"company_id", "session_id"})

    session_id = fields.Many2one(
        "integration.office.session",
        string="Office Hours",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
    )

    @api.constrains("session_id", "date")
    def _check_session(self):
        for contact in self:
            session = contact.session_id
            if session and session.date != contact.date:
                raise ValidationError(
                    contact._about_file(
                        self.env._(
                            "the office hours were on %s. Enter that day, or a contact without "
                            "them.",
                            format_date(self.env, session.date),
                        )
                    )
                )
            if session.state == "cancelled":
                raise ValidationError(
                    contact._about_file(
                        self.env._("the office hours were cancelled. Let them take place first.")
                    )
                )
