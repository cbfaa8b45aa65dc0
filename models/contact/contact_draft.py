import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_datetime

from ...tools import local_today

# How long a contact that was begun and not saved is kept after the last word
KEPT_DAYS = 7
# More than anybody types into one dialog
MOST_SIGNS = 200_000


class IntegrationContactDraft(models.Model):
    """A contact that is being written: what was typed into the dialog and is not saved yet.

    For its author alone, whoever else may read the file: neither lead nor data protection nor
    administrator. What was typed stands in one column that no request reads; it comes back into
    the author's own dialog and nowhere else. Before a consent there is none, as there would be
    no note (county standard 2.2).

    The row stays, emptied, when the contact is saved: a second window with the same words then
    makes no second contact, and an answer that comes late brings no draft back.
    """

    _name = "integration.contact.draft"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Contact Being Written"
    _order = "kept_on desc, id desc"
    _check_company_auto = True
    _author_alone = True
    _needs_file_consent = True
    _content_fields = frozenset({"content"})
    _fixed_fields = frozenset({"user_id", "key"})
    # To forget needs nobody's consent.
    _ending_fields = frozenset({"case_id", "client_ids", "content", "is_done", "date_until"})

    key = fields.Char(required=True, readonly=True, copy=False, export_string_translation=False)
    # Where it was opened last: two windows do not write over each other.
    window = fields.Char(readonly=True, copy=False, export_string_translation=False)
    user_id = fields.Many2one(
        "res.users", string="Author", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
        readonly=True,
    )
    case_id = fields.Many2one(
        "integration.case",
        index="btree_not_null",
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    client_ids = fields.Many2many(
        "integration.client",
        string="Persons Present",
        readonly=True,
        check_company=True,
        context={"active_test": False},
    )
    content = fields.Text(readonly=True, copy=False, groups=fields.NO_ACCESS)
    is_done = fields.Boolean(readonly=True, export_string_translation=False)
    kept_on = fields.Datetime(string="Last Typed", readonly=True)
    date_until = fields.Date(string="Deleted On", readonly=True)
    days_left = fields.Integer(compute="_compute_days_left")

    _user_key_uniq = models.UniqueIndex("(user_id, key)")

    @api.depends("case_id")
    def _compute_company_id(self):
        for draft in self:
            draft.company_id = draft.case_id.company_id or draft.company_id or self.env.company

    @api.depends("date_until")
    def _compute_days_left(self):
        today = local_today(self.env)
        for draft in self:
            draft.days_left = max(0, (draft.date_until - today).days) if draft.date_until else 0

    @api.depends("case_id.file_number", "kept_on")
    def _compute_display_name(self):
        for draft in self:
            number = draft.case_id.file_number or self.env._("Unnamed talk")
            when = draft.kept_on and format_datetime(self.env, draft.kept_on, dt_format="short")
            draft.display_name = f"{number}, {when}" if when else number

    # ------------------------------------------------------------
    # Kept while it is typed
    # ------------------------------------------------------------

    @api.model
    def _remember(self, key, window, takes, case, clients, content):
        """Keep what is typed in the dialog ``key``; return what became of it.

        :param window: the window of the browser it is typed in
        :param takes: whether the words were just opened there: it then is the one that writes
        :param case: integration.case, empty for an unnamed talk
        :param dict content: what was typed, by field
        :return: “kept”, “done” (saved already) or “elsewhere” (gone on with in another window)
        """
        words = json.dumps(content, sort_keys=True)
        if len(words) > MOST_SIGNS:
            raise UserError(self.env._("This is too long to be kept. Save it in parts."))
        company = case.company_id or self.env.company
        draft = self._claim(key, company) or self._own(key)
        if draft.is_done:
            return "done"
        if draft.window != window and not takes:
            return "elsewhere"
        draft._as_system().write(
            {
                "window": window,
                "case_id": case.id,
                "client_ids": [fields.Command.set(clients.ids)],
                "content": words,
                "kept_on": fields.Datetime.now(),
                "date_until": self._forgotten_on(),
            }
        )
        return "kept"

    @api.model
    def _claim(self, key, company, **known):
        """Return a new row for the dialog ``key`` of the user, nothing if there is one.

        A request at the same time waits here and is then tried anew by Odoo.

        :param known: values of further columns
        """
        vals = {
            "user_id": self.env.uid,
            "key": key,
            "company_id": company.id,
            "is_done": False,
            "create_uid": self.env.uid,
            "create_date": self.env.cr.now(),
            "write_date": self.env.cr.now(),
            **known,
        }
        found = self.env.execute_query(
            SQL(
                """INSERT INTO integration_contact_draft (%s) VALUES %s
                   ON CONFLICT (user_id, key) DO NOTHING RETURNING id""",
                SQL(", ").join(map(SQL.identifier, vals)),
                tuple(vals.values()),
            )
        )
        # sudo: integration.contact.draft - the user's own row, see _own()
        return self.sudo().browse(id_ for (id_,) in found)

    @api.model
    def _own(self, key):
        # sudo: integration.contact.draft - the user's own row, by her own key
        return self.sudo().search([("user_id", "=", self.env.uid), ("key", "=", key)])

    @api.model
    def _forgotten_on(self):
        """Return the day on which what is kept now is deleted."""
        return local_today(self.env) + timedelta(days=KEPT_DAYS)

    @api.model
    def _settle(self, key, company):
        """Empty the draft of a dialog that is being saved.

        :raises UserError: if it was saved from another window already
        """
        if self._claim(key, company, is_done=True, date_until=self._forgotten_on()):
            return  # nothing was kept of it
        draft = self._own(key)
        if draft.is_done:
            raise UserError(
                self.env._(
                    "This contact was saved already, in another window: it was not saved a second "
                    "time. If this is another contact, copy the text, close this window and choose "
                    "“New Contact”."
                )
            )
        draft._empty()

    def _empty(self):
        """Keep nothing of what was typed, but that it was saved."""
        self._as_system().write(
            {
                "case_id": False,
                "client_ids": [fields.Command.clear()],
                "content": False,
                "is_done": True,
                "date_until": self._forgotten_on(),
            }
        )

    # ------------------------------------------------------------
    # Gone on with
    # ------------------------------------------------------------

    def _content_for_author(self):
        """Return what was typed, by field: to its author, and as long as she may write of it."""
        mine = self._mine()._filtered_agreed()
        # sudo: integration.contact.draft - the author's own words, see above
        return mine.sudo()._typed()

    def _typed(self):
        """Return, called as superuser, what was typed, by field."""
        try:
            content = json.loads(self.content or "{}")
        except ValueError:
            content = {}
        return content if isinstance(content, dict) else {}

    def _purposes_told(self):
        """Return, called as superuser, the further purposes that what was spoken about needs."""
        topics = self.env["integration.topic"].browse(self._typed().get("topic_ids"))
        return set(topics.exists().mapped("consent_purpose"))

    def _mine(self):
        """Return those of the drafts that are the user's own, and still open to her."""
        domain = Domain("id", "in", self.ids) & Domain("is_done", "=", False)
        return self.search(domain & Domain("user_id", "=", self.env.uid))

    @api.model
    def get_offered(self, case_id=False):
        """Return what the user was writing, of one case or of any: for the dialog to offer."""
        domain = Domain("is_done", "=", False) & Domain("user_id", "=", self.env.uid)
        if case_id:
            domain &= Domain("case_id", "in", [case_id] if isinstance(case_id, int) else [])
        drafts = self.search(domain, limit=5).with_context(integration_show_name=True)
        return [
            {
                "id": draft.id,
                "case": draft.case_id.display_name or self.env._("Unnamed talk"),
                "when": format_datetime(self.env, draft.kept_on, dt_format="short"),
                "days_left": draft.days_left,
            }
            for draft in drafts._filtered_agreed()
            if draft.kept_on
        ]

    def action_go_on(self):
        """Open the dialog with what was typed."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "integration_management.integration_contact_quick_action"
        )
        return dict(action, context={"integration_show_name": True, "integration_draft": self.id})

    def action_discard(self):
        """Delete what was typed."""
        # sudo: integration.contact.draft - the user's own: to forget needs nobody's consent
        self._mine().sudo().unlink()

    # ------------------------------------------------------------
    # Gone
    # ------------------------------------------------------------

    @api.autovacuum
    def _gc_old(self):
        """Delete what was not gone on with for a week: My Day has shown the day."""
        self.search([("date_until", "<", local_today(self.env))]).unlink()
        # Claimed, and nothing came of it
        day_ago = fields.Datetime.now() - timedelta(days=1)
        self.search([("date_until", "=", False), ("create_date", "<", day_ago)]).unlink()
