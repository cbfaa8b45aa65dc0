from odoo import api, fields, models
from odoo.tools import SQL


class IntegrationClientCard(models.Model):
    """Number, name and responsible worker of every client, for colleagues of the same employer.

    So that nobody is taken on twice, and a lead knows whom she reassigns. The file stays
    closed; who may read the card is said by the record rules, and a search is logged.
    """

    _name = "integration.client.card"
    _description = "Card of a Client"
    _inherit = ["integration.secured"]
    _auto = False
    _order = "file_number desc, id desc"
    _rec_name = "file_number"
    _depends = {
        "integration.client": ["file_number", "company_id", "partner_id"],
        "integration.case": ["client_id", "user_id", "state"],
        "res.partner": ["complete_name", "active"],
    }

    file_number = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", string="Employer", readonly=True)
    user_id = fields.Many2one("res.users", string="Case Worker", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("paused", "Paused"), ("closed", "Closed")], readonly=True
    )

    @property
    def _table_query(self):
        return SQL("""
            SELECT client.id, client.file_number, client.company_id,
                   partner.complete_name AS name, latest.user_id, latest.state
              FROM integration_client client
              JOIN res_partner partner ON partner.id = client.partner_id AND partner.active
         LEFT JOIN LATERAL (
                       SELECT own.user_id, own.state
                         FROM integration_case own
                        WHERE own.client_id = client.id OR own.id = client.family_case_id
                     ORDER BY own.state = 'closed', own.id DESC
                        LIMIT 1
                   ) latest ON TRUE
        """)

    @api.model
    def _searches_by_name(self, domain):
        # Logged as a search in cards, below
        return False

    @api.model
    def _log_grouped(self, domain, groupby, aggregates):
        """Cards are searched, not opened."""

    def _log_opened(self, names):
        """Cards are searched, not opened."""

    def _log_named(self, names):
        """Cards are searched, not opened."""

    @api.model
    def _search(self, domain, *args, **kwargs):
        # Without condition as well: the whole list is the widest search.
        if not self.env.su:
            self.env["integration.access.log"]._log("card")
        return super()._search(domain, *args, **kwargs)
