from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_import import ImportCommon


@tagged("post_install", "-at_install")
class TestImportUndo(ImportCommon):
    """A batch is taken back as a whole, as long as nothing was added."""

    def _entered(self):
        return self._import(
            self._agreed("Muster", household="7"), "Karte;Eva;3.2.1991;7;;;", "Dritte;Eva;;;;;"
        )

    def test_undone_nothing_is_left(self):
        tables = ("integration.client", "integration.case", "integration.consent", "res.partner")
        tables += ("integration.household", "integration.case.access")
        count = self.env["res.partner"].with_context(active_test=False).search_count
        before = {name: self.env[name].search_count([]) for name in tables}
        batch = self._entered()
        self.assertEqual(batch.done_count, 3)
        batch.action_undo()
        self.env.flush_all()
        self.assertEqual(batch.state, "undone")
        self.assertEqual({name: self.env[name].search_count([]) for name in tables}, before)
        self.assertTrue(count([]))
        # It may come again
        self.assertEqual(self._preview("Dritte;Eva;;;;;").row_ids.verdict, "new")

    def test_not_once_something_was_added(self):
        batch = self._entered()
        case = batch.row_ids.client_id.case_ids
        number = case.file_number
        self._talk(case)
        with self.assertRaisesRegex(UserError, number):
            batch.action_undo()
        self.assertEqual(batch.state, "done")

    def test_not_once_a_consent_was_recorded(self):
        batch = self._entered()
        client = batch.row_ids[2].client_id
        self._consent(client)
        with self.assertRaisesRegex(UserError, client.file_number):
            batch.action_undo()

    def test_not_once_the_card_was_changed(self):
        batch = self._entered()
        client = batch.row_ids[2].client_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date + interval '1 minute' WHERE id = %s",
            [client.partner_id.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, client.file_number):
            batch.action_undo()

    def test_nobody_elses(self):
        batch = self._entered()
        for user in (self.colleague_a, self.lead_a, self.worker_b):
            with self.subTest(user.login), self.assertRaises(UserError):
                batch.with_env(self._as(user)).action_undo()
