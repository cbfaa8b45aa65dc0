from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri

from ...tools import local_today


class IntegrationSigningPaper(models.AbstractModel):
    """The paper signed on the screen: what was read, what was answered, and the signature."""

    _name = "report.integration_management.integration_signing_paper"
    _inherit = ["integration.paper"]
    _description = "Paper Signed on the Screen"

    @api.model
    def _get_report_values(self, docids, data=None):
        signing = self.env["integration.signing"].browse(docids)
        if len(signing) != 1:
            raise UserError(self.env._("Nothing is being signed here; print the stored paper."))
        # Odoo checks no groups before it prints.
        signing.check_access("read")
        signing.client_id.check_access("read")
        if not signing.signature:
            raise UserError(self.env._("Nothing is being signed here; print the stored paper."))
        offer = signing._offer(signing.language_id.id)
        columns = self._columns(offer["notice"].language_id or offer["words"])
        sheet = signing.sheet_id
        sheets = self.env["report.integration_management.integration_agreement_paper"]
        return {
            "doc_ids": signing.ids,
            "doc_model": signing._name,
            "docs": signing,
            "day": self._day,
            "client": signing.client_id,
            "release": signing.release_id,
            "page": sheet and sheets._page(sheet._frozen_words()),
            "columns": columns,
            "hint": offer["hint"],
            "form": None if signing._paper_to_sign() else self._form(signing, offer, columns),
            "signing": self._signatures(signing),
        }

    @api.model
    def _form(self, signing, offer, columns):
        """Return the privacy notice as it was read, beside the German one, with the answers."""
        notices = signing._notices(signing.client_id)
        for column in columns:
            column["notice"] = notices[column["language"]]
        return {
            "company": signing.company_id,
            "client": signing.client_id,
            "columns": columns,
            "hint": offer["hint"],
            "purposes": offer["notice"].line_ids.mapped("purpose"),
            "answers": {key: "yes" if yes else "no" for key, yes in signing.answers.items()},
        }

    @api.model
    def _signatures(self, signing):
        """Return who stands on which line of the paper, and the picture of the signature."""
        day, guardian = self._day(local_today(self.env)), signing.is_minor and signing._guardian()
        signs = "sign_guardian" if guardian else "sign_client"
        signer = guardian or signing.client_id.name
        return {
            "day": day,
            "signs": signs,
            "picture": image_data_uri(signing.signature),
            "slots": {
                signs: f"{day} · {signer}",
                "interpreter": signing.interpreter,
                "sign_worker": f"{day} · {self.env.user.name}",
            },
        }
