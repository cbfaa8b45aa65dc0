from odoo import api, fields, models


class IntegrationEmployersOwn(models.AbstractModel):
    """What a person saves beside files, with names in it, stays with her employer.

    Odoo shows it to every employee of the database. Who leaves the employer leaves it behind;
    the record rules ask for the field of this base.
    """

    _name = "integration.employers.own"
    _description = "Kept with the Employer"

    integration_company_id = fields.Many2one(
        "res.company",
        string="Employer",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        export_string_translation=False,
        help="Set for what is saved beside files: nobody of another employer sees it.",
    )

    # The fields that say beside which records it is saved, and for whom
    _kept_by = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        model = self.with_context(default_integration_company_id=False)
        kept = [self._without_employer(vals) for vals in vals_list]
        records = super(IntegrationEmployersOwn, model).create(kept)
        records._keep_with_employer()
        return records

    def write(self, vals):
        vals = self._without_employer(vals)
        result = super().write(vals)
        if self._kept_by & vals.keys():
            self._keep_with_employer()
        return result

    @staticmethod
    def _without_employer(vals):
        """Return ``vals`` without the employer, which no request sets."""
        return {name: value for name, value in vals.items() if name != "integration_company_id"}

    def _keep_with_employer(self):  # pylint: disable=missing-return
        """Note the employer of what is saved beside files."""
        # sudo: self - what the user has just saved; the fields are set here alone
        for record in self.sudo():
            values = record._values_kept(self.env)
            if values:
                super(  # pylint: disable=super-method-mismatch
                    IntegrationEmployersOwn, record
                ).write(values)

    def _values_kept(self, env):
        """Return the values that keep this record with the employer of the user of ``env``."""
        return {}
