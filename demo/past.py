"""Dates that the software sets to now, moved to the days on which the demo says it happened."""

from datetime import timedelta

from .organisation.county import moment


def move_to_the_past(county):
    """Date access entries and hand-overs back; nothing but dates changes."""
    # sudo: integration.case.access, integration.case.assignment - they are never written by hand
    env = county.env(su=True)
    companies = [company.id for company in county.companies.values()]
    entries = env["integration.case.access"].search([("company_id", "in", companies)])
    for client, own in entries.grouped("client_id").items():
        case = (client.case_ids | client.family_case_id).sorted("date_start")[:1]
        for entry in own:
            began = moment((entry.case_id or case).date_start)
            vals = {"date_from": began}
            if entry.date_until:
                vals["date_until"] = began
            entry.write(vals)
    for case_id, day in county.handovers:
        _date_handover(env["integration.case"].browse(case_id), day)
    env.flush_all()


def _date_handover(case, day):
    before, after = case.assignment_ids.sorted("date_from")
    before.date_to = day - timedelta(days=1)
    after.date_from = day
    for entry in case.access_ids:
        if entry.user_id == after.user_id:
            entry.date_from = moment(day)
        else:
            entry.date_until = moment(day)
