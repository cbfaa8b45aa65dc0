"""Arrivals for the world of the walls: being visited, entered by the accommodation, taken over."""

from datetime import timedelta


def arrival_being_visited(case):
    """Return {key of the table: records} of an arrival that the owner of ``case`` visits."""
    env = case.env
    arrival = env["integration.arrival"].create(
        {
            "municipality_id": case.municipality_id.id,
            "user_id": env.uid,
            "street": f"Street {case.id}",
            "name": f"Family {case.id}",
        }
    )
    visit = env["integration.arrival.visit"].create({"arrival_id": arrival.id, "result": "talked"})
    return {arrival._name: arrival, visit._name: visit}


def arrivals_entered(world):
    """Return {key: arrivals} that the accommodation has entered for both employers.

    Those under "taken" are being visited by a colleague of each employer.
    """
    env = world._as(world.accommodation)
    rows = {"integration.arrival:entered": [], "integration.arrival:taken": []}
    for town, worker in ((world.town_a, world.colleague_a), (world.town_b, world.worker_b)):
        for number, key in enumerate(rows):
            arrival = env["integration.arrival"].create(
                {
                    "municipality_id": town.id,
                    "date_move": world.today - timedelta(days=number),
                    "street": "Entered Street 1",
                }
            )
            rows[key].append(arrival.sudo())
            # Nobody's, whoever has most cases there
            arrival.sudo().user_id = False
            if key.endswith(":taken"):
                arrival.with_env(world._as(worker)).action_take_over()
    return rows
