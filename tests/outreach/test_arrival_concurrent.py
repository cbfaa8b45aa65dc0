import threading
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.integration_management.tools import local_today

NAME = "Arrivals Side By Side"


@tagged("post_install", "-at_install")
class TestConcurrentAnswers(TransactionCase):
    """Two people answer one arrival in the same second, on two connections."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)
        self._clean_up()
        self.addCleanup(self._clean_up)
        with self.database.cursor() as cr:
            env = self._env(cr)
            company = env["res.company"].create(
                {"name": NAME, "integration_employer_type": "agency"}
            )
            county = env["integration.county"].create({"name": NAME, "ags": "08997"})
            town = env["integration.municipality"].create(
                {"name": NAME, "ags": "08997001", "county_id": county.id}
            )
            env["integration.mandate"].create(
                {
                    "company_id": company.id,
                    "municipality_id": town.id,
                    "mode": "own",
                    "date_start": local_today(env),
                }
            )
            self.town_id = town.id

    @staticmethod
    def _env(cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def _clean_up(self):
        """Take away what was committed, also by a run that never came to its end."""
        with self.database.cursor() as cr:
            for query in (
                "DELETE FROM integration_arrival a USING integration_municipality m"
                " WHERE m.id = a.municipality_id AND m.name = %s",
                "DELETE FROM integration_mandate a USING integration_municipality m"
                " WHERE m.id = a.municipality_id AND m.name = %s",
                "DELETE FROM integration_municipality WHERE name = %s",
                "DELETE FROM integration_county WHERE name = %s",
            ):
                cr.execute(SQL(query, NAME))  # pylint: disable=sql-injection
            env = self._env(cr)
            company = env["res.company"].search([("name", "=", NAME)])
            partner = company.partner_id
            company.unlink()
            partner.unlink()

    def _race(self):
        """Answer at once, as Odoo handles requests; return what the two were told."""
        with self.database.cursor() as cr:
            arrival = self._env(cr)["integration.arrival"].create({"municipality_id": self.town_id})
            arrival_id = arrival.id
        begun, results = threading.Barrier(2, timeout=20), []

        def answer(env):
            env["integration.arrival"].browse(arrival_id)._accept()
            return True

        def request():
            with self.database.cursor() as cr:
                env = self._env(cr)
                self.assertEqual(env["integration.arrival"].browse(arrival_id).state, "new")
                begun.wait()
                try:
                    results.append(retrying(partial(answer, env), env))
                except UserError as error:
                    cr.rollback()
                    results.append(str(error))

        threads = [threading.Thread(target=request) for _number in range(2)]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return results

    def test_one_of_two_begins_the_file(self):
        for _round in range(3):
            results = self._race()
            self.assertEqual(results.count(True), 1, results)
            self.assertRegex(next(told for told in results if told is not True), "already")
