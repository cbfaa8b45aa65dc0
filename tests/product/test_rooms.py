"""The house keeps its plan: who may name whom, who may override what, how large a room is."""

from statistics import median

from odoo import models
from odoo.tests import TransactionCase, tagged

from .rooms import House, overrides, python_files, rooms, twice_in_a_class

OURS = "odoo.addons.integration_management."
# By these names every record says whose file it lies in, down to the bases of all models.
WHOSE = {"client_id", "case_id", "file_number"}
# Models of Odoo's own that are extended where they are: there is no door of ours before them.
OTHERS = {
    "base",
    "res.partner",
    "ir.attachment",
    "ir.embedded.actions",
    "ir.filters",
    "integration.employers.own",
    "ir.module.module",
    "mail.activity",
    "mail.followers",
    "mail.message",
    "res.company",
    "res.groups",
    "res.users",
}
MOST_FILES, MOST_TEST_FILES, MOST_LINES = 20, 30, 400


@tagged("post_install", "-at_install")
class TestRooms(TransactionCase):
    """An extension points one way, from its room to those below."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = {room: number for number, room in enumerate(rooms())}
        # What Odoo's own models have as well says nothing about a room.
        cls.general = (
            set(dir(models.BaseModel))
            | WHOSE
            | {
                name
                for model in cls.env.registry.values()
                if not model._name.startswith("integration.")
                for name, field in model._fields.items()
                if field._module != "integration_management"
            }
        )

    def _upward(self, **kwargs):
        return [entry for entry in House(**kwargs).upward() if entry[3] not in self.general]

    def test_no_room_names_one_above(self):
        self.assertEqual(len(self.order), 30)
        self.assertEqual(self._upward(), [])

    def test_an_upward_reference_is_found(self):
        """The test above would fail for each of these lines."""
        for line, named in (
            ("from ..figures.report import PROFILES", "import of figures"),
            ("from ...figures.scope import Scope", "import of the engine"),
            ("plans = self.env['integration.plan']", "integration.plan"),
            ("self.consent_state", "consent_state"),
            ("self._grant_case(self)", "_grant_case"),
            ("self.filtered('has_plan')", "has_plan"),
            ("depends('client_id.consent_ids')", "consent_ids"),
        ):
            with self.subTest(line):
                found = self._upward(extra=[("people", f"def look(self):\n    {line}\n")])
                self.assertIn(named, [entry[3] for entry in found])

    def test_no_computed_field_depends_on_a_room_above(self):
        checked = 0
        for model in self.env.registry.values():
            for cls in model.mro():
                for function in vars(cls).values() if self._room(cls) else ():
                    for path in self._depends(function, model):
                        checked += 1
                        self._check_path(cls, model, path)
        self.assertGreater(checked, 150)

    def _check_path(self, cls, model, path):
        for name in path.split("."):
            field = model._fields[name]
            homes = [self._room(c) for c in model.mro() if name in vars(c) and self._room(c)]
            for home in homes[-1:]:
                self.assertLessEqual(
                    self.order[home], self.order[self._room(cls)],
                    f"{cls.__module__} depends on {path}, which the room {home} defines",
                )  # fmt: skip
            model = self.env.registry[field.comodel_name] if field.comodel_name else model

    def _depends(self, function, model):
        depends = getattr(function, "_depends", None) or ()
        if callable(depends):
            depends = depends(self.env[model._name])
        # What only the heirs of a base have is looked at in each of them.
        heirs_only = set(depends) - set(model._fields) if model._abstract else set()
        return [path for path in depends if path not in WHOSE | heirs_only]

    def _room(self, cls):
        """Return the room of a class of ours, if it is one of the models."""
        module = cls.__module__
        if not module.startswith(f"{OURS}models."):
            return None
        return module.removeprefix(f"{OURS}models.").split(".")[0]

    # ------------------------------------------------------------
    # One door
    # ------------------------------------------------------------

    def test_only_the_door_overrides_create_and_write(self):
        others = [
            entry
            for entry in overrides({"create", "write"})
            if entry[0] != "models/mixins/door.py" and not OTHERS & set(entry[1])
        ]
        self.assertEqual(others, [])

    def test_nobody_writes_past_the_door(self):
        """No ``super()`` of another method, which would skip what depends on the order of bases."""
        for file, _models, name in overrides({"_write_ungated", "_keep", "_with_flow"}):
            self.fail(f"{file}: {name}")

    def test_writing_a_case_runs_through_three_of_ours_at_most(self):
        classes = [
            cls.__module__
            for cls in type(self.env["integration.case"]).mro()
            if "write" in vars(cls) and cls.__module__.startswith(OURS)
        ]
        self.assertLessEqual(len(classes), 3, classes)

    def test_no_method_stands_twice_in_a_class(self):
        """Two changes that each add a hook: the first is lost, and ruff leaves such names aside."""
        self.assertEqual(twice_in_a_class(), [])

    def test_what_a_class_declares_is_not_lost_by_a_later_one(self):
        """An extension that declares the same name anew opens what the base has closed."""
        names = [f"_{kind}_fields" for kind in ("system", "fixed", "ending", "progress", "content")]
        names += ["_days_ahead"]
        checked = 0
        for model in self.env.registry.values():
            for cls in model.mro() if model._name.startswith("integration.") else ():
                for name in names:
                    declared = vars(cls).get(name) if self._room(cls) else None
                    if isinstance(declared, dict):
                        checked += 1
                        lost = declared.keys() - getattr(model, name).keys()
                        self.assertFalse(lost, f"{model._name}: {name} of {cls.__module__}")
                    if isinstance(declared, frozenset):
                        checked += 1
                        lost = declared - getattr(model, name)
                        self.assertFalse(lost, f"{model._name}: {name} of {cls.__module__}")
        self.assertGreater(checked, 60)

    # ------------------------------------------------------------
    # Sizes
    # ------------------------------------------------------------

    def test_rooms_and_files_stay_small(self):
        lengths = []
        for folder, files in python_files().items():
            most = MOST_TEST_FILES if folder.startswith("tests") else MOST_FILES
            self.assertLessEqual(len(files), most, folder)
            for path, length in files.items():
                self.assertLessEqual(length, MOST_LINES, path)
                if not folder.startswith("tests") and not path.endswith("__init__.py"):
                    lengths.append(length)
        self.assertTrue(30 <= median(lengths) <= 100, median(lengths))
