from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.papers import placeholders
from .papers_common import PapersCommon


@tagged("post_install", "-at_install")
class TestLetterTemplates(PapersCommon):
    """Placeholders are words of a fixed list, and nothing else."""

    def _new(self, **values):
        return self.env["integration.letter.template"].create(
            {"name": "New", "code": "new", "subject": "Subject", "body": "Body", **values}
        )

    def test_unknown_placeholders_are_refused_with_those_there_are(self):
        for text in (
            "{client_id}", "{client_name.partner_id}", "{0}", "{}", "{worker!r}", "{date:%Y}",
            "{client name}", "{{client_name}", "{env['res.users']}", "{Client_Name }",
        ):  # fmt: skip
            if placeholders.named(text) <= set(placeholders.NAMES):
                continue  # a brace too many is no placeholder
            for name in ("subject", "body"):
                with self.subTest(f"{name} {text}"):
                    with self._refusing("There are: {file_number}", ValidationError):
                        self._new(**{name: f"Words {text}"})
        template = self._new()
        with self._refusing("no placeholder {unknown}", ValidationError):
            template.body = "Words {unknown}"
        german = self.env.ref("integration_management.language_de")
        with self._refusing("no placeholder {unknown}", ValidationError):
            template.line_ids = [[0, 0, {"language_id": german.id, "text": "Words {unknown}"}]]

    def test_all_are_described_and_filled(self):
        templates = self.env["integration.letter.template"]
        self.assertEqual(set(templates._placeholder_words()), set(placeholders.NAMES))
        letter = self.Letter.new({"case_id": self.case.id, "client_id": self.client_a.id})
        values = letter._placeholder_values({}, None)
        # What it is about is nobody's but the writer's.
        self.assertEqual(set(values), set(placeholders.NAMES) - {"matter"})

    def test_values_are_put_in_once(self):
        """Nothing in a value is looked at again, and no format is known."""
        said = placeholders.filled(
            "{client_name} %s {worker} {{date}}", {"client_name": "{worker} %d {0}", "worker": "W"}
        )
        self.assertEqual(said, "{worker} %d {0} %s W {{date}}")

    def test_subject_names_nobody(self):
        for name in placeholders.PERSON:
            with self._refusing("names nobody", ValidationError):
                self._new(subject=f"About {{{name}}}")

    def test_shipped_ones(self):
        templates = self.env["integration.letter.template"].search([("company_id", "=", False)])
        self.assertGreaterEqual(len(templates), 7)
        for template in templates:
            if template.code.endswith("free") or template.addressed_to == "other":
                continue
            with self.subTest(template.code):
                codes = set(template.line_ids.language_id.mapped("code"))
                self.assertLessEqual({"de", "en", "ar"}, codes)
                self.assertFalse(any(template.line_ids.mapped("reviewed")), "drafts all of them")

    def test_changed_words_are_a_draft_again(self):
        line = self._template("end").line_ids[0]
        line.reviewed = True
        line.text = "Other words"
        self.assertFalse(line.reviewed)

    def test_names_as_they_are_written(self):
        for name, written in (
            ("Muster, Eva", "Eva Muster"),
            ("Eva Muster", "Eva Muster"),
            ("A, B, C", "A, B, C"),
            (False, ""),
        ):
            self.assertEqual(placeholders.written_name(name), written)
