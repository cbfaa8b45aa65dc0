"""Run in Odoo's shell: build what most tests begin with, so that they only have to find it."""

from odoo.addons.base.models import res_users
from odoo.addons.integration_management.tests import caches, world

res_users.MIN_ROUNDS = caches.ROUNDS
world.note(world.build(env))  # noqa: F821 - the shell provides env
env.cr.commit()  # noqa: F821
