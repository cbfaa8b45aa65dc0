from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.integration_management.figures.facts import Facts
from odoo.addons.integration_management.figures.registry import RULES

from ..common import MODULE
from .figures_common import DAYS, FiguresCommon


class DifferenceCommon(FiguresCommon):
    """A submitted report of the lead; what happens later is dated a minute after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls._as(cls.lead_a)["integration.report"].create(
            {"date_from": cls._day(DAYS), "date_to": cls._day(1), "breakdown": "worker"}
        )
        cls.report.action_submit()
        # Everything in a test is one transaction with one time: the submission came before.
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE integration_report SET submitted_on = submitted_on - interval '1 hour'"
            " WHERE id = %s",
            [cls.report.id],
        )
        cls.env.invalidate_all()
        sealed = cls.report.sudo()._as_system()
        sealed.checksum = sealed._checksum()  # by the time that it now has
        cls.env.flush_all()
        cls._age(
            "integration_contact",
            "integration_case",
            "integration_plan",
            "integration_case_assignment",
            "integration_contact_person",
        )
        cls.env.invalidate_all()

    @classmethod
    def _age(cls, *tables):
        """Let all rows be two hours old."""
        for table in tables:
            cls.env.cr.execute(  # pylint: disable=sql-injection
                f"UPDATE {table} SET create_date = create_date - interval '2 hours',"
                " write_date = write_date - interval '2 hours'"
            )

    def _frozen(self):
        """Return lines and hash as they stand in the database, and as computed again."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.execute(
            "SELECT code, item, texts::text, figures::text FROM integration_report_line"
            " WHERE report_id = %s ORDER BY sequence, id",
            [self.report.id],
        )
        return self.env.cr.fetchall(), self.report.checksum, self.report._checksum()

    def _changes(self, breakdown="total"):
        """Return {(rule, column label): (change, causes gained, causes lost)} without lists."""
        self.env.flush_all()
        self.env.invalidate_all()
        difference = self.report._difference()
        return {
            (row.rule, column.label): (today - frozen, dict(gained), dict(lost))
            for row, column, frozen, today, gained, lost in difference.cells(breakdown)
            if not row.item
        }

    def _open_case(self, worker=None):
        worker = worker or self.worker_a
        domain = [("user_id", "=", worker.id), ("state", "=", "open"), ("date_opened", "!=", False)]
        return self._as(worker)["integration.case"].search(domain, limit=1)

    def _persons(self):
        """Return presences of employer A in counted talks, oldest last."""
        return self.env["integration.contact.person"].search(
            [
                ("company_id", "=", self.company_a.id),
                ("is_talk", "=", True),
                ("date", "<", self.today),
                ("date", ">", self._day(DAYS)),
            ]
        )


