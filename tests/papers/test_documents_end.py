from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..common import MODULE
from .papers_common import PDF, PapersCommon, b64

TYPE = f"{MODULE}.mail_activity_type_copy"


@tagged("post_install", "-at_install")
class TestDocumentsEnd(PapersCommon):
    """Copies go on their day, whatever has happened since; the note stays."""

    def _ending(self, days=0, **values):
        """Return a paper whose copy is to be deleted in so many days, entered long ago."""
        paper = self._copied(**values)
        day = self.today + timedelta(days=days)
        # As time passes: no request may say so.
        self.env.flush_all()
        self.cr.execute(
            "UPDATE integration_document SET date_delete = %s WHERE id = %s", (day, paper.id)
        )
        self.env.invalidate_all()
        return paper

    def _night(self):
        cron = self.env.ref(f"{MODULE}.ir_cron_copies")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _files(self, papers):
        return self.env["ir.attachment"].search_count(
            [
                ("res_model", "=", papers._name),
                ("res_id", "in", papers.ids),
                ("res_field", "=", "file"),
            ]
        )

    def test_copies_go_on_their_day(self):
        due, late, other = self._ending(), self._ending(-40), self._ending(1)
        seen = self._seen(date_delete=self.today)
        self.assertEqual(self._files(due | late | other), 3)
        self._night()
        self.assertEqual((due | late | other).mapped("state"), ["deleted", "deleted", "copy"])
        self.assertEqual(due.date_deleted, self.today)
        self.assertEqual(due.purpose, "Application for benefits", "what it was for stays known")
        self.assertEqual(self._files(due | late), 0)
        self.assertEqual(self._files(other), 1)
        self.assertFalse(seen.date_deleted)

    def test_twice_is_once(self):
        paper = self._ending()
        self._night()
        self.env.flush_all()
        written = paper.write_date
        self._night()
        self.assertEqual(paper.write_date, written)

    def test_slice_by_slice(self):
        papers = self.Document.browse([self._ending().id for _number in range(5)])
        with patch("odoo.addons.integration_management.models.papers.document_end.SLICE", 2):
            self._night()
        self.assertEqual(set(papers.mapped("state")), {"deleted"})

    def test_after_a_withdrawal_too(self):
        paper, other = self._ending(), self._copied()
        self._consent(self.client_a, "withdrawn")
        with self._refusing("consent"):
            other.purpose = "Something else"
        self._night()
        self.assertEqual(paper.state, "deleted")
        other.action_delete_copy()
        self.assertEqual(other.state, "deleted")
        self.assertEqual(self._files(other), 0)

    def test_what_is_deleted_stays_so(self):
        paper = self._ending()
        paper.action_delete_copy()
        with self._refusing("no copy"):
            paper.action_delete_copy()
        for vals in ({"file": b64(PDF)}, {"purpose": "Else"}, {"date_seen": self.today}):
            with self._refusing("deleted"):
                paper.write(vals)
        with self._refusing("stays in the file"):
            paper.unlink()

    def test_the_worker_is_told_once(self):
        far = self._copied(date_delete=self.today + timedelta(days=31))
        self._night()
        self.assertFalse(self.case.activity_search([TYPE]))
        soon, sooner = self._ending(20), self._ending(12)
        self._night()
        self._night()
        task = self.case.activity_search([TYPE])
        self.assertRecordValues(
            task,
            [
                {
                    "user_id": self.worker_a.id,
                    "date_deadline": sooner.date_delete,
                    "summary": f"Akte {self.client_a.file_number}: eine Kopie wird gelöscht",
                }
            ],
        )
        self.assertFalse(task.note)
        task.action_feedback()
        self._night()
        self.assertFalse(self.case.activity_search([TYPE]), "she knows of this day")
        sooner.action_delete_copy()
        self._night()
        task = self.case.activity_search([TYPE])
        self.assertEqual(task.date_deadline, soon.date_delete)
        soon.date_delete = far.date_delete
        self.assertFalse(task.exists(), "on that day nothing is deleted any more")

    def test_filter(self):
        view = self.case.env["integration.document"].get_view(view_type="search")["arch"]
        self.assertIn("Copy to Be Deleted within 30 Days", view)
        soon, far = self._ending(30), self._ending(31)
        domain = [("state", "=", "copy"), ("date_delete", "<=", "today +30d")]
        self.assertEqual(self.Document.search(domain) & (soon | far), soon)
