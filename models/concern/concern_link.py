from odoo import api, fields, models

from .concern import PARTIES


class IntegrationConcernLink(models.Model):
    """That a concern was about somebody with a file: a row of the file, and of nothing else.

    It is behind the access entry and the consent, as every note is. The concern itself knows
    nothing of it and is not touched: whoever raised it sees the same row, whether or not it
    stands in a file. What the worker did is a note of the file (county standard 3.2.1, § 203
    StGB).
    """

    _name = "integration.concern.link"
    _inherit = ["integration.concerns"]
    _description = "Concern in a File"
    _order = "date desc, id desc"
    _fixed_fields = frozenset({"concern_id", "case_id", "client_id"})
    _system_fields = frozenset({"date", "kind_id", "party"})

    concern_id = fields.Many2one(
        "integration.concern", required=True, index=True, ondelete="restrict", check_company=True
    )
    # What stays for the readers of the file, who may not read the concern
    date = fields.Date(string="Day", readonly=True)
    kind_id = fields.Many2one(
        "integration.concern.kind", string="About", readonly=True, ondelete="restrict"
    )
    party = fields.Selection(PARTIES, string="Raised By", readonly=True)

    _once_in_a_file = models.UniqueIndex(
        "(concern_id, client_id)", "This concern stands in the file already."
    )

    @api.depends("case_id.file_number", "date")
    def _compute_display_name(self):
        for link in self:
            link.display_name = link._about_file(self.env._("concern of a third party"))

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            self._check_once(vals)
            # As the user: references were checked, she reads the concern
            concern = self.env["integration.concern"].browse(vals.get("concern_id"))
            for name in ("date", "kind_id", "party"):
                value = concern[name]
                vals[name] = value.id if name == "kind_id" else value
        return vals_list

    @api.model
    def _check_once(self, vals):
        """Refuse the same concern twice about the same person, in words.

        :raises ValidationError: with the file number
        """
        case = self.env["integration.case"].browse(vals.get("case_id"))
        client_id = vals.get("client_id") or case.client_id.id
        known = [("concern_id", "=", vals.get("concern_id")), ("client_id", "=", client_id)]
        for link in self.search(known, limit=1):
            link._refuse_values(self.env._("this concern is noted in it already."))
