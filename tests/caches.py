"""Odoo's caches go back with the data, instead of being emptied after every test.

Odoo empties them because a test may have changed what they were made from. But whoever changes
that clears them then and there, in a test as in an office, where they outlive transactions that
are rolled back, too. So a cache that was never cleared since some moment still fits the data of
that moment, and a cleared one gets back what it held. The rules and rights of the same people
need not be worked out anew for every test, which took a fifth of the time.
"""

import gc
from unittest.mock import patch

from odoo.modules.registry import Registry
from odoo.tests import get_db_name

from odoo.addons.base.models import res_users

# Of a password, which Odoo stretches for half a second each: here nobody guesses them.
ROUNDS = 1000
# By database and cache: what it held when no test had changed anything
AT_REST = {}
# After so many allocations, young objects and older ones are looked through
COLLECTED = (500, 4, 20)


class CachesRollBack:
    """Mixin in front of TransactionCase."""

    @classmethod
    def setUpClass(cls):
        registry = Registry(get_db_name())
        at_rest = AT_REST.setdefault(registry.db_name, {})
        for name, content in at_rest.items():
            _caches(registry)[name].update(content)
        moment = Moment(registry)
        super().setUpClass()
        cls.classPatch(res_users, "MIN_ROUNDS", ROUNDS)
        # Registered last, so called before Odoo's own cleanup of the class, which empties them
        cls.addClassCleanup(lambda: at_rest.update(moment.untouched()))

    def setUp(self):
        moment = Moment(self.registry)
        # Odoo registers a cleanup that empties them
        with patch.object(self.registry, "clear_all_caches", moment.roll_back):
            super().setUp()


class Moment:
    """What the caches of a registry hold now."""

    def __init__(self, registry):
        self._caches = _caches(registry)
        # Until a cache is cleared, this stands in it
        self._mark = object()
        self._content = {name: dict(cache) for name, cache in self._caches.items()}
        for cache in self._caches.values():
            cache[self._mark] = None

    def untouched(self):
        """Return by name what those caches hold now that were not cleared since."""
        return {
            name: {key: value for key, value in cache.items() if type(key) is not object}
            for name, cache in self._caches.items()
            if self._mark in cache
        }

    def roll_back(self):
        """Let the cleared caches hold again what they held; the others may keep what was added."""
        for name, cache in self._caches.items():
            if self._mark in cache:
                del cache[self._mark]
            else:
                cache.clear()
                cache.update(self._content[name])


def _caches(registry):
    return registry._Registry__caches


def collect_often(test_class):
    """Let no environments pile up in a class that tries thousands of calls.

    Each call leaves some, which only the garbage collection finds, and Odoo walks over all of them
    whenever the cache of records is emptied.
    """
    test_class.addClassCleanup(gc.set_threshold, *gc.get_threshold())
    test_class.addClassCleanup(gc.unfreeze)
    # What is there already stays, and is not looked through each time.
    gc.freeze()
    gc.set_threshold(*COLLECTED)
