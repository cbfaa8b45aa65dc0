import logging

from .models.mixins.door import SYSTEM

_logger = logging.getLogger(__name__)

MODULE = "integration_management"
# Employers and people of the demo county, with what Odoo refers to them from
DEMO = ("res.users", "res.company")


def uninstall_hook(env):
    """Erase what would outlive the module: the contacts behind the clients, and traces of ours.

    Without the module's rules every employee would see them. Names and addresses are
    replaced, and the contacts archived; see ``ir.module.module`` for the confirmation.
    """
    env["ir.module.module"]._ensure_erasure_covers_all()
    env["integration.client"]._erase_contacts()
    # The triggers on evidence would outlive them as functions, and hinder their removal.
    for name in env.registry.descendants(["integration.evidence"], "_inherit"):
        env[name]._drop_guard()
    _remove_saved_beside_files(env)
    _remove_activities(env)
    _end_demo(env)
    _forget_rows(env)
    _remove_counters(env)


def _remove_saved_beside_files(env):
    """Remove shared filters and pinned views on files: they carry names, and their wall goes."""
    for name in env.registry.descendants(["integration.employers.own"], "_inherit"):
        model = env[name]
        if not model._abstract:
            model.with_context(active_test=False).search(
                [("integration_company_id", "!=", False)]
            ).unlink()


def _remove_activities(env):
    """Remove what people were told to do or to note: it names files and those who work on them.

    Some of it stands by itself and would outlive the files; all of it hinders the removal of its
    kind.
    """
    kinds = env["ir.model.data"].search(
        [("module", "=", MODULE), ("model", "=", "mail.activity.type")]
    )
    env["mail.activity"].with_context(active_test=False).search(
        [("activity_type_id", "in", kinds.mapped("res_id"))]
    ).unlink()


def _end_demo(env):
    """Take employers and users of the demo county out of use.

    They wrote or own what Odoo keeps, so they cannot all be deleted; but nobody logs in as one
    of them, for whom the password is the login, and no list offers them.
    """
    known = env["ir.model.data"].search([("module", "=", MODULE), ("model", "in", DEMO)])
    users = env["res.users"].browse(
        known.filtered(lambda row: row.model == DEMO[0]).mapped("res_id")
    )
    companies = env["res.company"].browse(
        known.filtered(lambda row: row.model == DEMO[1]).mapped("res_id")
    )
    users = users.exists() - env.user
    # Their open cases go with the module: there is nothing to hand over.
    users.with_context(integration_system=SYSTEM).write({"active": False})
    users.partner_id.write({"active": False})
    for company in companies.exists():
        # A company that people of the office use by now is theirs
        used = env["res.users"].search_count([("company_ids", "in", company.ids)], limit=1)
        if used:
            _logger.info("A company of the demo is in use and stays: %s", company.id)
        else:
            company.active = False
            company.partner_id.active = False


def _forget_rows(env):
    """Forget the XML ids of rows.

    Those of our own models go with their tables, in no order that the references among them would
    hinder. What stays of Odoo's is nobody's any more: Odoo would keep ids of a module that is gone.
    """
    env["ir.model.data"].search(
        [
            ("module", "=", MODULE),
            "|",
            ("model", "=like", "integration.%"),
            ("model", "in", ("res.partner", *DEMO)),
        ]
    ).unlink()


def _remove_counters(env):
    """Remove the sequences of file numbers and households, made per employer on first use."""
    env["ir.sequence"].with_context(active_test=False).search(
        [("code", "=like", "integration.%")]
    ).unlink()
    env["ir.config_parameter"].search([("key", "=like", f"{MODULE}.%")]).unlink()
