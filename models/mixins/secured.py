from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# By which a record knows the file it lies in, the nearest first
FILED = ("file_number", "client_id", "case_id")


class IntegrationSecured(models.AbstractModel):
    """Base of every model that holds personal or case data.

    The ORM lets anybody who may write a record point its many2one at any id, and
    then reads the name of the target back as superuser. Here every reference to a
    secured record is checked for read access first, so that guessing ids reveals
    nothing and links nothing.

    A model that belongs to the counselling file says so by ``_needs_file_consent``; the room
    of consent sees to it.
    """

    _name = "integration.secured"
    _inherit = ["integration.door", "integration.logged"]
    _description = "Record Behind the Walls"

    # Whether it is written only with the client's consent to the file (county standard 2.2)
    _needs_file_consent = False
    # What our own code writes without it as well: what a withdrawal itself calls for
    _ending_fields = frozenset()

    @api.model
    def _check_request(self, vals_list):
        self._check_references(vals_list)
        self._refuse_derived({name for vals in vals_list for name in vals})
        super()._check_request(vals_list)

    def _check_change(self, change):
        self._check_references([change.vals])
        self._refuse_derived(change.names)
        super()._check_change(change)

    @api.model
    def _derived_fields(self):
        """Return the names of the stored fields that follow from others.

        The ORM takes values for them from a request all the same, and from ``default_*`` in
        the context: a forged employer, day or consent would open walls and change figures.
        """
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.store and field.compute and field.readonly
        )

    @api.model
    def _never_default_fields(self):
        return super()._never_default_fields() | self._derived_fields()

    def _refuse_derived(self, names):
        """Refuse values for fields that are computed, unless our own code or Odoo's gives them.

        :raises UserError: naming the fields by their labels
        """
        if not self.env.su:
            self._refuse_fields(self._derived_fields() & names)

    @api.model
    def default_get(self, fields):
        """Check what comes by ``default_*`` in the context like any other request."""
        defaults = super().default_get(fields)
        self._check_references([defaults], nested=True)
        return defaults

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer every file of the reader where the employer follows from what is chosen.

        Odoo offers those of the employer of the record only, and a new one has none yet: nobody
        could be chosen. Of which employer she may be is for the rules, and for the check on saving.
        """
        described = super().fields_get(allfields, attributes)
        company = self._fields.get("company_id")
        whose = (company.related or "").split(".")[0] if company is not None else None
        if "domain" in described.get(whose, ()):
            field = self._fields[whose]
            described[whose]["domain"] = field._internal_description_domain_raw(self.env)
        return described

    def onchange(self, values, field_names, fields_spec):
        """Check what a form pretends to hold: computed fields would show it at once."""
        self._check_references([values], known=self, nested=True)
        return super().onchange(values, field_names, fields_spec)

    def _about(self, text, vals):
        whose = self if len(self) == 1 else None
        for name in ("client_id", "case_id"):
            if not whose and name in self._fields and isinstance(vals.get(name), int):
                # The id may be anybody's: a number is told to those who read the file alone.
                file = self.env[self._fields[name].comodel_name].browse(vals[name])
                whose = file._filtered_access("read")
        if not whose or not any(name in whose._fields for name in FILED):
            return super()._about(text, vals)
        return whose._about_file(text)

    def _about_file(self, text):
        """Return ``text`` with the file number, never a name, in front."""
        whose = self
        for name in FILED:
            if name in self._fields:
                whose = self if name == "file_number" else self[name]
                break
        # sudo: integration.client, integration.case - the neutral number, no matter who is told it
        number = whose.sudo().file_number
        return self.env._("File %(number)s: %(text)s", number=number, text=text)

    def _take_turns(self):
        """Let whatever rests on these records happen one after the other until the end.

        Of two requests in the same second the later is tried anew by Odoo and sees what the
        first has done; each by itself would be in order, and both together not.
        """
        ids = sorted({id_ for id_ in self.ids if isinstance(id_, int)})
        if ids:
            self.flush_model()
            table = SQL.identifier(self._table)
            self.env.cr.execute(
                SQL("UPDATE %s SET write_date = write_date WHERE id IN %s", table, tuple(ids))
            )

    def _clear_attached(self):
        """Delete whatever was attached to these records, whose words are cleared."""
        # sudo: ir.attachment - of records that our own code clears, whoever attached it
        attached = self.env["ir.attachment"].sudo()
        attached.search([("res_model", "=", self._name), ("res_id", "in", self.ids)]).unlink()

    def _filtered_agreed(self):
        """Return the records that may still be written to; the room of consent knows which."""
        return self

    def _lose_file(self):
        """Go with the file that the author of these dialogs has lost."""
        self.unlink()

    def _sms_get_recipients_info(self, force_field=False, partner_fallback=True):
        """Refuse text messages: number and words would go to Odoo's in-app-purchase service.

        Called by the module *sms*, which comes with *mail*, on whatever model has a number.
        """
        raise UserError(self.env._("No text message is sent from a file."))
