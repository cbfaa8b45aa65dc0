from odoo import http
from odoo.fields import Domain
from odoo.http import request

from ...tools import local_today

# Short enough for a session that is cancelled in the morning
SECONDS = 900
PAGE = "integration_management.integration_office_page"
PATH = "/integration/office-hours/<string:ags>"


class IntegrationOfficeController(http.Controller):
    """The office hours of a municipality, for anybody."""

    @http.route(
        [PATH, f"{PATH}/<string:code>"],
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def office_hours(self, ags, code="", **_ignored):
        """Return the page of a municipality whose employers publish their office hours.

        No cookie is set, and whoever asks gets the same: the answer may be kept by anybody. What
        is not published, does not exist or is no key gets the same answer. An unknown language
        gets German.

        :param ags: official key of the municipality
        :param code: of a language
        """
        if not (len(ags) == 8 and ags.isascii() and ags.isdigit()):
            return request.not_found()
        # sudo: integration.municipality - public facts, and of sessions what employers publish
        municipality = request.env["integration.municipality"].sudo().search([("ags", "=", ags)])
        published = Domain("company_id.integration_office_public", "=", True)
        sessions = municipality and municipality._office_sessions(published)
        if not (sessions or self._is_published(municipality, published)):
            return request.not_found()
        language = municipality._office_language(code)
        notice = municipality._office_notice(sessions, language)
        content = request.env["ir.qweb"]._render(
            PAGE,
            {
                "notice": notice,
                "ags": municipality.ags,
                "languages": [
                    {
                        "code": row.code,
                        "name": row.native_name or row.name,
                        "direction": row.direction,
                    }
                    for row in municipality._office_languages()
                ],
            },
        )
        return request.make_response(
            f"<!DOCTYPE html>\n{content}",
            headers=[
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Language", language.code),
                ("Cache-Control", f"public, max-age={SECONDS}"),
                ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
                ("Referrer-Policy", "no-referrer"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _is_published(self, municipality, published):
        """Return whether there are regular hours on the page, though none in the coming weeks."""
        here = Domain("is_public", "=", True) & Domain("municipality_id", "in", municipality.ids)
        # Hours that have ended keep no page alive
        ahead = Domain("date_to", "=", False) | Domain("date_to", ">=", local_today(request.env))
        here &= ahead
        return bool(municipality.env["integration.office.hour"].search(here & published, limit=1))
