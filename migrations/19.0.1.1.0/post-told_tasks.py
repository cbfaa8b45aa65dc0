"""What people were told by older versions goes with the module as well."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

MODULE = "integration_management"


def migrate(cr, version):
    """Give tasks that name files the kind of their own, which came with this version.

    They stood under Odoo's To-Do: written by the superuser, on no record, for people with a role.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    kind = env.ref(f"{MODULE}.mail_activity_type_told", raise_if_not_found=False)
    before = env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
    if not (kind and before):
        return
    told = env["mail.activity"].search(
        [
            ("activity_type_id", "=", before.id),
            ("create_uid", "=", SUPERUSER_ID),
            ("res_model", "=", False),
        ]
    )
    roles = env["ir.model.data"].search([("module", "=", MODULE), ("model", "=", "res.groups")])
    ours = set(roles.mapped("res_id"))
    told = told.filtered(lambda task: not ours.isdisjoint(task.user_id.all_group_ids.ids))
    if told:
        # Past whatever else follows from another kind
        kinds = (kind.id, told._ids)
        cr.execute(SQL("UPDATE mail_activity SET activity_type_id = %s WHERE id IN %s", *kinds))
        told.invalidate_recordset(["activity_type_id"])
