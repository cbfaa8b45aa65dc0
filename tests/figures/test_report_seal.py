import hashlib
import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.integration_management.figures.output.head import FiguresHead

from ..common import IntegrationCommon

# What the seal itself is, and what says nothing of the figures: a draft has no seal
OF_THE_SEAL = {
    "id", "create_uid", "create_date", "write_uid", "write_date", "checksum", "seal_version",
    "state",
}  # fmt: skip

# The second version, written down once more: it is for good
OF_SECOND = [
    "profile", "date_from", "date_to", "scope", "user_id", "employer_id", "municipality_id",
    "county_id", "breakdown", "company_id", "scope_data", "columns_data", "computed_on",
    "submitted_on", "submitted_by_id", "record_counts", "previous_id", "previous_checksum",
]  # fmt: skip
OF_SECOND_LINE = ["sequence", "code", "rule", "unit", "item", "level", "texts", "figures"]
# The third one is numbered, and seals the ids behind the numbers
OF_THIRD = [*OF_SECOND, "seal_number"]
OF_THIRD_FACT = ["measure", "monthly", "groups"]

OTHER_KEYS = {"profile": "local", "scope": "employer", "breakdown": "total"}


@tagged("post_install", "-at_install")
class TestReportSeal(IntegrationCommon):
    """A submission seals all that it shows, and the submission before it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a))
        cls._talk(cls.case, days_ago=40)
        cls.first, cls.second, cls.third = (cls._submitted() for _number in range(3))

    @classmethod
    def _report(cls, **values):
        period = {"date_from": cls.today.replace(day=1, year=cls.today.year - 1)}
        return cls._as(cls.lead_a)["integration.report"].create(
            {**period, "date_to": cls.today, **values}
        )

    @classmethod
    def _submitted(cls):
        report = cls._report()
        report.action_submit()
        return report

    def _warning(self, report):
        self.env.flush_all()
        self.env.invalidate_all()
        return report._view()["warning"]

    def _changed(self, report, table, assignment, *values):
        """Return the warning after a change in the database, which is taken back."""
        self.env.flush_all()
        savepoint = self.cr.savepoint()
        key = "id" if table == "integration_report" else "report_id"
        self.cr.execute(  # pylint: disable=sql-injection
            f"UPDATE {table} SET {assignment} WHERE {key} = %s", [*values, report.id]
        )
        self.env.invalidate_all()
        warning = FiguresHead(report.sudo(), None).warning()
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        return warning

    def test_untouched(self):
        for report in (self.first, self.second, self.third, self._report()):
            self.assertEqual(self._warning(report), "")

    def test_every_column_is_sealed(self):
        """No stored column of report or line can be changed unnoticed, later ones included."""
        for model, others in (
            ("integration.report", OF_THE_SEAL),
            ("integration.report.line", OF_THE_SEAL | {"company_id", "report_id"}),
            ("integration.report.fact", OF_THE_SEAL | {"company_id", "report_id"}),
        ):
            for name, field in self.env[model]._fields.items():
                if not (field.store and field.column_type) or name in others:
                    continue
                warning = self._changed_field(self.second, model, name)
                self.assertTrue(warning, f"{model}.{name}")

    def _changed_field(self, report, model, name):
        """Return the warning after any other value of a field of report, lines or facts."""
        field, quoted = self.env[model]._fields[name], f'"{name}"'
        assignment = {
            "date": f"{quoted} = COALESCE({quoted}, '2020-01-01') - 1",
            "datetime": f"{quoted} = {quoted} - interval '1 minute'",
            "boolean": f"{quoted} = {quoted} IS NOT TRUE",
            "integer": f"{quoted} = COALESCE({quoted}, 0) + 1",
            "many2one": f"{quoted} = {self._other(field)}",
            "json": f"{quoted} = '{{\"x\": 1}}'::jsonb",
            "selection": f"{quoted} = '{OTHER_KEYS.get(name)}'",
        }.get(field.type, f"{quoted} = COALESCE({quoted}, '') || 'x'")
        return self._changed(report, self.env[model]._table, assignment)

    def _other(self, field):
        """Return the id of a record that none of the fields refers to."""
        if not field.comodel_name:
            return None
        records = {
            "res.users": self.worker_b, "res.company": self.company_b,
            "integration.report": self.third,
        }  # fmt: skip
        found = records.get(field.comodel_name) or self.env[field.comodel_name].search([], limit=1)
        return found.id

    def test_lines_are_sealed_as_a_whole(self):
        line = self.second.line_ids[:1]
        savepoint = self.cr.savepoint()
        self.cr.execute("DELETE FROM integration_report_line WHERE id = %s", [line.id])
        self.assertIn("checksum does not fit", self._warning(self.second))
        savepoint.close(rollback=True)

    def test_ids_behind_the_numbers_are_sealed(self):
        savepoint = self.cr.savepoint()
        self.cr.execute("DELETE FROM integration_report_fact WHERE report_id = %s", [self.third.id])
        self.assertIn("checksum does not fit", self._warning(self.third))
        savepoint.close(rollback=True)

    def test_deleted_in_the_database(self):
        """One in the middle is missed by what follows, the last one by the one before."""
        self.env.flush_all()
        for gone, missed_by in ((self.second, self.third), (self.third, self.second)):
            savepoint = self.cr.savepoint()
            self.cr.execute("DELETE FROM integration_report WHERE id = %s", [gone.id])
            self.assertTrue(self._warning(missed_by))
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            self.assertEqual(self._warning(missed_by), "")

    def test_put_in_between(self):
        """Two submissions that follow the same one, or none, are a fork."""
        for previous in (self.first, self.first.browse()):
            new = self._report().sudo()
            self.env.flush_all()
            savepoint = self.cr.savepoint()
            self.cr.execute(
                "UPDATE integration_report SET state = 'submitted', seal_version = 2,"
                " submitted_on = now(), submitted_by_id = %s, previous_id = %s,"
                " previous_checksum = %s WHERE id = %s",
                [self.lead_a.id, previous.id or None, previous.checksum or None, new.id],
            )
            self.env.invalidate_all()
            checksum = new._checksum()
            self.cr.execute(
                "UPDATE integration_report SET checksum = %s WHERE id = %s", [checksum, new.id]
            )
            for report in (new, self.second if previous else self.first):
                self.assertIn("two follow the same", self._warning(report))
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_nothing_is_added(self):
        """Neither written anew nor moved over from figures that are still a draft."""
        report = self.second.sudo()
        values = {"code": "x", "rule": "talk", "unit": "talk", "report_id": report.id}
        with self.assertRaisesRegex(UserError, "Submitted figures"):
            self.env["integration.report.line"].create(values)
        with self.assertRaisesRegex(UserError, "Submitted figures"):
            self.env["integration.report.fact"].create({"measure": "x", "report_id": report.id})
        draft = self._report().sudo()
        with self.assertRaises(UserError):
            draft.line_ids[:1].write({"report_id": report.id})
        with self.assertRaises(UserError):
            report.write({"line_ids": [(0, 0, {"code": "x", "rule": "talk", "unit": "talk"})]})

    def _forge(self, report):
        """Change a number and the hash with it, as anyone can who reaches the database."""
        self.env.flush_all()
        self.cr.execute(
            "UPDATE integration_report_line SET figures = jsonb_set(figures, '{total,0}', '99')"
            " WHERE report_id = %s AND code = 'talk'",
            [report.id],
        )
        self.env.invalidate_all()
        forged = report.sudo()._checksum()
        self.cr.execute(
            "UPDATE integration_report SET checksum = %s WHERE id = %s", [forged, report.id]
        )
        self.env.invalidate_all()

    def test_number_changed_together_with_the_hash(self):
        self._forge(self.first)
        self.assertIn("next submission", self._warning(self.first))
        self.assertIn("before", self._warning(self.second))
        self.assertEqual(self._warning(self.third), "")

    def test_forged_last_submission(self):
        """Nothing follows the last one: what stands on paper tells, and the next submission."""
        printed = dict(self.third._view()["seal"])["Check value"]
        self._forge(self.third)
        self.assertNotEqual(dict(self.third._view()["seal"])["Check value"], printed)

    def test_check_value_on_paper(self):
        value = dict(self.first._view()["seal"])["Check value"]
        self.assertRegex(value, "^[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$")
        self.assertTrue(self.first.checksum.upper().startswith(value.replace("-", "")))
        html = self.env["ir.actions.report"]._render_qweb_html(
            "integration_management.report_figures", self.first.ids
        )[0]
        self.assertEqual(html.decode().count(value), 2, "at the top and at the foot of each page")
        draft = self._report()
        self.assertEqual(draft._view()["check_value"], "")

    def test_chain(self):
        """Each submission of an employer follows the one before it, whoever asked."""
        self.assertEqual(self.third.sudo().previous_id, self.second)
        self.assertEqual(self.third.sudo().previous_checksum, self.second.checksum)
        other = self._as(self.lead_b)["integration.report"].create(
            {"date_from": self.today, "date_to": self.today}
        )
        other.action_submit()
        self.assertFalse(other.sudo().previous_id)
        values = [report.checksum for report in (self.first, self.second, self.third)]
        self.assertEqual(len(set(values)), 3, "equal figures, three submissions")

    # ------------------------------------------------------------
    # What was submitted before there was a chain
    # ------------------------------------------------------------

    def _make_old(self, report):
        """Let a submission be one of the first version, by its formula of that time."""
        content = {
            "profile": report.profile,
            "period": [str(report.date_from), str(report.date_to)],
            "scope": report.scope_data,
            "columns": report.columns_data,
            "lines": report.line_ids.read(["code", "item", "texts", "figures"], load=None),
        }
        for line in content["lines"]:
            del line["id"]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        self.env.flush_all()
        self.cr.execute(
            "UPDATE integration_report SET checksum = %s, seal_version = NULL, previous_id = NULL,"
            " previous_checksum = NULL, seal_number = NULL WHERE id = %s",
            [hashlib.sha256(text.encode()).hexdigest(), report.id],
        )
        self.env.invalidate_all()

    def test_old_submission_still_fits(self):
        for report in (self.first, self.second, self.third):
            self._make_old(report)
        self.assertEqual(self._warning(self.third), "")
        figures = "figures = jsonb_set(figures, '{total,0}', '99')"
        self.assertIn(
            "checksum does not fit", self._changed(self.third, "integration_report_line", figures)
        )
        following = self._submitted()
        self.assertEqual(following.sudo().previous_id, self.third)
        self.assertEqual(self._warning(following), "")
        self._forge(self.third)
        self.assertIn("next submission", self._warning(self.third))

    def test_chain_without_numbers_still_fits(self):
        """Sealed by the second version: neither numbered nor with the ids behind the numbers."""
        self.env.flush_all()
        self.cr.execute("UPDATE res_company SET integration_seal_number = NULL")
        self.cr.execute("DELETE FROM integration_report_fact")
        previous = None
        for report in (self.first, self.second, self.third):
            self.cr.execute(
                "UPDATE integration_report SET seal_version = 2, seal_number = NULL,"
                " previous_checksum = %s WHERE id = %s",
                [previous, report.id],
            )
            previous = self._sealed_again(report, OF_SECOND, version=2)
        for report in (self.first, self.second, self.third):
            self.assertEqual(self._warning(report), "")
        following = self._submitted()
        self.assertEqual(following.sudo().seal_number, 1)
        for report in (self.third, following):
            self.assertEqual(self._warning(report), "")

    def test_chain_without_word_of_late_entries_still_fits(self):
        """Sealed by the third version, and whatever that covered is noticed by it as well."""
        previous = None
        for report in (self.first, self.second, self.third):
            self.env.flush_all()
            self.cr.execute(
                "UPDATE integration_report SET seal_version = 3, previous_checksum = %s"
                " WHERE id = %s",
                [previous, report.id],
            )
            self.env.invalidate_all()
            facts = [[fact[name] for name in OF_THIRD_FACT] for fact in report.sudo().fact_ids]
            self.assertTrue(facts)
            sealed = self._hash(sorted(facts, key=self._text))
            previous = self._sealed_again(report, OF_THIRD, version=3, facts=sealed)
        following = self._submitted()
        self.assertEqual(following.sudo().previous_id, self.third)
        self.assertEqual(following.sudo().seal_number, 4)
        for report in (self.first, self.second, self.third, following):
            self.assertEqual(self._warning(report), "")
        for model, names in (
            ("integration.report", OF_THIRD),
            ("integration.report.line", OF_SECOND_LINE),
            ("integration.report.fact", OF_THIRD_FACT),
        ):
            for name in names:
                warning = self._changed_field(self.second, model, name)
                self.assertIn("checksum does not fit", warning, f"{model}.{name}")
        self._forge(self.third)
        self.assertIn("next submission", self._warning(self.third))

    def _sealed_again(self, report, names, **more):
        """Seal a submission by the formula of a version, and return the checksum."""
        self.env.invalidate_all()
        content, lines = report.sudo().read(names, load=None)[0], []
        for line in report.sudo().line_ids.read(OF_SECOND_LINE, load=None):
            lines.append({name: line[name] for name in OF_SECOND_LINE})
        content.update(employers=self.company_a.ids, lines=lines, **more)
        del content["id"]
        checksum = self._hash(content)
        self.cr.execute(
            "UPDATE integration_report SET checksum = %s WHERE id = %s", [checksum, report.id]
        )
        self.env.invalidate_all()
        return checksum

    @staticmethod
    def _text(content):
        return json.dumps(
            content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
        )

    @classmethod
    def _hash(cls, content):
        return hashlib.sha256(cls._text(content).encode()).hexdigest()
