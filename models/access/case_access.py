from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from ...tools import end_of_day, without_defaults
from ..mixins.once import has_worked

# Whose entries count; any other role is without files, whatever entries are left.
FILE_ROLES = "integration_management.group_caseworker,integration_management.group_lead"

# By what the entries know a file
KEYS = ("case_id", "client_id", "partner_id")
# Where a transaction keeps what it knows about being readable
ANSWERS = "integration_readable"
KEPT = timedelta(minutes=1)
# Entries that rest on the consent to sharing with colleagues
SHARED_KINDS = ("team", "deputy")


class IntegrationCaseAccess(models.Model):
    """The one place that says who may read a file; every record rule is a clause on it.

    An entry without case opens the client as such, from her creation to her first case,
    so that anyone who enters a client can read her. Entries are written by the case itself.
    """

    _name = "integration.case.access"
    _inherit = ["integration.secured"]
    _description = "Access to a File"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    case_id = fields.Many2one(
        "integration.case", index=True, ondelete="cascade", check_company=True
    )
    client_id = fields.Many2one(
        "integration.client", required=True, index=True, ondelete="cascade", check_company=True
    )
    # Own column, so that the rule on contacts is a single join. Not to be read: sorting by a
    # contact sorts by the name.
    partner_id = fields.Many2one(
        related="client_id.partner_id",
        store=True,
        precompute=True,
        index=True,
        groups=fields.NO_ACCESS,
    )
    company_id = fields.Many2one(
        related="client_id.company_id", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    kind = fields.Selection(
        [("owner", "Responsible"), ("team", "Team"), ("deputy", "Deputy"), ("glass", "Emergency")],
        required=True,
    )
    date_from = fields.Datetime(required=True, default=fields.Datetime.now)
    date_until = fields.Datetime(help="Empty while it holds.")
    reason = fields.Char()
    shared_until = fields.Datetime(
        readonly=True,
        export_string_translation=False,
        help="Until when the file was shared; the consent to sharing may end the entry earlier.",
    )
    is_exception = fields.Boolean(
        string="Without Consent",
        readonly=True,
        help="Passed to another worker without the client's consent, for the reason given.",
    )

    # The rules ask “which cases (clients, contacts) of mine?”, so the user comes first.
    _user_case_idx = models.Index("(user_id, case_id, date_until)")
    _user_client_idx = models.Index("(user_id, client_id, date_until)")
    _user_partner_idx = models.Index("(user_id, partner_id, date_until)")

    def _auto_init(self):
        known = column_exists(self.env.cr, self._table, "shared_until")
        result = super()._auto_init()
        if not known:
            # What was shared before this column was known ends when it was meant to.
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET shared_until = date_until WHERE kind IN %s",
                    SQL.identifier(self._table),
                    SHARED_KINDS,
                )
            )
        return result

    @api.depends("client_id.file_number", "user_id")
    def _compute_display_name(self):
        for access in self:
            # sudo: integration.client - the neutral number, for data protection too
            number = access.client_id.sudo().file_number
            access.display_name = f"{number}: {access.user_id.name}"

    def _created(self):
        super()._created()
        self._forget_answers()

    def _after_write(self, change):
        super()._after_write(change)
        self._forget_answers()

    def unlink(self):
        result = super().unlink()
        self._forget_answers()
        return result

    @api.model
    def _forget_answers(self):
        """Drop what records of this transaction know about being readable."""
        self.env.cr.cache.pop(ANSWERS, None)
        filed = self.env.registry["integration.in.file"]
        for model_name, model in self.env.registry.items():
            if issubclass(model, filed) and not model._abstract:
                self.env[model_name].invalidate_model(["in_my_files"], flush=False)
        self.env["res.partner"].invalidate_model(["integration_in_my_files"], flush=False)
        self.env["integration.case"].invalidate_model(["may_work"], flush=False)

    @api.model
    def _grant_client(self, clients, user):
        """Let ``user`` read ``clients`` that have no case yet."""
        self._grant([{"client_id": client.id} for client in clients], user, "owner")

    @api.model
    def _grant_case(self, cases, user, kind="owner", **values):
        """Let ``user`` read ``cases`` with their clients and accompanied family members."""
        self._grant(
            [
                dict(values, case_id=case.id, client_id=client.id)
                for case in cases
                for client in case.client_id | case.member_ids
            ],
            user,
            kind,
        )

    @api.model
    def _share_case(self, cases, user, kind, **values):
        """Let ``user`` read ``cases`` as far as their clients agreed to share with colleagues.

        :return: the cases that were left out for want of that consent
        """
        left_out = cases.browse()
        vals_list = []
        for case in cases:
            if not case.client_id._may_be_shared():
                left_out |= case
                continue
            clients = (case.client_id | case.member_ids).filtered(
                lambda client: client._may_be_shared()
            )
            vals_list += [dict(values, case_id=case.id, client_id=c.id) for c in clients]
        self._grant_shared(vals_list, user, kind)
        return left_out

    @api.model
    def _grant(self, vals_list, user, kind):
        # sudo: integration.case.access - entries are never written by hand; the callers have
        # checked that the user may enter the client or is made responsible for the case
        entries = without_defaults(self.sudo())
        for vals in vals_list:
            # What follows from the client; looked up row by row it takes as long as all the rest
            client = entries.client_id.browse(vals["client_id"])
            vals.update(partner_id=client.partner_id.id, company_id=client.company_id.id)
        entries.create([dict(vals, user_id=user.id, kind=kind) for vals in vals_list])

    @api.model
    def _readable(self, key):
        """Return the set of ``key`` (case_id, client_id, partner_id) open to the current user.

        Written out, for it is part of nearly every query: the user's own entries that hold now,
        at her own employers. An entry that outlives a change of role or employer opens nothing.
        """
        if not self.env.user.has_groups(FILE_ROLES):
            return SQL("(SELECT NULL::integer WHERE FALSE)")
        column = SQL.identifier(key)
        return SQL("(%s AND %s IS NOT NULL)", self._own_entries(column), column)

    @api.model
    def _own_entries(self, columns):
        user = self.env.user
        self.flush_model([*KEYS, "user_id", "date_from", "date_until"])
        now = fields.Datetime.now()
        return SQL(
            """SELECT %s FROM integration_case_access
                WHERE user_id = %s AND date_from <= %s
                  AND (date_until IS NULL OR date_until > %s)
                  AND company_id IN %s""",
            columns,
            user.id,
            now,
            now,
            tuple(user._get_company_ids()) or (0,),
        )

    @api.model
    def _readable_ids(self, key):
        """Return the ids that ``_readable`` selects, of all keys asked once in a transaction.

        A form asks for them a dozen times. What is written to the entries drops the answer; one
        that ends by itself meanwhile is noticed after a minute.
        """
        user = self.env.user
        if not user.has_groups(FILE_ROLES):
            return frozenset()
        asked, now = (user.id, tuple(user._get_company_ids())), fields.Datetime.now()
        answers = self.env.cr.cache.setdefault(ANSWERS, {})
        since, ids = answers.get(asked, (None, None))
        if since is None or not timedelta() <= now - since < KEPT:
            columns = SQL(", ").join(map(SQL.identifier, KEYS))
            rows = self.env.execute_query(self._own_entries(columns))
            ids = {
                name: frozenset(row[place] for row in rows if row[place])
                for place, name in enumerate(KEYS)
            }
            answers[asked] = now, ids
        return ids[key]

    @api.model
    def _check_may_take_over(self, clients):
        """Refuse to make lasting access out of an emergency or a deputy's time.

        A case of her own for the client, or the client moved into one, would open the file to
        her for good; whether she gets it is the lead's decision.

        :raises AccessError: naming no client
        """
        if self.env.su or self.env.user.has_group("integration_management.group_lead"):
            return
        # sudo: integration.case.access - the current user's own entries
        entries = self.sudo().search(
            [("user_id", "=", self.env.uid), ("client_id", "in", clients.ids)]
        )
        if clients - entries._current().filtered(lambda e: not e.date_until).client_id:
            raise AccessError(
                self.env._(
                    "A temporary access does not make you responsible. Please ask the team lead."
                )
            )

    @api.model
    def _grant_shared(self, vals_list, user, kind):
        """Grant what rests on the consent to sharing: it ends by itself with its last day."""
        for vals in vals_list:
            planned = vals.get("date_until")
            until = self._end_of_sharing(vals["client_id"], vals["case_id"], planned)
            self._grant([dict(vals, shared_until=planned, date_until=until)], user, kind)

    @api.model
    def _end_of_sharing(self, client_id, case_id, planned):
        """Return when an entry shared until ``planned`` ends: not after the consents it needs.

        Of a family member these are her own and those of the client of the case, for the entry
        opens that case.
        """
        # sudo: integration.client - the last days of the consents alone
        clients = self.env["integration.client"].sudo().browse(client_id)
        # sudo: integration.case - as above, of the client whose case the entry opens
        clients |= self.env["integration.case"].sudo().browse(case_id).client_id
        ends = [client._sharing_ends() for client in clients]
        return min(
            filter(None, [planned, *(day and end_of_day(day) for day in ends)]), default=False
        )

    def _follow_consents(self):
        """Let shared entries end with the consents as they are now, or hold again.

        What lapsed with a consent comes back with its renewal; what was ended does not.
        """
        now = fields.Datetime.now()
        for entry in self.filtered(lambda entry: entry._is_shared()):
            agreed = all(
                client._may_be_shared() for client in entry.client_id | entry.case_id.client_id
            )
            until = self._end_of_sharing(entry.client_id.id, entry.case_id.id, entry.shared_until)
            if not agreed and (not until or until > now):
                until = min(now, entry.date_until or now)
            if until != entry.date_until:
                entry.date_until = until
            if until and until <= now:
                entry._clear_traces()

    def _is_shared(self):
        """Return whether the entry rests on the consent to sharing and was not ended."""
        now = fields.Datetime.now()
        running = not self.shared_until or self.shared_until > now
        return self.kind in SHARED_KINDS and running

    def _current(self):
        """Return the entries that hold now."""
        now = fields.Datetime.now()
        return self.filtered(
            lambda access: (
                access.date_from <= now and (not access.date_until or access.date_until > now)
            )
        )

    def _end(self):
        """End the entries now, also future ones; access is lost with the next query."""
        now = fields.Datetime.now()
        running = self.filtered(lambda access: not access.date_until or access.date_until > now)
        # Also those that lapsed with a consent: they must not come back with its renewal.
        self.filtered(lambda access: access._is_shared()).write({"shared_until": now})
        running.write({"date_until": now})
        running._clear_traces()

    def _clear_traces(self):
        """Take from users who lost a file what Odoo would leave them of it.

        Assignees read an activity without access to its document, and dialogs keep what
        was typed. What is still open is done by the worker responsible now.
        """
        for user, entries in self.grouped("user_id").items():
            cases = entries.case_id.filtered(lambda case, u=user: self._is_lost(case, u))
            clients = entries.client_id.filtered(lambda client, u=user: self._is_lost(client, u))
            for case in cases:
                case.activity_ids.filtered(lambda a, u=user: a.user_id == u).write(
                    {"user_id": case.user_id.id}
                )
            cases._pass_on_appointments(user)
            if cases or clients:
                self._drop_dialogs(user, cases, clients)

    @api.model
    def _is_lost(self, file, user):
        """Return whether no entry opens this case or client to ``user`` any more."""
        return user not in file.access_ids._current().user_id

    @api.model
    def _drop_dialogs(self, user, cases, clients):
        """Delete the dialogs and drafts of ``user`` that refer to one of these files, in any way.

        Those that have done their work are emptied by it (``integration.once``), and stay for
        whoever presses again: also for anyone who has just handed over a case of her own.
        """
        files = {"case_id": cases.ids, "client_id": clients.ids}
        for name, paths in self._dialog_paths().items():
            # sudo: self.env[name] - another user's dialogs; who lost which file is known
            dialogs = self.env[name].sudo().with_context(active_test=False)
            domain = Domain("create_uid", "=", user.id)
            domain &= Domain.OR(Domain(path, "in", files[end]) for path, end in paths)
            dialogs.search(domain).filtered(lambda dialog: not has_worked(dialog))._lose_file()

    @api.model
    def _dialog_paths(self):
        """Return {dialog or draft: [(path of fields from it to a file, by what that is found)]}.

        From the registry: no dialog is left out by oversight, nor a line of one.
        """
        ends = {"integration.case": "case_id", "integration.client": "client_id"}
        secured = self.env.registry["integration.secured"]
        found = {}
        for name, model in self.env.registry.items():
            if model._abstract or not issubclass(model, secured):
                continue
            if not (model._transient or model._author_alone):
                continue
            for field in model._fields.values():
                if not field.store or field.type not in ("many2one", "many2many"):
                    continue
                comodel = self.env.registry[field.comodel_name]
                paths = []
                if comodel._name in ends:
                    paths = [(field.name, ends[comodel._name])]
                elif issubclass(comodel, secured) and not comodel._transient:
                    paths = [
                        (f"{field.name}.{end}", end)
                        for end in ends.values()
                        if end in comodel._fields and comodel._fields[end].store
                    ]
                if paths:
                    found.setdefault(name, []).extend(paths)
        return found
