from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KINDS = [
    ("open", "File opened"),
    ("print", "Paper printed"),
    ("export", "Exported"),
    ("search", "Searched by name"),
    ("card", "Searched in cards"),
    ("glass", "Emergency access"),
    ("take", "Access given to oneself"),
]


class IntegrationAccessLog(models.Model):
    """Who opened, printed, exported or searched what, per user, file and hour.

    For data protection only; it is no tool to rate staff (§ 22 BDSG). Light enough to stay
    on: one row per user, file, kind and hour, written after the request on a cursor of its
    own, so that reading on a read-only connection is logged as well.
    """

    _name = "integration.access.log"
    _description = "Access Log"
    _order = "date_hour desc, id desc"
    _log_access = False

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", string="Employer", required=True, readonly=True, index=True
    )
    # No foreign key on the file: the log outlives it, and a lock on the file would be taken.
    client_ref = fields.Integer(string="Record", readonly=True, required=True, default=0)
    file_number = fields.Char(readonly=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date_hour = fields.Datetime(string="Hour", required=True, readonly=True)
    count = fields.Integer(readonly=True, string="Times", aggregator="sum")

    _hour_uniq = models.UniqueIndex("(user_id, client_ref, kind, date_hour, company_id)")

    @api.depends("file_number", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for log in self:
            log.display_name = f"{log.file_number or ''} {kinds.get(log.kind, '')}"

    @api.model
    def _log(self, kind, clients=None):
        """Remember that the current user did ``kind`` with ``clients``; written on commit.

        A request that fails is not logged, for it showed nothing.
        """
        if clients and not clients._origin:
            return
        # sudo: integration.client - number and employer of the files that are logged; in a
        # form being filled in they are copies of the stored ones
        clients = clients._origin.sudo() if clients else self.env["integration.client"]
        keys = [(client.id, client.file_number, client.company_id.id) for client in clients]
        pending = self.env.cr.postcommit.data.setdefault("integration_access_log", {})
        if not pending:
            registry = self.env.registry
            self.env.cr.postcommit.add(lambda: self._write_pending(registry, pending))
        for key in keys or [(0, None, self.env.company.id)]:
            # Once per request, however often the client's screen is made of it.
            pending[(self.env.uid, kind, *key)] = 1

    @staticmethod
    def _write_pending(registry, pending):
        """Add the remembered accesses to the rows of the current hour."""
        rows = list(pending.items())
        pending.clear()
        with registry.cursor() as cr:
            for (uid, kind, ref, number, company_id), count in rows:
                cr.execute(
                    SQL(
                        """INSERT INTO integration_access_log
                           (user_id, kind, client_ref, file_number, company_id, date_hour, count)
                       VALUES (%s, %s, %s, %s, %s, date_trunc('hour', now() AT TIME ZONE 'UTC'), %s)
                       ON CONFLICT (user_id, client_ref, kind, date_hour, company_id)
                       DO UPDATE SET count = integration_access_log.count + EXCLUDED.count""",
                        uid,
                        kind,
                        ref,
                        number,
                        company_id,
                        count,
                    )
                )

    @api.autovacuum
    def _gc_old_entries(self):
        """Delete entries older than the employer's own retention (six months by default)."""
        for company in self.env["res.company"].search([("integration_employer_type", "!=", False)]):
            limit = fields.Datetime.now() - timedelta(days=31 * company.integration_log_months)
            self.env.cr.execute(
                SQL(
                    "DELETE FROM integration_access_log WHERE company_id = %s AND date_hour < %s",
                    company.id,
                    limit,
                )
            )
