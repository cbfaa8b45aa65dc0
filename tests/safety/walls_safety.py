"""What protects the worker, for the world of the walls."""


def safety_rows(case):
    """Return {key of the table: records} of an incident and a house visit in ``case``."""
    env = case.env
    incident = env["integration.incident"].create(
        {
            "case_id": case.id,
            "level": "threat",
            "description": "Words",
            "warning": "Words",
            "client_view": "Words",
        }
    )
    visit = env["integration.house.visit"].create({"case_id": case.id})
    return {incident._name: incident, visit._name: visit}


def out_without_the_file(case, user):
    """Return a visit of ``user`` in ``case``, as if the file had been lost to her meanwhile."""
    visit = case.env["integration.house.visit"].create({"case_id": case.id}).sudo()
    visit._as_system().user_id = user
    return visit
