"""A case whose client is named in the plan of the family has a plan."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    cases = env["integration.case"].search([("client_id.family_plan_ids", "!=", False)])
    for name in ("has_plan", "date_next_review"):
        env.add_to_compute(cases._fields[name], cases)
    cases.flush_recordset()
