from odoo import api, models
from odoo.exceptions import UserError

SHEET_REPORT = "integration_management.integration_signing_sheet_report"


class IntegrationSigning(models.TransientModel):
    """The agreement sheet of a plan as one more paper that is signed on the screen.

    Everything comes from the frozen words of the sheet: what is signed is what was made.
    """

    _inherit = "integration.signing"

    @api.depends("sheet_id")
    def _compute_language_hint(self):  # pylint: disable=missing-return
        of_sheets = self.filtered("sheet_id")
        super(IntegrationSigning, self - of_sheets)._compute_language_hint()
        for signing in of_sheets:
            sheet = signing.sheet_id
            signing.language_hint = sheet._frozen_words()["lacks"] and self.env._(
                "There is no text in %s: the German one is shown, with a hint. Have it interpreted "
                "and name the interpreter.",
                sheet.language_id.name,
            )

    @api.model
    def _is_sheet(self, paper):
        return bool(paper) and paper._name == "integration.agreement.sheet"

    @api.model
    def _check_sheet(self, sheet):
        sheet._frozen_words()
        sheet._check_in_force(sheet.plan_id)
        if sheet.date_signed or sheet.attachment_hash:
            raise UserError(
                sheet._about_file(self.env._("this sheet is signed already. Make a new one."))
            )

    def _offers(self):
        """Offer German and the language the sheet was made in, the client's own first."""
        if not self.sheet_id:
            return super()._offers()
        languages = self.env["integration.language"]
        words = self.sheet_id._frozen_words()
        codes = [column["code"] for column in words["columns"]]
        found = {row.code: row for row in languages.search([("code", "in", codes)])}
        return [
            {
                "language": found[code],
                "words": found[code],
                "notice": self.env["integration.consent.notice"],
                "hint": words["lacks"],
            }
            for code in reversed(codes)
            if code in found
        ]

    def _questions(self, notice):
        return ["agreement"] if self.sheet_id else super()._questions(notice)

    def _report(self):
        return SHEET_REPORT if self.sheet_id else super()._report()

    def _kind(self):
        return "agreement" if self.sheet_id else super()._kind()

    def _page_language(self, offer):
        """A plan is agreed to, where a release allows something."""
        page = super()._page_language(offer)
        if self.sheet_id:
            words = page["words"]
            page["words"] = {**words, "allow": words["yes"], "refuse": words["no"]}
        return page

    def _text_to_sign(self, offer, wordings):
        if not self.sheet_id:
            return super()._text_to_sign(offer, wordings)
        words = self.sheet_id._frozen_words()
        version, texts = words["version"], dict(wordings)
        for column in words["columns"]:
            if column["code"] == offer["words"].code:
                texts.update(column["text"])
        german = offer["words"] == self.env["integration.paper"]._german()
        translations = None if german else words["translations"]
        blocks = [{"text": texts["agreement.intro"]}]
        for number, goal in enumerate(version["goals"]):
            blocks += self._goal_blocks(str(number), goal, texts, translations)
        blocks += [
            {"label": texts["agreement.review"], "text": version["review"]},
            {"text": texts["agreement.voluntary"]},
        ]
        return {
            "lang": offer["words"].code,
            "dir": offer["words"].direction,
            "title": texts["agreement.title"],
            "blocks": blocks,
            "typed": not german,
            "questions": [
                {
                    "key": "agreement",
                    "title": texts["agreement.question"],
                    "text": texts["agreement.voluntary"],
                }
            ],
        }

    @api.model
    def _goal_blocks(self, key, goal, texts, translations):
        """Return the blocks of one goal: what was typed in German, and its translation.

        :param translations: None in the German text, which needs none
        """
        area = goal["area_name"]
        if translations is not None:
            area = texts.get(f"area.{goal['area']}", area)
        label = f"{texts['agreement.goal']} {int(key) + 1} · {area}"
        blocks = [{"label": label, "text": goal["text"], "typed": True}]
        if translations is not None:
            blocks.append({"text": translations.get(key) or texts["agreement.not_translated"]})
        if goal.get("seen"):
            blocks.append({"label": texts["agreement.seen"], "text": goal["seen"], "typed": True})
        for place, step in enumerate(goal["steps"]):
            who = texts[f"agreement.owner.{step['owner']}"]
            told = (who, step.get("persons"), step["until"], step["service"])
            label = " · ".join(filter(None, told))
            blocks.append({"label": label, "text": step["text"], "typed": True})
            if translations is not None:
                said = translations.get(f"{key}.{place}")
                blocks.append({"text": said or texts["agreement.not_translated"]})
        return blocks
