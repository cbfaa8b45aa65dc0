from odoo.tests import TransactionCase, tagged

from ..common import MODULE
from .walls_registry import dialog_models, file_models, own_models
from .walls_table import NOT_BEHIND_WALLS

# Models of ours without an employer's wall, and why.
NO_EMPLOYER = {
    "integration.county": "public facts; anyone who keeps a county writes it",
    "integration.municipality": "public facts; anyone who keeps the county writes them",
    "integration.day.tile": "questions, the same for everybody; numbers follow the reader's rights",
    "integration.figures.decision": "of all employers of a county together; nobody's to read",
    "integration.indicator": "definitions, the same for everybody",
    "integration.concern.answer": "fixed texts, the same for everybody",
    "integration.concern.kind": "what concerns are about, the same for everybody",
    "integration.paper.text": "wordings of papers, the same for everybody",
}
# Named by something that says nothing of a client
NEUTRAL_NAMES = {
    "integration.household": "its number",
    "integration.user.roles": "an employee",
    "integration.employer.settings": "the employer",
    "integration.county.preset.line": "an employer",
}
# Fields of a person that may be read past her walls: neutral or needed to ask the walls.
NEUTRAL_RELATED = {
    "file_number",
    "company_id",
    "partner_id",
    "household_id",
    "consent_state",
    "municipality_id",
    "client_id",
    "case_id",
    "user_id",
    "origin_id",
    "plan_id",
    "area_id",
    "state",
    "date",
    "is_talk",
    "direction",
    "consent_renewal_due",
    "consent_guardian_missing",
}


@tagged("post_install", "-at_install")
class TestWallsGeneric(TransactionCase):
    """What every model of the module must have, read from the registry."""

    def test_every_model_has_access_lines_with_a_group(self):
        lines = self.env["ir.model.access"].search([("model_id.model", "in", list(self._own()))])
        self.assertFalse(lines.filtered(lambda line: not line.group_id).mapped("name"))
        named = set(lines.mapped("model_id.model"))
        self.assertEqual(self._own() - named, set(), "nobody may use them")
        ours = self.env["ir.model.data"].search(
            [("model", "=", "ir.model.access"), ("module", "=", MODULE)]
        )
        foreign = self.env["ir.model.access"].browse(ours.mapped("res_id")) - lines
        self.assertFalse(foreign.mapped("name"), "rights on models of Odoo")

    def test_every_model_has_a_wall(self):
        """A global rule by employer, or by the user herself for dialogs."""
        for name in sorted(self._own()):
            rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
            walls = " ".join(rules.filtered("global").mapped("domain_force"))
            with self.subTest(name):
                if name in dialog_models(self.env):
                    self.assertIn("'create_uid', '=', user.id", walls)
                elif name not in NO_EMPLOYER:
                    self.assertIn("company_id", walls)
                    self.assertIn("company_ids", walls)

    def test_files_open_to_no_row_without_employer(self):
        for name in file_models(self.env):
            with self.subTest(name):
                field = self.env[name]._fields["company_id"]
                self.assertTrue(field.store or not self.env[name]._auto)
                self.assertTrue(field.index or not self.env[name]._auto or self._indexed(name))
                rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
                for rule in rules.filtered("global"):
                    self.assertNotIn("[False]", rule.domain_force)
                    self.assertNotIn("('company_id', '=', False)", rule.domain_force)

    def test_references_stay_within_the_employer(self):
        """check_company wherever both ends belong to an employer."""
        wrong = []
        for name in sorted(self._own()):
            model = self.env[name]
            if "company_id" not in model._fields or not model._auto:
                continue
            for field in model._fields.values():
                if not (field.type in ("many2one", "many2many") and field.store):
                    continue
                bound = field.comodel_name in self._own() and (
                    "company_id" in self.env[field.comodel_name]._fields
                    and field.comodel_name not in NO_EMPLOYER
                )
                derived = field.related or (field.compute and field.readonly)
                # An employer taken from the very record is always the same one.
                own = (model._fields["company_id"].related or "").split(".")[0] == field.name
                checked = field.check_company and model._check_company_auto
                if bound and not (derived or own or checked):
                    wrong.append(str(field))
        self.assertEqual(wrong, [])

    def test_dialogs_that_refer_to_files_are_behind_the_walls(self):
        """Else a guessed id shows a file by what the dialog computes from it."""
        secured = self.env.registry["integration.secured"]
        for name in sorted(self._own()):
            for field in self.env[name]._fields.values():
                if field.relational and field.comodel_name in {*self._files(), *self._dialogs()}:
                    with self.subTest(str(field)):
                        self.assertTrue(issubclass(self.env.registry[name], secured))

    def test_no_word_of_a_person_is_copied_past_her_walls(self):
        """A related field reads as superuser: only neutral ones may."""
        wrong = []
        for name in sorted(self._own()):
            for field in self.env[name]._fields.values():
                if not field.related or field.inherited or not field.compute_sudo:
                    continue
                through = self.env[name]
                for part in field.related.split(".")[:-1]:
                    through = through[part]
                if through._name in {*self._files(), "res.partner"}:
                    if field.related.split(".")[-1] not in NEUTRAL_RELATED:
                        wrong.append(str(field))
        self.assertEqual(wrong, [])

    def test_no_list_is_sorted_by_a_name(self):
        """Sorting by a many2one sorts by the order of its model, no matter who may read that."""
        for name in sorted(self._own()):
            for field in self.env[name]._fields.values():
                if field.type == "many2one" and field.store and not field.groups:
                    with self.subTest(str(field)):
                        # Only a client herself refers to her contact, and who reads the one
                        # reads the other.
                        self.assertTrue(
                            field.comodel_name != "res.partner" or name == "integration.client"
                        )
        for name in self._files():
            order = {part.split()[0] for part in self.env[name]._order.split(",")}
            with self.subTest(name):
                self.assertTrue(name == "integration.household" or not order & {"name", "body"})

    def test_names_of_records_are_neutral(self):
        """Odoo puts display names into messages of every kind."""
        for name in sorted(self._files() | self._dialogs()):
            model = self.env[name]
            own = type(model)._compute_display_name.__module__.startswith("odoo.addons.integration")
            with self.subTest(name):
                self.assertTrue(
                    own
                    or (model._rec_name or "id") in ("id", "file_number")
                    or name in NEUTRAL_NAMES
                )

    def test_nothing_hidden_is_left_to_views(self):
        """Models of Odoo that the module extends are either in the table or explained."""
        for name, reason in NOT_BEHIND_WALLS.items():
            self.assertIn(name, self.env.registry)
            self.assertTrue(reason)

    # ------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------

    def _own(self):
        return own_models(self.env)

    def _files(self):
        return set(file_models(self.env))

    def _dialogs(self):
        return set(dialog_models(self.env))

    def _indexed(self, name):
        """Return whether an index of several columns begins with the employer."""
        self.env.cr.execute(
            "SELECT 1 FROM pg_indexes WHERE tablename = %s AND indexdef LIKE %s",
            (self.env[name]._table, "%(company_id, %"),
        )
        return bool(self.env.cr.fetchone())
