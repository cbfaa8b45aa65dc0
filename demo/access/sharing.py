"""Files that a worker shares with the lead, as far as the clients agreed to it."""

from ..organisation.county import moment

TEAMS = (("ahmet", "anna"), ("david", "clara"), ("felix", "elif"))
SHARED_FILES = 2
SHARED_DAYS = 40
REASON = "Gemeinsame Begleitung"


def share_files(county):
    """Open the first files of each team whose clients agreed to sharing with colleagues."""
    for worker, lead in TEAMS:
        env = county.env_of(worker)
        cases = env["integration.case"].search(
            [("user_id", "=", env.uid), ("state", "=", "open")], order="date_start"
        )
        agreed = cases.filtered(
            lambda case: case.client_id.consent_ids._last_event("team").decision == "given"
        )
        env["integration.case.access"]._share_case(
            agreed[:SHARED_FILES],
            county.users[lead],
            "team",
            reason=REASON,
            date_from=moment(county.day(SHARED_DAYS)),
        )
