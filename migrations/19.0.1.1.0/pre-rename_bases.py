"""The abstract bases of the models got names that say what they are."""

from odoo.tools.sql import SQL

RENAMED = {
    "integration.filed": "integration.in.file",
    "integration.history": "integration.dated",
    "integration.purposed": "integration.needs.consent",
}
# integration.gated, integration.plan.guard and integration.quiet.thread are one idea with other
# bases by now; Odoo itself clears away what is left of them.


def migrate(cr, version):
    """Rename what Odoo keeps of the bases, so that an update finds them again.

    :param version: the installed version; empty when the module is installed anew
    """
    for old, new in RENAMED.items() if version else ():
        old_id, new_id = (name.replace(".", "_") for name in (old, new))
        cr.execute(SQL("UPDATE ir_model SET model = %s WHERE model = %s", new, old))
        cr.execute(SQL("UPDATE ir_model_fields SET model = %s WHERE model = %s", new, old))
        cr.execute(
            SQL(
                """
            UPDATE ir_model_data SET name = replace(name, %(old)s, %(new)s)
             WHERE module = 'integration_management'
               AND (name = 'model_' || %(old)s OR starts_with(name, 'field_' || %(old)s || '__'))
            """,
                old=old_id,
                new=new_id,
            )
        )
