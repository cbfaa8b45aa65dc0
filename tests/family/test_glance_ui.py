from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..product.test_form_tabs import CASES, FormTabsCommon


@tagged("post_install", "-at_install")
class TestGlanceUi(FormTabsCommon):
    """The glance comes with the case, and the case does not depend on it."""

    @contextmanager
    def _told(self, fails=0):
        """Collect whether each glance came with the case; the first ``fails`` of them fail."""
        told, cls = [], self.env.registry["integration.case"]
        get_glance, web_read = cls.get_glance, cls.web_read
        reading = []

        def read(records, specification):
            reading.append(records.env.context.get("integration_glance", False))
            try:
                return web_read(records, specification)
            finally:
                reading.pop()

        def get(records):
            told.append(True in reading)
            if len(told) <= fails:
                raise UserError("Not today")  # pylint: disable=translation-required
            return get_glance(records)

        with patch.object(cls, "web_read", read), patch.object(cls, "get_glance", get):
            yield told

    def test_it_comes_with_the_case(self):
        with self._told() as told:
            self._browse(f"{CASES}/{self.case.id}", 'await one(".o_integration_glance .o_reach");')
        self.assertEqual(told, [True])

    def test_a_save_does_not_ask_for_it(self):
        with self._told() as told:
            self._browse(
                f"{CASES}/{self.case.id}",
                """
                await one(".o_integration_glance .o_reach");
                await tab("deadlines");
                (await row("Frist Erste")).querySelector("td").click();
                type(await one(".modal .o_field_widget[name=note] input"), "Neue Worte");
                await press(".modal .o_form_button_save"); await gone(".modal");
                await row("Neue Worte");
                await save();
                await one(".o_integration_glance .o_reach");
                """,
            )
        self.assertEqual(self.case.deadline_ids.note, "Neue Worte")
        self.assertEqual(told, [True])

    def test_the_case_is_shown_without_it(self):
        with self._told(fails=1) as told:
            self._browse(
                f"{CASES}/{self.case.id}",
                """
                await one(".o_form_view .oe_title [name=display_name]");
                const again = await one(".o_form_view p.text-danger button.btn-link");
                if (document.querySelector(".o_integration_glance, .o_error_dialog"))
                    throw new Error("shown");
                again.click();
                await one(".o_integration_glance .o_reach");
                await gone(".o_form_view p.text-danger");
                """,
            )
        self.assertEqual(told, [True, False])

    def test_nothing_is_told_to_whoever_did_not_ask(self):
        def read(**context):
            case = self._as(self.worker_a)["integration.case"].browse(self.case.id)
            (row,) = case.with_context(**context).web_read({"state": {}})
            return row

        self.assertNotIn("glance", read())
        self.assertEqual(
            read(integration_glance=True)["glance"]["contact"]["id"], self.case.client_id.id
        )
