from odoo.fields import Command
from odoo.tools import SQL

from ..common import MODULE
from .signing_common import SigningCommon


class AgreementCommon(SigningCommon):
    """An agreed plan of a client who reads Arabic, with a step that leads to the directory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._consent(cls.client)
        cls.area = cls.env.ref(f"{MODULE}.area_language")
        cls.service = cls.env["integration.service"].create(
            {"name": "Sprachschule Beispiel", "code": "x_school", "kind": "organisation"}
        )
        cls.plan = cls.mine["integration.plan"].create(
            {
                "case_id": cls.case.id,
                "line_ids": [
                    Command.create(
                        {
                            "area_id": cls.area.id,
                            "name": "Ich bestehe die Prüfung B1.",
                            "step_ids": [
                                Command.create(
                                    {
                                        "name": "Zum Kurs anmelden",
                                        "service_id": cls.service.id,
                                        "date_due": cls.today,
                                    }
                                ),
                                Command.create({"name": "Platz anfragen", "owner": "worker"}),
                            ],
                        }
                    )
                ],
            }
        )

    @classmethod
    def _agree(cls):
        cls.plan.action_agree(cls.today)
        return cls.plan

    @classmethod
    def _make(cls, translations=(), user=None, **values):
        """Return the dialog as it is when the lines were typed."""
        plan = cls.plan.with_user(user or cls.worker_a)
        action = plan.action_make_sheet()
        make = plan.env[action["res_model"]].with_context(**action["context"]).create(values)
        for key, text in dict(translations).items():
            make.line_ids.filtered(lambda line, key=key: line.key == key).translation = text
        return make

    @classmethod
    def _sheet(cls, translations=(), **values):
        make = cls._make(translations, **values)
        make.action_print()
        return cls.plan.sheet_ids.sorted("id")[-1:]

    def _change_everything(self):
        """Edit whatever the sheet names and the plan does not hold itself."""
        self.area.name = "Another area"
        # A name that papers bear is fixed by the directory itself; here it changes all the same.
        self.service.phone = "07541 99"
        self.env.flush_all()
        self.cr.execute(
            SQL(
                "UPDATE integration_service SET name = %s WHERE id = %s",
                "Another school",
                self.service.id,
            )
        )
        self.client.name = "Andere, Person"
        self.worker_a.name = "Another Worker"
        self.company_a.write({"name": "Another Employer", "street": "Elsewhere 1"})
        texts = self.env["integration.paper.text"]
        for row in texts.search([("code", "=like", "agreement.%")]):
            row.text = f"{row.text} – edited"
        texts.search([("code", "=", "area.language")]).text = "edited"
        self.env.flush_all()
        self.env.invalidate_all()
