"""What may be asked for by trait (profile B): whole periods, and one fixed hierarchy.

Tables of overlapping periods or of freely chosen groups of workers could be subtracted from
each other. So nothing else is printed, whoever asks: papers get handed on.
"""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError

from .. import matrix as fm
from ..scope import Scope, possible_scopes
from .year import COUNTY, EMPLOYER, LENGTHS, MUNICIPALITY, PART, PLACE, WORKER

# What stands below a level of the hierarchy: there are no other tables. The county directs no
# worker (county standard 3.2.1), so it gets none for an employer of its own (``PART``).
BELOW = {
    COUNTY: (fm.EMPLOYER, fm.MUNICIPALITY),
    MUNICIPALITY: (fm.EMPLOYER,),
    PART: (fm.MUNICIPALITY,),
    EMPLOYER: (fm.WORKER, fm.MUNICIPALITY),
    PLACE: (),
    WORKER: (),
}


@dataclass(frozen=True)
class LocalRequest:
    """A permitted request: whose work, of which calendar year, which of its periods.

    :ivar node: level of the hierarchy and ids, as in year.py
    :ivar span: length in months and number of the period within the year
    """

    scope: Scope
    node: tuple
    year: int
    span: tuple
    months_over: int


def local_request(env, period, kind, *targets) -> LocalRequest:
    """Return what may be printed for a request.

    :raise UserError: if it is no whole period that is over, or not along the hierarchy
    :raise AccessError: if no role permits it
    """
    span = whole_period(period)
    if not span:
        raise UserError(
            env._(
                "Figures by trait are printed for whole months, quarters, half-years and"
                " calendar years that are over, nothing else: from the difference between two"
                " overlapping periods one could read who is behind a number."
            )
        )
    for scope in possible_scopes(env, kind, *targets):
        node = _node(kind, scope)
        if node:
            year = period.date_from.year
            return LocalRequest(scope, node, year, span, months_over(year, period.today))
    raise UserError(
        env._(
            "Figures by trait are printed along one hierarchy only: case worker, employer,"
            " municipality, county. Choose one of them; case workers only within one employer,"
            " and one employer at a time in the company menu."
        )
    )


def local_breakdowns(env, kind, *targets):
    """Return the breakdowns that there are for a request, as far as it is permitted."""
    try:
        nodes = [_node(kind, scope) for scope in possible_scopes(env, kind, *targets)]
    except UserError:
        nodes = []
    level = next((node[0] for node in nodes if node), WORKER)
    return [fm.TOTAL, *BELOW[level], fm.MONTH]


def whole_period(period):
    """Return (months, number within the year) of a whole period that is over, else None."""
    if period.date_to >= period.today:
        return None
    start = period.date_from
    for length in LENGTHS:
        number, rest = divmod(start.month - 1, length)
        end = start + relativedelta(months=length, days=-1)
        if start.day == 1 and not rest and period.date_to == end:
            return length, number
    return None


def months_over(year, today):
    """Return how many months of a year are over."""
    return sum(date(year, month, 1) + relativedelta(months=1) <= today for month in range(1, 13))


def _node(kind, scope):
    """Return the place of a scope in the hierarchy, None if it has none."""
    single = scope.company_ids[0] if len(scope.company_ids) == 1 else None
    if scope.county_id:
        return {
            "all": (COUNTY, scope.county_id),
            "county": (COUNTY, scope.county_id),
            "employer": single and (PART, single, scope.county_id),
            "municipality": scope.municipality_ids and (MUNICIPALITY, scope.municipality_ids[0]),
        }.get(kind)
    if not single or kind == "county":
        return None
    if kind == "municipality":
        return None if scope.user_ids else (PLACE, single, scope.municipality_ids[0])
    if scope.user_ids:
        return WORKER, single, scope.user_ids[0]
    return EMPLOYER, single
