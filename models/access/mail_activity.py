from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class MailActivity(models.Model):
    """What is to do in a case is read with the case; outside it shows the file number alone."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "integration.in.file", "integration.logged"]

    def _compute_res_name(self):
        # Stored for everybody: never with the name that our own screens ask for.
        neutral = self.with_context(integration_show_name=False)
        return super(MailActivity, neutral)._compute_res_name()

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Search no closed activity either through a relation that passes over the rules.

        Odoo's relation from a record to its activities does, and a lead reads every case.
        """
        if bypass_access and not self.env.su:
            domain = Domain(domain) & self._in_my_files_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    # ------------------------------------------------------------
    # What is logged
    # ------------------------------------------------------------

    @api.model
    def _telling(self, names):
        """Log whose plans are read in their words; what is due when is a list."""
        return {"note", "feedback"} & set(names)

    @api.model
    def _naming(self, names):
        return set()

    @api.model
    def _logged_domain(self, domain):
        return super()._logged_domain(domain) & Domain("res_model", "=", "integration.case")

    def _logged_clients(self):
        # sudo: integration.case - whose file it is; reading the activity was checked
        cases = self.env["integration.case"].sudo()
        # sudo: mail.activity - to what it belongs
        planned = self.sudo().filtered(lambda activity: activity.res_model == cases._name)
        return cases.browse(planned.mapped("res_id")).exists().client_id

    @api.model
    def _searches_by_name(self, domain):
        return False

    def _check_access(self, operation):
        """Close to writing too what is closed to reading.

        Odoo lets anyone who may write a document write its activities: a lead could assign a
        worker's to herself, and read.
        """
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        forbidden, make_error = result or (self.browse(), None)
        # sudo: mail.activity - which of them lie in files open to the user, whatever they are
        closed = self.sudo().filtered(lambda activity: not activity.in_my_files).sudo(False)
        if not closed:
            return result
        return forbidden | closed, make_error or (lambda: closed._make_access_error(operation))

    @api.model
    def _of_employer(self):
        """Return the set of cases of the user's own employers: with the job all words are left."""
        # As text, for it is part of the record rule; every employee has a company.
        companies = tuple(self.env.user._get_company_ids()) or (0,)
        return SQL("(SELECT id FROM integration_case WHERE company_id IN %s)", companies)

    @api.model
    def _in_my_files_domain(self):
        """Return what is no file of ours, or one open to the reader.

        A lead without access entry reads what was assigned to her, but not what a worker
        plans with a client (§ 203 StGB holds towards the employer too).
        """
        secured = self.env.registry["integration.secured"]
        ours = [name for name, model in self.env.registry.items() if issubclass(model, secured)]
        case_ids = self._open_to_me("case_id")
        mine = Domain("res_id", "in", case_ids)
        if self.env.user.has_group("integration_management.group_lead"):
            mine |= Domain("user_id", "=", self.env.uid) & Domain(
                "res_id", "in", self._of_employer()
            )
        mine &= Domain("res_model", "=", "integration.case")
        return Domain("res_model", "not in", ours) | mine
