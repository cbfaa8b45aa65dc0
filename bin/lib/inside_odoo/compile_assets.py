"""Run in Odoo's shell: compile scripts and styles now, so that no first visitor waits for them."""

# Half of the work, for pages that nobody opens here: Odoo's own unit tests in the browser
UNIT_TESTS = {
    "web.assets_unit_tests",
    "web.assets_unit_tests_setup",
    "web.tests_assets",
    "web.qunit_suite_tests",
}
# For guests in Odoo's own tests
TOURS = {"mail.assets_discuss_public_test_tours"}
# What the demo shows when somebody asks for it: dark screens, printed screens, pages for guests
SELDOM = {"web.assets_web_dark", "web.assets_web_print", "mail.assets_public", "api_doc.assets"}
name = env.cr.dbname  # noqa: F821 - the shell provides env
left_out = UNIT_TESTS | (SELDOM if name.startswith("demo") else set())
left_out |= set() if "suites" in name else TOURS

qweb = env["ir.qweb"]  # noqa: F821
scripts, styles = qweb._get_bundles_to_pregenarate()
for bundle in sorted(scripts - left_out):
    qweb._get_asset_bundle(bundle, css=False, js=True).js()
for bundle in sorted(styles - left_out):
    qweb._get_asset_bundle(bundle, css=True, js=False).css()
env.cr.commit()  # noqa: F821
