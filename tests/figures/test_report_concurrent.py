import threading
from datetime import date
from functools import partial

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.integration_management.figures.protection.decisions import Decisions, Kept
from odoo.addons.integration_management.figures.protection.year import Decision


@tagged("post_install", "-at_install")
class TestConcurrentSubmissions(TransactionCase):
    """Two people submit the same figures in the same second, on two connections."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)
        with self.database.cursor() as cr:
            env = self._env(cr)
            self._clean_up_after_a_killed_run(env)
            company = env["res.company"].create(
                {"name": "Side By Side", "integration_employer_type": "agency"}
            )
            self.company_id, self.partner_id = company.id, company.partner_id.id
            self.report_id = self._new_report(env)
        self.addCleanup(self._clean_up)

    @staticmethod
    def _env(cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def _new_report(self, env):
        return (
            env["integration.report"]
            .create(
                {
                    "date_from": date(2020, 1, 1),
                    "date_to": date(2020, 1, 31),
                    "scope": "employer",
                    "employer_id": self.company_id,
                    "company_id": self.company_id,
                }
            )
            .id
        )

    def _clean_up_after_a_killed_run(self, env):
        """Take away what was committed by a run that never came to its end."""
        for left in env["res.company"].search([("name", "=", "Side By Side")]):
            self.company_id, self.partner_id = left.id, left.partner_id.id
            self._clean_up()

    def _clean_up(self):
        """Take away what was committed; submitted figures cannot be deleted otherwise."""
        with self.database.cursor() as cr:
            for query in (
                "DELETE FROM integration_report WHERE company_id = %s",
                "DELETE FROM integration_report_company_rel WHERE company_id = %s",
            ):
                cr.execute(SQL(query, self.company_id))  # pylint: disable=sql-injection
            env = self._env(cr)
            env["res.company"].browse(self.company_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    def _race(self, number=2):
        """Submit at once, as Odoo handles requests; return (submitted, refusals)."""
        begun, results = threading.Barrier(number, timeout=20), []

        def request():
            with self.database.cursor() as cr:
                env = self._env(cr)
                report = env["integration.report"].browse(self.report_id)
                self.assertEqual(report.state, "draft")  # everybody has looked at the draft
                begun.wait()
                try:
                    results.append(retrying(partial(self._submit, env), env))
                except UserError as error:
                    cr.rollback()
                    results.append(str(error))

        threads = [threading.Thread(target=request) for _number in range(number)]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return results.count(True), [result for result in results if result is not True]

    def _submit(self, env):
        return env["integration.report"].browse(self.report_id).action_submit()

    def test_one_wins(self):
        for _round in range(3):
            submitted, refusals = self._race()
            self.assertEqual(submitted, 1, refusals)
            self.assertEqual(len(refusals), 1)
            self.assertRegex(refusals[0], "right now|submitted already")
            with self.database.cursor() as cr:
                env = self._env(cr)
                report = env["integration.report"].browse(self.report_id)
                self.assertEqual(report.state, "submitted")
                self.assertEqual(report.checksum, report._checksum())
                self.report_id = self._new_report(env)

    def test_the_later_one_is_told(self):
        """Who still sees the draft while somebody else's submission is being written."""
        with self.database.cursor() as first, self.database.cursor() as second:
            mine, theirs = self._env(first), self._env(second)
            theirs["integration.report"].browse(self.report_id).read(["state"])
            self.assertTrue(self._submit(mine))
            mine.flush_all()
            with self.assertRaisesRegex(UserError, "right now"):
                self._submit(theirs)
            first.commit()
            second.rollback()
            theirs.invalidate_all()
            with self.assertRaisesRegex(UserError, "submitted already"):
                self._submit(theirs)


@tagged("post_install", "-at_install")
class TestConcurrentDecisions(TransactionCase):
    """Two people print tables of a year for the first time, on two connections."""

    YEAR = 1999
    EMPLOYER = 99999999

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.database.cursor() as cr:
            cr.execute(
                "DELETE FROM integration_figures_decision"
                " WHERE calendar_year = %s OR employer = %s",
                [self.YEAR, self.EMPLOYER],
            )

    def _decided(self, cr):
        return Decisions(api.Environment(cr, SUPERUSER_ID, {}), self.YEAR)

    def test_the_second_one_decides_in_the_knowledge_of_the_first(self):
        decision = Decision((("employer", 1), (12, 0)), {(1, 7): 2, (1, 9): 3}, frozenset({3}))
        with self.database.cursor() as cr, self.database.cursor() as other:
            first, second = self._decided(cr), self._decided(other)
            for decided in (first, second):
                decided.keep("trait_sex", 0, [decision])
            first.store()
            cr.commit()  # pylint: disable=invalid-commit
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                second.store()
            other.rollback()
            # As Odoo tries it again
            self.assertEqual(self._decided(other).known["trait_sex", 0], [decision])

    def test_so_it_is_with_topics_and_answers(self):
        with self.database.cursor() as cr, self.database.cursor() as other:
            first, second = (
                Kept(api.Environment(each, SUPERUSER_ID, {}), "talk_topic", [self.EMPLOYER])
                for each in (cr, other)
            )
            first.store({self.EMPLOYER: ["first"]})
            cr.commit()  # pylint: disable=invalid-commit
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                second.store({self.EMPLOYER: ["second"]})
            other.rollback()
            again = Kept(api.Environment(other, SUPERUSER_ID, {}), "talk_topic", [self.EMPLOYER])
            self.assertEqual(again.of[self.EMPLOYER], [(1, ["first"])])
