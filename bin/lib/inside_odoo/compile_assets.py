"""Run in Odoo's shell: compile scripts and styles now, so that no first visitor waits for them."""

env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821 - the shell provides env
env.cr.commit()  # noqa: F821
