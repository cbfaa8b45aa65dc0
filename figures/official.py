"""What a report counts, by its profile, protected: the way in for everything that is stored."""

from .engine import figures_matrix
from .protection.local import local_matrix
from .protection.request import local_request
from .request import STATE
from .scope import resolve_scope


def official_figures(env, indicators, request):
    """Return (scope, matrix) of what somebody asks for.

    :param FiguresRequest request: whose work of which period, by which profile
    :raise AccessError: if no role permits it
    :raise UserError: if nobody was chosen, or figures by trait have no such table
    """
    if request.profile == STATE:
        scope = resolve_scope(env, request)
        return scope, figures_matrix(env, indicators, scope, request.period)
    permitted = local_request(env, request)
    return permitted.scope, local_matrix(env, indicators, permitted)
