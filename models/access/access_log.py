import logging
import time
from datetime import timedelta

import psycopg2
from psycopg2.extensions import STATUS_READY

from odoo import api, fields, models
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

KINDS = [
    ("open", "File opened"),
    ("print", "Paper printed"),
    ("export", "Exported"),
    ("search", "Searched by name"),
    ("card", "Searched in cards"),
    ("glass", "Emergency access"),
    ("take", "Access given to oneself"),
]


# How long a finished request waits to log what it showed, in all a few seconds at worst
LOCK_TIMEOUT = "2s"
PAUSES = (0.1, 0.5)
BATCH = 500


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

        :param clients: whose files; ``None`` for what is done with no file in particular
        """
        if clients is not None and not clients._origin:
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

    @classmethod
    def _write_pending(cls, registry, pending):
        """Add the remembered accesses to the rows of the current hour.

        The request has been committed: what fails here is told to the server's log, by ids, and
        never to the user, who would take what she saved for lost.
        """
        rows = sorted(pending.items(), key=lambda row: row[0][:3])
        pending.clear()
        if not cls._try_to_add(registry, rows, *PAUSES):
            # One that cannot be written, such as of an employer deleted meanwhile, is found alone.
            lost = [key for key, count in rows if not cls._try_to_add(registry, [(key, count)])]
            if lost:
                # User, kind, client: neither number nor name
                _logger.error("Not in the access log: %s", [key[:3] for key in lost[:100]])

    @classmethod
    def _try_to_add(cls, registry, rows, *pauses):
        """Add ``rows`` in a transaction of their own; return whether that came about.

        :param pauses: seconds to wait before each further attempt
        """
        for pause in (*pauses, None):
            try:
                with registry.cursor() as cr:
                    start = SQL("SET LOCAL lock_timeout = %s;", LOCK_TIMEOUT)
                    if cr._cnx.status == STATUS_READY:
                        # Two requests of one user count up the same row: in Odoo's own isolation
                        # the second would fail. Nothing is read here: no snapshot is needed.
                        start = SQL("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; %s", start)
                    cls._add_rows(cr, rows, start)
                return True
            except psycopg2.Error as error:
                _logger.info("Writing the access log failed: %s", type(error).__name__)
                if pause is not None:
                    time.sleep(pause)
        return False

    @staticmethod
    def _add_rows(cr, rows, start=None):
        """Add ``rows``, which come in one order, so that no two requests wait for each other.

        :param start: what the transaction begins with, sent along with the first of them
        """
        for some in split_every(BATCH, rows):
            cr.execute(
                SQL(
                    """%s INSERT INTO integration_access_log
                       (user_id, kind, client_ref, file_number, company_id, date_hour, count)
                       SELECT uid, kind, ref, number, company,
                              date_trunc('hour', now() AT TIME ZONE 'UTC'), times
                         FROM (VALUES %s) AS new (uid, kind, ref, number, company, times)
                       ON CONFLICT (user_id, client_ref, kind, date_hour, company_id)
                       DO UPDATE SET count = integration_access_log.count + EXCLUDED.count""",
                    start or SQL(),
                    SQL(", ").join(SQL("%s", (*key, count)) for key, count in some),
                )
            )
            start = None

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