@tagged("post_install", "-at_install")
class TestReportDifference(DifferenceCommon):
    """Submitted figures stay; what they would be today is explained cause by cause."""

    def test_nothing_happened(self):
        for breakdown in ("total", "worker", "employer", "municipality", "month"):
            self.assertEqual(self._changes(breakdown), {}, breakdown)
        self.assertIn("every number is the same", str(self.report.difference))

    def test_facts_are_the_cells(self):
        """As many ids behind every cell as the number in it says."""
        matrix = self.report._matrix()
        for facts in (self.report._frozen_facts(), self.report._facts()):
            facts = Facts(facts)
            for row in matrix.rows:
                for breakdown, columns in matrix.columns.items():
                    for column in columns if not row.is_heading else ():
                        number = matrix.value(row, breakdown, column.key)
                        if number is None:  # topics by municipality
                            continue
                        self.assertEqual(
                            len(facts.behind(row.rule, row.item, breakdown, column.key)),
                            number,
                            (row.code, row.item, breakdown, column),
                        )

    def test_late_entry(self):
        case = self._open_case()
        self._talk(case, days_ago=2)
        changes = self._changes()
        self.assertEqual(changes["talk", ""], (1, {"late": 1}, {}))
        by_worker = self._changes("worker")
        self.assertEqual(by_worker["talk", self.worker_a.name], (1, {"late": 1}, {}))
        self.assertNotIn(("talk", self.colleague_a.name), by_worker)

    def test_correction(self):
        talk = self._persons()[:1].contact_id
        talk.cancelled = True
        change, gained, lost = self._changes()["talk", ""]
        self.assertEqual((change, gained, lost), (-1, {}, {"correction": 1}))

    def test_corrected_worker(self):
        """Equal totals, yet two cells changed."""
        talk = self._persons().filtered(lambda p: p.user_id == self.worker_a)[:1].contact_id
        talk.user_id = self.colleague_a
        self.assertNotIn(("talk", ""), self._changes())
        changes = self._changes("worker")
        self.assertEqual(changes["talk", self.worker_a.name], (-1, {}, {"correction": 1}))
        self.assertEqual(changes["talk", self.colleague_a.name], (1, {"correction": 1}, {}))

    def test_merge(self):
        """One person had two files: her presences go over, the second file is archived."""
        kept, merged = self._persons().client_id[:2]
        rows = self._persons().filtered(lambda p: p.client_id == merged)
        talks_of_kept = self._persons().filtered(lambda p: p.client_id == kept).contact_id
        rows.filtered(lambda p: p.contact_id in talks_of_kept).sudo().unlink()
        rows.exists().write({"client_id": kept.id})
        merged.partner_id.active = False
        change, _gained, lost = self._changes()["person", ""]
        self.assertEqual((change, lost), (-1, {"merge": 1}))

    def test_deletion(self):
        """A person whose time to be kept is over disappears with her talks."""
        client = self._persons().client_id[:1]
        talks = self._persons().filtered(lambda p: p.client_id == client).contact_id
        self._delete_talks(talks)
        self.env.cr.execute(
            "DELETE FROM integration_contact_person WHERE client_id = %s", [client.id]
        )
        self._forget(client)
        changes = self._changes()
        self.assertEqual(changes["talk", ""], (-len(talks), {}, {"deletion": len(talks)}))
        change, gained, lost = changes["person", ""]
        self.assertLess(change, 0)
        self.assertEqual(gained, {})
        self.assertEqual(lost["deletion"], 1, "anyone who was with her in one talk only: corrected")

    def test_hand_over(self):
        """Responsibility dated back: an active plan moves from worker to worker."""
        counted = Facts(self.report._frozen_facts())
        key = str(self.worker_a.id)
        plans = counted.behind("plan_active", 0, "worker", key)
        case = self.env["integration.plan"].browse(next(iter(plans))).case_id
        assignment = case.assignment_ids.filtered(lambda row: not row.date_to)
        assignment._assign(case, self.colleague_a, max(assignment.date_from, self._day(1)))
        changes = self._changes("worker")
        _change, _gained, lost = changes["plan_active", self.worker_a.name]
        self.assertEqual(lost, {"handover": 1})
        _change, gained, _lost = changes["plan_active", self.colleague_a.name]
        self.assertEqual(gained, {"handover": 1})

    def test_closed_later(self):
        """A case closed today as of an earlier day: an end entered late."""
        case = self._case(self._client(self.worker_a, "Closed later"))
        case._close(self.env.ref(f"{MODULE}.closure_reason_goals_reached"), self._day(2))
        self.assertEqual(self._changes()["case_closed", ""], (1, {"late": 1}, {}))

    def _last_year(self):
        """Return submitted figures of the last calendar year: areas and topics are told."""
        year = self.today.year - 1
        report = self._as(self.lead_a)["integration.report"].create(
            {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)}
        )
        report.action_submit()
        return report

    def _content_changes(self, report):
        """Return [(frozen, today, gained, lost)] of what changed about areas and topics."""
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            change
            for row, _column, *change in report._difference().cells("total")
            if RULES[row.rule].content
        ]

    def test_changed_threshold(self):
        """What the protection leaves out or shows is no correction of anybody's.

        It does so where what was printed is not known: submitted by a version that kept nothing.
        """
        report = self._last_year()
        self.assertEqual(self._content_changes(report), [])
        self.company_a.integration_small_number = 100
        self.assertEqual(self._content_changes(report), [], "what was printed is out")
        self.env.cr.execute("DELETE FROM integration_figures_decision")
        changes = self._content_changes(report)
        self.assertTrue(changes)
        for frozen, today, gained, lost in changes:
            self.assertTrue(frozen)
            self.assertIsNone(today)
            self.assertEqual((set(gained), set(lost)), (set(), {"protection"}))
        self.assertIn("protection of small numbers", str(report.difference))

    def test_threshold_that_shows_more(self):
        self.company_a.integration_small_number = 100
        report = self._last_year()
        self.company_a.integration_small_number = 3
        self.assertEqual(self._content_changes(report), [], "what was hidden stays hidden")
        self.env.cr.execute("DELETE FROM integration_figures_decision")
        changes = self._content_changes(report)
        self.assertTrue(changes)
        for frozen, _today, gained, lost in changes:
            self.assertIsNone(frozen)
            self.assertEqual((set(gained), set(lost)), ({"protection"}, set()))

    def test_frozen_byte_for_byte(self):
        """Anonymised, merged, handed over, talks added: lines and hash stay as they were."""
        before = self._frozen()
        case = self._open_case()
        self._talk(case, days_ago=3)
        case.with_env(self._as(self.lead_a)).user_id = self.colleague_a
        kept, merged = self._persons().client_id[-2:]
        self._persons().filtered(
            lambda p: p.client_id == merged and kept not in p.contact_id.person_ids.client_id
        ).write({"client_id": kept.id})
        self.env["integration.client"]._erase_contacts()
        self.town_a.name, self.worker_a.name = "Renamed", "Somebody"
        self.assertEqual(self._frozen(), before)
        self.assertEqual(before[1], before[2])
        causes = {
            cause
            for _change, gained, lost in self._changes().values()
            for cause in {**gained, **lost}
        }
        self.assertLessEqual({"late", "merge"}, causes)

    def test_anonymised_persons_keep_counting(self):
        self.env["integration.client"]._erase_contacts()
        self.assertEqual(self._changes(), {})

    def test_number_of_queries(self):
        """Causes cost the same for one change and for many."""
        numbers = []
        for talks in (1, 12):
            for number in range(talks):
                self._talk(self._open_case(), days_ago=2 + number)
            self.env.flush_all()
            self.env.invalidate_all()
            self.registry.clear_all_caches()
            before = self.env.cr.sql_log_count
            self.report._difference().data(["total", "worker"])
            numbers.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(numbers[1], numbers[0])

    # ------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------
    def _delete_talks(self, talks):
        """Delete talks as a clean-up after the time to be kept will, past the ORM's refusal."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM integration_note WHERE contact_id = ANY(%s)", [talks.ids])
        self.env.cr.execute("DELETE FROM integration_contact WHERE id = ANY(%s)", [talks.ids])
        self.env.invalidate_all()

    def _forget(self, client):
        """Let the row of a client be gone; other tables still refer to it in this test."""
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute("DELETE FROM integration_client WHERE id = %s", [client.id])
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestReportSubmission(DifferenceCommon):
    """Submitting twice, unseen changes, and who may compare."""

    clients_per_worker = 2

    def _draft(self):
        return self._as(self.lead_a)["integration.report"].create(
            {"date_from": self._day(DAYS), "date_to": self.today}
        )

    def test_twice(self):
        with self.assertRaises(UserError):
            self.report.action_submit()

    def test_changed_meanwhile(self):
        """What was entered since the figures were counted is looked at first."""
        draft = self._draft()
        env = self._as(self.worker_a)
        env["integration.contact"].create(
            {
                "municipality_id": self.town_a.id,
                "channel_id": self.home_visit.id,
                "unnamed_count": 1,
                "date": self._day(1),
            }
        )
        before = draft._matrix()
        action = draft.action_submit()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertEqual(draft.state, "draft")
        after = draft._matrix()
        row = after.by_rule("talk")
        self.assertEqual(after.value(row), before.value(row) + 1)
        self.assertIs(draft.action_submit(), True)
        self.assertEqual(draft.state, "submitted")

    def test_facts_are_closed(self):
        """Not even who submitted reads the ids behind the figures."""
        for user in (self.lead_a, self.worker_a, self.county_user, self.admin_a, self.dpo_a):
            env = self._as(user)
            with self.assertRaises(AccessError):
                env["integration.report.fact"].search([])
            with self.assertRaises(AccessError):
                env["integration.report"].browse(self.report.id).read(["fact_ids"])
        facts = self.report.sudo().fact_ids
        self.assertTrue(facts)
        with self.assertRaises(UserError):
            facts.write({"groups": []})
        with self.assertRaises(UserError):
            facts.unlink()
        with self.assertRaises(UserError):
            self.report.sudo().write({"fact_ids": [Command.clear()]})

    def test_who_compares(self):
        for user in (self.worker_a, self.lead_b, self.county_user, self.dpo_a):
            report = self.report.with_env(self._as(user))
            for function in (
                report.action_compare,
                report._difference,
                lambda r=report: r.read(["difference"]),
            ):
                self.env.invalidate_all()
                with self.assertRaises(AccessError, msg=user.login):
                    function()
        with self.assertRaises(UserError):
            self._draft().action_compare()
        action = self.report.with_env(self._as(self.reporting_a)).action_compare()
        self.assertEqual(action["res_id"], self.report.id)
