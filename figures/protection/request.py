"""What may be asked for by trait (profile B): whole periods, and one fixed hierarchy.

Tables of overlapping periods or of freely chosen groups of workers could be subtracted from
each other. So nothing else is printed, no matter who asks: papers get handed on.
"""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError

from .. import breakdowns
from ..period import Period
from ..request import CHANGE
from ..scope import Scope, possible_scopes
from .year import COUNTY, EMPLOYER, LENGTHS, LONG, MUNICIPALITY, PART, PLACE, WORKER

# What stands below a level of the hierarchy: there are no other tables. The county directs no
# worker (county standard 3.2.1), so it gets none for an employer of its own (``PART``).
BELOW = {
    COUNTY: (breakdowns.EMPLOYER, breakdowns.MUNICIPALITY),
    MUNICIPALITY: (breakdowns.EMPLOYER,),
    PART: (breakdowns.MUNICIPALITY,),
    EMPLOYER: (breakdowns.WORKER, breakdowns.MUNICIPALITY),
    PLACE: (),
    WORKER: (),
}


@dataclass(frozen=True)
class LocalRequest:
    """A permitted request: whose work, and which period of which calendar year.

    :ivar node: level of the hierarchy and ids, as in year.py
    :ivar span: length in months and number of the period within the year
    :ivar lengths: of the periods that there are, in months
    """

    scope: Scope
    node: tuple
    period: Period
    span: tuple
    lengths: tuple = LENGTHS

    @property
    def year(self) -> int:
        """The calendar year, on all of whose tables is decided together."""
        return self.period.date_from.year

    @property
    def months(self) -> range:
        """The months of the period, 0 for January."""
        length, number = self.span
        return range(length * number, length * (number + 1))


def local_request(env, request) -> LocalRequest:
    """Return what may be printed for a request.

    :param FiguresRequest request: whose work of which period
    :raise UserError: if it is no whole period that is over, or not along the hierarchy
    :raise AccessError: if no role permits it
    """
    lengths = _lengths(request)
    span = whole_period(request.period, lengths)
    if not span:
        raise UserError(_refusal(env, lengths))
    for scope in possible_scopes(env, request):
        node = _node(request.kind, scope)
        if node:
            return LocalRequest(scope, node, request.period, span, lengths)
    raise UserError(
        env._(
            "Figures by trait are printed along one hierarchy only: case worker, employer,"
            " municipality, county. Choose one of them; case workers only within one employer,"
            " and one employer at a time in the company menu."
        )
    )


def local_breakdowns(env, request):
    """Return the names of the breakdowns that there are for a request, as far as permitted.

    :param FiguresRequest request: its period does not matter
    """
    try:
        nodes = [_node(request.kind, scope) for scope in possible_scopes(env, request)]
    except UserError:
        nodes = []
    level = next((node[0] for node in nodes if node), WORKER)
    months = [breakdowns.MONTH] if 1 in _lengths(request) else []
    return [breakdowns.TOTAL, *BELOW[level], *months]


def _lengths(request):
    """Return the lengths of the periods that a profile has."""
    return LONG if request.profile == CHANGE else LENGTHS


def _refusal(env, lengths):
    """Return why no other periods are printed."""
    if lengths == LONG:
        return env._(
            "What has changed is printed for whole half-years and calendar years that are over,"
            " nothing else: from the difference between two overlapping periods one could read"
            " who is behind a number."
        )
    return env._(
        "Figures by trait are printed for whole months, quarters, half-years and calendar years"
        " that are over, nothing else: from the difference between two overlapping periods one"
        " could read who is behind a number."
    )


def is_printed(profile, period):
    """Return whether there are figures by trait, or of what has changed, of a period."""
    return bool(whole_period(period, LONG if profile == CHANGE else LENGTHS))


def whole_period(period, lengths=LENGTHS):
    """Return (months, number within the year) of a whole period that is over, else None."""
    if period.date_to >= period.today:
        return None
    start = period.date_from
    for length in lengths:
        number, rest = divmod(start.month - 1, length)
        end = start + relativedelta(months=length, days=-1)
        if start.day == 1 and not rest and period.date_to == end:
            return length, number
    return None


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
