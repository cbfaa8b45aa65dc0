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
