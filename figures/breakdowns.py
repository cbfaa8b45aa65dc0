"""By whom, by where, by when figures are split up: the breakdowns, their names and labels.

The names stand in stored reports, so none of them is ever renamed.
"""

from dataclasses import dataclass

TOTAL = "total"
WORKER = "worker"
EMPLOYER = "employer"
MUNICIPALITY = "municipality"
MONTH = "month"


@dataclass(frozen=True)
class Breakdown:
    """One way to split up figures.

    :ivar label: what it is called where somebody chooses it
    :ivar column: column of every source (sources.py) by whose value its members differ
    :ivar model: what its members are records of; months are none
    """

    name: str
    label: str
    column: str = ""
    model: str = ""


BREAKDOWNS = {
    breakdown.name: breakdown
    for breakdown in (
        Breakdown(TOTAL, "Totals only"),
        Breakdown(WORKER, "By case worker", "user_id", "res.users"),
        Breakdown(EMPLOYER, "By employer", "company_id", "res.company"),
        Breakdown(MUNICIPALITY, "By municipality", "municipality_id", "integration.municipality"),
        Breakdown(MONTH, "By month", "month"),
    )
}
BREAKDOWN_SELECTION = [(name, breakdown.label) for name, breakdown in BREAKDOWNS.items()]
