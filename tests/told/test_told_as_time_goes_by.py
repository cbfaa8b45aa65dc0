from odoo.tests import BaseCase, tagged

from ..product import thirds
from .told_world import ToldWorld

SEED = 20260101
WORLDS = 12
# With ``bin/test --full``
FULL = 300


@tagged("post_install", "-at_install")
class TestToldAsTimeGoesBy(BaseCase):
    """A year of prints by whoever, in two counties: no sum of them is about too few persons."""

    def test_nothing_small_is_left_between_prints(self):
        for seed in range(SEED, SEED + (WORLDS if thirds.current() else FULL)):
            world = ToldWorld(seed)
            self.assertIsNone(world.run(), f"seed {seed}")

    def test_other_thresholds_in_between(self):
        for seed in range(SEED, SEED + (WORLDS if thirds.current() else FULL)):
            world = ToldWorld(seed, thresholds=(3, 4))
            self.assertIsNone(world.run(), f"seed {seed}")

    def test_with_nothing_kept_she_finds_small_rests(self):
        """She is no straw man, and there is something to be told."""
        worlds = [ToldWorld(seed, recall=False) for seed in range(SEED, SEED + WORLDS // 2)]
        found = [world.run() is not None for world in worlds]
        self.assertGreater(sum(found), WORLDS // 4)
        self.assertGreater(sum(len(world.told) for world in worlds), 5 * WORLDS)
