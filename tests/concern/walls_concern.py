"""Concerns for the world of the walls: in a file, raised by the municipality, taken over."""


def concern_in_file(case):
    """Return {key of the table: records} of a concern noted in ``case`` by its owner."""
    env = case.env
    concern = env["integration.concern"].create(
        {
            "municipality_id": case.municipality_id.id,
            "kind_id": env.ref("integration_management.concern_kind_noise").id,
            "party": "neighbour",
            "text": f"Words about {case.id}",
            "teller": f"Neighbour of {case.id}",
        }
    )
    link = env["integration.concern.link"].create({"concern_id": concern.id, "case_id": case.id})
    return {concern._name: concern, link._name: link}


def concerns_raised(world):
    """Return {key: concerns} that the municipality has raised with employer A.

    Those under "taken" are a colleague's to answer.
    """
    env = world._as(world.municipality)
    rows = {"integration.concern:raised": [], "integration.concern:taken": []}
    for key, records in rows.items():
        concern = env["integration.concern"].create(
            {
                "kind_id": env.ref("integration_management.concern_kind_house").id,
                "text": "Raised words",
            }
        )
        # Nobody's, whoever has most cases there
        concern.sudo().user_id = False
        if key.endswith(":taken"):
            concern.with_env(world._as(world.colleague_a)).action_take_over()
        records.append(concern.sudo())
    return rows
