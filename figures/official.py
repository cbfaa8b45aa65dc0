"""What a report counts, by its profile, protected: the way in for everything that is stored."""

from .breakdowns import MUNICIPALITY
from .engine import figures_matrix
from .matrix import Matrix
from .protection.local import local_matrix
from .protection.request import local_request
from .registry import RULES
from .request import LOCAL
from .scope import resolve_scope


def official_figures(env, indicators, request):
    """Return (scope, matrix) of what somebody asks for.

    :param FiguresRequest request: whose work of which period, by which profile
    :raise AccessError: if no role permits it
    :raise UserError: if nobody was chosen, or local monitoring has no such table
    """
    if request.profile == LOCAL:
        permitted = local_request(env, request)
        return permitted.scope, local_matrix(env, indicators, permitted)
    scope = resolve_scope(env, request)
    matrix = figures_matrix(env, indicators, scope, request.period)
    return scope, without_local_contents(matrix, request.kind == "municipality")


def without_local_contents(matrix, local) -> Matrix:
    """Leave out what talks in one municipality were about in detail.

    Areas and topics are told for employers and workers. Where few persons live, one such as
    pregnancy points at one of them; and as state figures come for any period, hiding small
    numbers would not help: two periods could be subtracted.

    :param local: whether the whole matrix is about one municipality
    """
    contents = [row for row in matrix.rows if row.item and RULES[row.rule].content]
    if local:
        rows = [row for row in matrix.rows if row not in contents]
        return Matrix(rows, matrix.columns, matrix.cells)
    hidden = [(MUNICIPALITY, column.key) for column in matrix.columns.get(MUNICIPALITY, [])]
    return matrix.replaced({(row.code, row.item): dict.fromkeys(hidden) for row in contents})
