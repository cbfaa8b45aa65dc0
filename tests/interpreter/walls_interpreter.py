"""Who interpreted, for the world of the walls."""

from odoo.addons.integration_management.tools import local_today

from ..common import MODULE


def interpreted(case):
    """Return {key of the table: records} of a pool entry and of talks of ``case`` with it.

    All persons of all files of an employer need the same language, so that numbers are told.
    """
    env, words = case.env, f"Interpreter {case.id}"
    today = local_today(env)
    persons = case.client_id | case.member_ids
    language = env.ref(f"{MODULE}.language_ar")
    persons.write({"language_ids": language.ids, "interpreter_needed": True})
    # Pool entries are written by lead and administration.
    interpreter = env["integration.interpreter"].sudo().create(
        {
            "name": words,
            "company_id": case.company_id.id,
            "birthdate": today.replace(year=today.year - 40, day=1),
            "pledge_date": today.replace(year=today.year - 2, day=1),
            "language_ids": language.ids,
            "rate": 50,
        }
    )  # fmt: skip
    contacts = env["integration.contact"].search([("case_id", "=", case.id)])
    rows = env["integration.contact.interpreter"].create(
        [
            {
                "contact_id": contact.id,
                "interpreter_id": interpreter.id,
                "language_id": language.id,
                "minutes": 20,
            }
            for contact in contacts
        ]
    )
    return {interpreter._name: interpreter.with_env(env), rows._name: rows}
