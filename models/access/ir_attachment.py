from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mixins.references import linked_ids, proper_vals

# What a document says
TEXT = {"raw", "datas", "db_datas", "index_content"}
PLACE = {"res_model", "res_id"}


class IrAttachment(models.Model):
    """What lies in somebody's file is read with the file, and stays there.

    Odoo lets anyone who reads a record read its attachments. A lead reads every case of the
    employer, but number, dates and phase only (§ 203 StGB holds towards the employer too).
    """

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "integration.in.file", "integration.logged"]

    @api.model
    def _in_my_files_domain(self):
        """Return what is attached to anything else than a case, or to a case open to the reader.

        Other records of a file are read by the same entries as what is attached to them.
        """
        case_ids = self._open_to_me("case_id")
        return Domain("res_model", "!=", "integration.case") | Domain("res_id", "in", case_ids)

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Find no closed document either through a relation that passes over the rules.

        Anybody may put any id among the attachments of an activity or a message of her own, and
        Odoo then searches their names and their text for her.
        """
        if bypass_access and not self.env.su:
            domain = Domain(domain) & self._found_by_relations()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _found_by_relations(self):
        secured = self.env.registry["integration.secured"]
        ours = [name for name, model in self.env.registry.items() if issubclass(model, secured)]
        case_ids = self._open_to_me("case_id")
        of_cases = Domain("res_model", "=", "integration.case") & Domain("res_id", "in", case_ids)
        # sudo: mail.activity - those in files open to the user, and those in no file
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        allowed = activities._search(activities._in_my_files_domain())
        of_activities = Domain("res_model", "=", "mail.activity") & Domain("res_id", "in", allowed)
        others = Domain("res_model", "not in", [*ours, "mail.activity"])
        return others | of_cases | of_activities

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            self._check_uploads(vals_list)
        default = self.env.context.get("default_original_id")
        self._check_originals([v.get("original_id", default) for v in proper_vals(vals_list)])
        attachments = super().create(vals_list)
        attachments._check_not_public()
        return attachments

    def write(self, vals):
        if not proper_vals(vals):
            return super().write(vals)
        self._check_originals([vals.get("original_id")])
        if vals.keys() & PLACE:
            self._check_stays_in_file(vals)
        result = super().write(vals)
        if vals.keys() & {"public", "access_token", "res_model"}:
            self._check_not_public()
        return result

    def copy_data(self, default=None):
        if any(vals.keys() & PLACE for vals in proper_vals(default)):
            self._check_stays_in_file(default)
        return super().copy_data(default)

    @api.depends("name", "res_model", "res_id")
    @api.depends_context("uid")
    def _compute_display_name(self):  # pylint: disable=missing-return
        """Name nothing of a file to anyone who may not read it.

        Any attachment may refer to any other as its original; the ORM reads that name as
        superuser, and a scan is often named after the person.
        """
        super()._compute_display_name()
        filed = self._in_files()
        readable = set(filed.sudo(False)._filtered_access("read").ids)
        for attachment in filed:
            if attachment.id not in readable:
                attachment.display_name = self.env._("Attachment %s", attachment.id)

    @api.model
    def _telling(self, names):
        """Log whose documents are read; their names alone are a list."""
        return TEXT & set(names)

    @api.model
    def _naming(self, names):
        return set()

    def _logged_clients(self):
        clients = self.env["integration.client"]
        # sudo: ir.attachment - to what it belongs
        for attachment in self.sudo().filtered("res_id"):
            clients |= clients._whose_file(attachment.res_model, attachment.res_id)
        return clients

    @api.model
    def _searches_by_name(self, domain):
        return False

    def _has_attachments_ownership(self, attachment_tokens):
        """Let no token stand for the right to write in a file: it would outlive the access.

        Of ordinary documents it does: guests and customers have no other right to them, and
        an empty set would ask whether they may write documents at all.
        """
        owned = super()._has_attachments_ownership(attachment_tokens)
        filed = self._in_files().sudo(False)
        return owned and (not filed or filed.has_access("write"))

    def _check_not_public(self):
        """Refuse a document of a file to be public, or to have an address with a token.

        Both open it to everybody, also to anyone who has lost the access.

        :raises UserError: also for administrators
        """
        # sudo: ir.attachment - to which record a file belongs, no matter who asks
        for attachment in self._in_files().sudo():
            if attachment.public or attachment.access_token:
                raise UserError(self.env._("What lies in somebody's file is never made public."))

    @api.model
    def _check_originals(self, values):
        """Refuse to refer to an attachment that the user may not read.

        :raises AccessError: naming none
        """
        originals = self.browse(linked_ids(values))
        # An empty set would ask whether the user may read documents at all.
        if originals:
            originals.check_access("read")

    @api.model
    def _check_uploads(self, vals_list):
        """Ask the user's own rights for what Odoo uploads to a discussion as superuser.

        Before it is there: Odoo catches the refusal and goes on.

        :raises AccessError: the file is not open to the user for writing
        """
        for vals in proper_vals(vals_list):
            if vals.get("res_field") or not vals.get("res_id"):
                continue
            if self.new({name: vals.get(name) for name in PLACE})._in_files():
                record = self.env[vals["res_model"]].browse(vals["res_id"]).sudo(False)
                record.check_access("write")
                if "in_my_files" in record and not (record.env.su or record.in_my_files):
                    raise record.env["ir.rule"]._make_access_error("write", record)

    def _check_stays_in_file(self, vals):
        """Refuse to take out of a file what would then be its uploader's, for good.

        :raises UserError: also for the superuser, as whom Odoo moves attachments to messages
        """
        # sudo: ir.attachment - to which record a file belongs, no matter who asks
        for attachment in self._in_files().sudo():
            moved = self.new({name: vals.get(name, attachment[name]) for name in PLACE})
            if not (moved.res_id and moved._in_files()):
                raise UserError(
                    self.env._(
                        "What lies in somebody's file stays there. Attach it to another record of "
                        "the file, or delete it."
                    )
                )
