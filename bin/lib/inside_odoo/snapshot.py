"""Run in Odoo's shell: note what an update must leave as a new installation has it, and evidence.

Writes to the file that the variable SNAPSHOT names: shipped rows and rights by their XML id, and
what no longer fits its hash.
"""

import json
import os
import re

MODULE = "integration_management"
RIGHTS = ("ir.model.access", "ir.rule", "res.groups", "ir.cron", "mail.activity.type")
TEXTS = ("integration.indicator", "integration.paper.text", "integration.consent.notice")
OTHERS = ("integration.consent.notice.line",)
# Of these what is read on the screen, in each language
SHOWN = (
    "ir.ui.view",
    "ir.ui.menu",
    "ir.actions.act_window",
    "ir.actions.server",
    "ir.model.fields",
)
KINDS = {"char", "text", "selection", "boolean", "integer", "many2one", "many2many"}
# What differs for good reasons: when a job runs next, and whom an office gave a role
LEFT_OUT = {"id", "cron_name", "nextcall", "lastcall", "user_ids", "user_id", "model_id"}
LEFT_OUT |= {
    "message_follower_ids",
    "create_uid",
    "write_uid",
    "failure_count",
    "first_failure_date",
}


def shipped_models(env):
    """Return the names of the models whose shipped rows are compared."""
    lists = env.registry.descendants(["integration.master"], "_inherit")
    return [*lists, *TEXTS, *OTHERS, *RIGHTS, *SHOWN]


def brought_by_others(env, row):
    """Return whether ``row`` is a field that another app gives to a model of ours."""
    if row._name != "ir.model.fields":
        return False
    field = env[row.model]._fields.get(row.name) if row.model in env else None
    return field is None or field._module != MODULE


def values(env, row):
    """Return what a row says, in each language, with references by XML id."""
    said = {}
    for field in row._fields.values():
        if not field.store or field.type not in KINDS or field.name in LEFT_OUT:
            continue
        if row._name in SHOWN and not field.translate:
            continue
        languages = ("en_US", "de_DE") if field.translate else ("en_US",)
        for language in languages:
            value = row.with_context(lang=language)[field.name]
            if field.name == "arch_db":
                # The numbers of actions are those of the database.
                value = re.sub(r'name="\d+"', 'name="action"', value)
            if field.relational:
                value = sorted(value.get_external_id().values())
            said[f"{field.name} {language}" if field.translate else field.name] = value
    return said


def snapshot(env):
    """Return {kind: {XML id: values}} and the evidence that does not fit its hash."""
    rows = {}
    for model in dict.fromkeys(shipped_models(env)):
        if model not in env or env[model]._abstract:
            continue
        known = env["ir.model.data"].search([("module", "=", MODULE), ("model", "=", model)])
        for name in known:
            row = env[model].with_context(active_test=False).browse(name.res_id).exists()
            if row and not brought_by_others(env, row):
                rows[f"{model} {name.name}"] = values(env, row)
    reports = env["integration.report"].search([("checksum", "!=", False)])
    unfit = [report.display_name for report in reports if report.checksum != report._checksum()]
    papers = 0
    for model in env.registry.descendants(["integration.signed.paper"], "_inherit"):
        if not env[model]._abstract:
            signed = env[model].search([("attachment_hash", "!=", False)])
            papers += len(signed)
            unfit += [f"{row._name} {row.id}" for row in signed if not row._paper_is_intact()]
    return {"rows": rows, "unfit": unfit, "hashes": len(reports) + papers}


noted = snapshot(env)  # noqa: F821 - the shell provides env
with open(os.environ["SNAPSHOT"], "w") as file:
    json.dump(noted, file, default=str)
