import re
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

KEY = re.compile(r"[0-9a-f]{32}")
# What says something of the dialog itself, and nothing that was typed
NOT_TYPED = frozenset({"company_id", "draft_key", "once_done", "once_answer"})


class IntegrationContactQuick(models.TransientModel):
    """What is typed into the dialog is kept on the server until it is saved.

    The form sends it every few seconds (``static/src/contact_draft``). What would be refused as
    a contact for want of a consent is not kept either.
    """

    _inherit = "integration.contact.quick"

    draft_key = fields.Char(
        default=lambda self: uuid4().hex, copy=False, export_string_translation=False
    )

    @api.model
    def default_get(self, fields):
        """Begin with what the user was writing, if the dialog was opened for that."""
        defaults = super().default_get(fields)
        draft = self.env["integration.contact.draft"].browse(
            self.env.context.get("integration_draft") or []
        )
        typed = self._typed_before(draft._content_for_author())
        if typed:
            # sudo: integration.contact.draft - of the author's own, see above
            typed["draft_key"] = draft.sudo().key
        defaults.update({name: value for name, value in typed.items() if name in fields})
        return defaults

    # ------------------------------------------------------------
    # Kept
    # ------------------------------------------------------------

    @api.model
    def keep_draft(self, key, window, values, takes=False):
        """Keep ``values`` of the dialog ``key`` as the draft of the user.

        :param window: of the browser, by a key of its own
        :param takes: whether this window was the last one to open the draft
        :return: what became of it: “kept”, “done”, “elsewhere”, or “refused” and why
        """
        self.browse().check_access("create")
        self._ensure_proper_keys(key, window)
        self._check_proper([values])
        self._check_references([values], nested=True)
        values = {name: values[name] for name in self._typed_names() if name in values}
        dialog = self.new(self._as_values(values))
        case = dialog.case_id._origin
        if case:
            # A lead reads cases in which she writes nothing.
            if not case._filtered_in_my_files():
                raise AccessError(self.env._("You do not write in this file."))
        else:
            # Words belong to a file; without a case there is none to keep them in.
            values = {name: value for name, value in values.items() if not self._is_free(name)}
            dialog = self.new(self._as_values(values))
        refusal = dialog._why_not_kept()
        if refusal:
            return {"state": "refused", "why": refusal}
        clients = dialog.client_ids._origin if case else dialog.client_ids.browse()
        drafts = self.env["integration.contact.draft"]
        return {"state": drafts._remember(key, window, bool(takes), case, clients, values)}

    @api.model
    def discard_draft(self, key):
        """Delete what was kept of the dialog ``key``: its author has discarded it."""
        self.browse().check_access("create")
        if self._is_key(key):
            drafts = self.env["integration.contact.draft"].search([("key", "=", key)])
            drafts.action_discard()

    def _why_not_kept(self):
        """Return for want of which consent saving would be refused, and so is keeping."""
        missing = self.env["integration.contact"].new(self._contact_vals())._consents_missing()
        lacking = {purpose: self.env["integration.client"] for _c, purpose, _d in missing}
        for client, purpose, _day in missing:
            lacking[purpose] |= client
        own = self.case_id.client_id._origin
        if own and not own._has_consent("file"):
            lacking["file"] = lacking.get("file", own) | own
        purpose = "file" if "file" in lacking else next(iter(sorted(lacking)), None)
        return lacking[purpose]._consent_refusal(purpose) if purpose else False

    def _create_contact(self):
        """Save the contact once, from however many windows, and keep no draft of it."""
        if self._is_key(self.draft_key):
            company = self.case_id._origin.company_id or self.env.company
            self.env["integration.contact.draft"]._settle(self.draft_key, company)
        return super()._create_contact()

    # ------------------------------------------------------------
    # Which values
    # ------------------------------------------------------------

    @api.model
    def _ensure_proper_keys(self, *keys):
        """Refuse keys that no dialog has made."""
        if not all(map(self._is_key, keys)):
            raise UserError(self.env._("These are no values of a record."))

    @api.model
    def _is_key(self, key):
        return isinstance(key, str) and bool(KEY.fullmatch(key))

    @api.model
    def _typed_names(self):
        """Return the names of the fields that somebody fills in: those the dialog stores."""
        return [
            name
            for name, field in self._fields.items()
            if field.store
            and not field.related
            and name not in NOT_TYPED
            and name not in models.MAGIC_COLUMNS
        ]

    @api.model
    def _is_free(self, name):
        return self._fields[name].type in ("char", "text")

    @api.model
    def _as_values(self, values):
        """Return ``values``, which hold bare lists of ids, as those of a record."""
        return {
            name: [Command.set(value)] if self._fields[name].type == "many2many" else value
            for name, value in values.items()
        }

    @api.model
    def _typed_before(self, content):
        """Return what was kept as defaults, without what is gone or closed by now."""
        typed = {}
        for name, value in content.items():
            field = self._fields.get(name)
            if field is None or name not in self._typed_names():
                continue
            if field.relational:
                ids = value if isinstance(value, list) else [value]
                rows = self.env[field.comodel_name].browse(id_ for id_ in ids if id_)
                try:
                    rows = rows.exists()._filtered_access("read")
                except AccessError:
                    rows = rows.browse()
                value = [Command.set(rows.ids)] if field.type == "many2many" else rows.id
            typed[name] = value
        return typed
