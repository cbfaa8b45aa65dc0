from types import SimpleNamespace

from odoo.tests import BaseCase, tagged

from .. import world
from ..caches import Moment
from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestMoment(BaseCase):
    """What is kept of the caches between two tests, and what is not."""

    def setUp(self):
        super().setUp()
        self.rights, self.menus = {1: "read"}, {2: "cases"}
        caches = {"rights": self.rights, "menus": self.menus}
        self.registry = SimpleNamespace(_Registry__caches=caches)

    def test_cleared_cache_gets_back_what_it_held(self):
        moment = Moment(self.registry)
        self.rights.clear()
        self.rights[3] = "of a test"
        self.menus[4] = "plans"
        moment.roll_back()
        self.assertEqual(self.rights, {1: "read"})
        self.assertEqual(self.menus, {2: "cases", 4: "plans"})

    def test_only_what_was_never_cleared_stays_for_other_classes(self):
        of_class = Moment(self.registry)
        self.menus[4] = "plans"
        of_test = Moment(self.registry)
        self.rights.clear()
        of_test.roll_back()
        self.assertEqual(
            of_class.untouched(), {"rights": {1: "read"}, "menus": {2: "cases", 4: "plans"}}
        )
        self.rights.clear()
        self.assertEqual(of_class.untouched(), {"menus": {2: "cases", 4: "plans"}})
        of_test = Moment(self.registry)
        of_test.roll_back()
        self.assertNotIn("rights", of_class.untouched(), "cleared before that test")


@tagged("post_install", "-at_install")
class TestCachesRollBack(IntegrationCommon):
    """Rights that a test takes away are there again in the next one, and none is left over."""

    def _may_read(self, user):
        return self._as(user)["integration.case"].has_access("read")

    def test_right_given_and_taken_is_forgotten(self):
        line = self.env["ir.model.access"].search(
            [
                ("model_id.model", "=", "integration.case"),
                ("group_id", "=", self.env.ref(f"{MODULE}.group_caseworker").id),
            ]
        )
        self.assertTrue(self._may_read(self.worker_a))
        self.assertFalse(self._may_read(self.employee))
        moment = Moment(self.registry)
        with self.env.cr.savepoint() as savepoint:
            line.active = False
            self.employee.group_ids += self.env.ref(f"{MODULE}.group_lead")
            self.assertFalse(self._may_read(self.worker_a))
            self.assertTrue(self._may_read(self.employee))
            savepoint.rollback()
        self.env.invalidate_all(flush=False)
        moment.roll_back()
        self.assertTrue(self._may_read(self.worker_a))
        self.assertFalse(self._may_read(self.employee))

    def test_world_begins_today(self):
        """Also if it was built long ago."""
        if not world.find(self.env):
            world.note({name: getattr(self, name) for name in ("county", *world.MANDATES)})
        mandates = self.mandate_a | self.mandate_b
        self.env.cr.execute(
            "UPDATE integration_mandate SET date_start = '2020-01-01' WHERE id IN %s",
            (tuple(mandates.ids),),
        )
        mandates.invalidate_recordset()
        self.assertEqual(world.find(self.env)["mandate_b"], self.mandate_b)
        self.assertEqual(set(mandates.mapped("date_start")), {self.start})
