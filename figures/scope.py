"""Whose work somebody may count.

The engine reads past the record rules, so what it may read is stated here in full:
a list of employers and, where the role is narrower, of workers and municipalities.
There is no other way in than ``resolve_scope`` and ``check_scope``.
"""

from dataclasses import dataclass, replace

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError

MODULE = "integration_management"
# Which part of a scope each kind of scope narrows down
NARROWS = {
    "all": "",
    "county": "county_id",
    "employer": "company_ids",
    "municipality": "municipality_ids",
    "worker": "user_ids",
}


@dataclass(frozen=True)
class Scope:
    """Employers × workers × municipalities; ``None`` means all of them.

    ``county_id`` names the county by whose coordination the scope is permitted.
    """

    company_ids: tuple
    user_ids: tuple | None = None
    municipality_ids: tuple | None = None
    county_id: int | None = None

    def contains(self, other) -> bool:
        """Whether everything in ``other`` is in here too."""
        return bool(other.company_ids) and all(
            mine is None or (theirs is not None and set(theirs) <= set(mine))
            for mine, theirs in (
                (self.company_ids, other.company_ids),
                (self.user_ids, other.user_ids),
                (self.municipality_ids, other.municipality_ids),
            )
        )

    def to_data(self) -> dict:
        """Return plain lists for a JSON field."""
        return {
            "company_ids": list(self.company_ids),
            "user_ids": None if self.user_ids is None else list(self.user_ids),
            "municipality_ids": None
            if self.municipality_ids is None
            else list(self.municipality_ids),
            "county_id": self.county_id,
        }

    @classmethod
    def from_data(cls, data) -> "Scope":
        """Rebuild a scope from ``to_data``."""

        def axis(name):
            return None if data.get(name) is None else tuple(data[name])

        return cls(
            axis("company_ids") or (),
            axis("user_ids"),
            axis("municipality_ids"),
            data.get("county_id"),
        )


def permitted_scopes(env, companies=None) -> list[Scope]:
    """Return what the user's roles permit, widest first.

    - county coordination: every employer with a mandate in her county, for the work
      in that county's municipalities;
    - team lead, reporting, administration: everything of the own employers;
    - case worker: the own work, at the own employers.

    :param companies: the own employers to consider; default all of the user's
    """
    user = env.user
    if user.id == SUPERUSER_ID:
        # sudo: the system itself (scheduled jobs, loading of data) counts everything
        return [Scope(tuple(env["res.company"].sudo().search([]).ids))]
    own = tuple((user.company_ids if companies is None else companies & user.company_ids).ids)
    scopes = []
    if user.has_group(f"{MODULE}.group_county"):
        scopes += _county_scopes(env, own)
    if user.has_group(f"{MODULE}.group_reporting"):
        scopes.append(Scope(own))
    if user.has_group(f"{MODULE}.group_caseworker"):
        scopes.append(Scope(own, user_ids=(user.id,)))
    return scopes


def _county_scopes(env, company_ids) -> list[Scope]:
    """Return one scope per county that one of the companies coordinates."""
    # sudo: mandates of other employers; only ids leave this function
    counties = env["integration.county"].sudo().search([("company_id", "in", company_ids)])
    # sudo: as above
    mandates = env["integration.mandate"].sudo().search([("county_id", "in", counties.ids)])
    towns = _towns(env, counties)
    scopes = []
    for county in counties:
        employers = mandates.filtered(lambda m, c=county: m.county_id == c).company_id
        own_towns = towns.filtered(lambda town, c=county: town.county_id == c)
        if employers:
            scopes.append(
                Scope(
                    tuple(employers.ids), municipality_ids=tuple(own_towns.ids), county_id=county.id
                )
            )
    return scopes


def _towns(env, counties):
    """Return the municipalities of counties, archived ones included."""
    # sudo: names of places, no personal data
    towns = env["integration.municipality"].sudo().with_context(active_test=False)
    return towns.search([("county_id", "in", counties.ids)])


def check_scope(env, scope):
    """Raise AccessError unless one of the user's roles covers the whole scope."""
    if not any(permitted.contains(scope) for permitted in permitted_scopes(env)):
        raise AccessError(env._("Your role does not cover the figures of this scope."))


def resolve_scope(env, request) -> Scope:
    """Turn what somebody asks for into an explicit scope that her roles permit.

    :param FiguresRequest request: its kind of scope and the record that this names
    :raise UserError: if the record was not chosen
    :raise AccessError: if no role permits it
    """
    return possible_scopes(env, request)[0]


def possible_scopes(env, request) -> list[Scope]:
    """Return the scopes that answer a request, one per role that permits it, widest first.

    :raise UserError: if the record that the kind of scope names was not chosen
    :raise AccessError: if no role permits it
    """
    if NARROWS[request.kind] and not request.target:
        raise UserError(env._("Please choose whose figures you want."))
    scopes = []
    for permitted in permitted_scopes(env, env.companies):
        if request.kind in ("county", "employer") and permitted.user_ids is not None:
            continue  # one worker's share must not be printed as the whole
        scope = _narrow(env, permitted, request)
        if scope and permitted.contains(scope):
            scopes.append(scope)
    if not scopes:
        check_mandates(env)
        raise AccessError(env._("Your role does not cover the figures of this scope."))
    return scopes


def check_mandates(env):
    """Raise UserError for a coordinator in whose county nobody has a mandate yet."""
    if env.user.has_group(f"{MODULE}.group_county") and not permitted_scopes(env, env.companies):
        raise UserError(
            env._(
                "No employer has a mandate in a municipality of your county yet, so there is"
                " nothing to count. Enter the mandates under “Organisation” first."
            )
        )


def _narrow(env, permitted, request):
    """Return the part of a permitted scope that is asked for, None if there is none."""
    if request.kind == "county":
        return _narrow_to_county(env, permitted, request.target)
    axis = NARROWS[request.kind]
    return replace(permitted, **{axis: (request.target.id,)}) if axis else permitted


def _narrow_to_county(env, permitted, county):
    """Return the part of a permitted scope that lies in the county's municipalities."""
    if permitted.county_id:
        return permitted if permitted.county_id == county.id else None
    return replace(permitted, municipality_ids=tuple(_towns(env, county).ids))
