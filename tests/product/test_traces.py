import logging

from psycopg2 import InterfaceError

from odoo.http import _request_stack
from odoo.tests import HttpCase, JsonRpcException, tagged

from ..common import IntegrationCommon

SECRET = "Geheimova"


@tagged("post_install", "-at_install")
class TestTraces(IntegrationCommon, HttpCase):
    """What a request leaves behind: in the server's log, and in the browser's cache."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, SECRET)
        cls.case = cls._case(cls.client)

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _log_of(self, name, level=logging.WARNING):
        return self.assertLogs(name, level)

    def _written(self, logged):
        formatter = logging.Formatter("%(message)s")
        return "\n".join(map(formatter.format, logged.records))

    def test_malformed_domains_are_not_logged(self):
        self.authenticate(self.worker_a.login, self.worker_a.login)
        for domain in (
            [("name", "no operator", SECRET)],
            [("no_field", "=", SECRET)],
            [("name", "=", SECRET, 1)],
            [SECRET],
            [("birthdate", ">", SECRET)],
        ):
            with self.subTest(domain), self._log_of("odoo.http") as logged:
                with self.assertRaises(JsonRpcException):
                    self._call("integration.client", "search_count", domain)
                written = self._written(logged)
                self.assertNotIn(SECRET, written)
                self.assertTrue(written, "that it was refused stands in the log")

    def test_values_that_do_not_fit_are_not_logged(self):
        self.authenticate(self.worker_a.login, self.worker_a.login)
        for model in ("integration.case", "res.partner", "mail.activity"):
            with self.subTest(model), self._log_of("odoo.http") as logged:
                with self.assertRaises(JsonRpcException):
                    self._call(model, "read", [SECRET], ["display_name"])
                self.assertNotIn(SECRET, self._written(logged))

    def test_a_request_without_a_database_is_logged_as_well(self):
        """While the database restarts, a request has no parameters yet: Odoo's answer stands."""
        _request_stack.push(type("Request", (), {})())
        self.addCleanup(_request_stack.pop)
        with self._log_of("odoo.http") as logged:
            try:
                raise InterfaceError(f"connection already closed: {SECRET}")
            except InterfaceError:
                logging.getLogger("odoo.http").warning("Database unusable", exc_info=True)
        written = self._written(logged)
        self.assertIn("Database unusable", written)
        self.assertNotIn(SECRET, written)

    def test_other_models_keep_their_messages(self):
        self.authenticate(self.worker_a.login, self.worker_a.login)
        with self._log_of("odoo.http") as logged, self.assertRaises(JsonRpcException):
            self._call("res.country", "search_count", [("no_field", "=", "Utopia")])
        self.assertIn("no_field", self._written(logged))

    def test_grumbling_about_conditions_names_no_values(self):
        logger = logging.getLogger("odoo.domains")
        with self._log_of("odoo.domains") as logged:
            logger.warning("The domain condition %r is odd", ("name", "=", SECRET))
        self.assertEqual(
            logged.records[0].getMessage(), "The domain condition ('name', '=', '…') is odd"
        )

    def test_deleted_employer_leaves_no_rows_in_the_log(self):
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT before")
        with self._log_of("odoo.sql_db", logging.ERROR) as logged:
            with self.assertRaises(Exception) as refused:
                self.env.cr.execute("DELETE FROM res_company WHERE id = %s", [self.company_a.id])
        self.env.cr.execute("ROLLBACK TO SAVEPOINT before")
        self.assertTrue(refused.exception.pgcode)
        written = self._written(logged)
        for words in ("Failing row", "DETAIL", self.client.file_number):
            self.assertNotIn(words, written)

    def test_papers_and_files_are_not_kept(self):
        paper = self.env["ir.attachment"].create(
            {"name": "letter.txt", "raw": b"letter", "res_model": "integration.case"}
            | {"res_id": self.case.id}
        )
        self.authenticate(self.worker_a.login, self.worker_a.login)
        for path in (
            f"/web/content/{paper.id}",
            f"/web/content/{paper.id}?unique=abc",
            f"/web/image/{paper.id}",
            f"/report/html/integration_management.integration_consent_form_paper/{self.client.id}",
        ):
            with self.subTest(path):
                answer = self.url_open(path)
                self.assertEqual(answer.headers["Cache-Control"], "no-store", answer.status_code)
        styles = self.url_open("/web/static/lib/jquery/jquery.js")
        self.assertNotEqual(styles.headers.get("Cache-Control"), "no-store")
