import logging

import psycopg2
import werkzeug

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

from ... import request_shape
from .ir_binary import DOWNLOADED

_logger = logging.getLogger(__name__)

# What Odoo raises for ids, domains and values of a wrong type
NONSENSE = (
    *(psycopg2.DataError, psycopg2.ProgrammingError),
    *(ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError),
)
# How the web client calls methods
CALLS = "/web/dataset/call_"
TOO_GREAT = "22003"

# Where Odoo and we hand out papers, documents and exports
PAPERS = ("/report/", "/web/content", "/web/export/", "/integration/", "/mail/attachment/")
IMAGES = "/web/image"
# Styles and fonts of papers, the same for everybody
OPEN = ("/web/content/assets", "/web/assets")


def _may_be_a_paper(path, params):
    """Return whether an answer may be a document; an image may be one that was photographed."""
    if path.startswith(IMAGES):
        model = params.get("model") or "ir.attachment"
        return model == "ir.attachment" or model.startswith("integration.")
    return path.startswith(PAPERS) and not path.startswith(OPEN)


class IrHttp(models.AbstractModel):
    """What the server answers to nonsense: neither answer nor log repeat the values."""

    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):  # pylint: disable=missing-return
        """Let no browser and no proxy keep papers and files of somebody who is logged in."""
        super()._post_dispatch(response)
        if request.session.uid and _may_be_a_paper(request.httprequest.path, request.params):
            response.headers["Cache-Control"] = "no-store"
            if response.mimetype == DOWNLOADED:
                named = response.headers.get("Content-Disposition", "").partition(";")
                response.headers["Content-Disposition"] = "".join(("attachment", *named[1:]))

    @classmethod
    def _dispatch(cls, endpoint):
        try:
            return super()._dispatch(endpoint)
        except (*NONSENSE, UserError) as error:
            refusal = cls._refusal_of(error)
            if refusal is None:
                raise
            raise refusal from None

    @classmethod
    def _refusal_of(cls, error):
        """Return what is said of a request about our models that has failed, if it made no sense.

        Of the web client each request is judged, for there an error may be one of the program.
        """
        params, kind = request.params, request.dispatcher.routing_type
        web = kind == "jsonrpc" and request.httprequest.path.startswith(CALLS)
        names = ("model", "method") if web else ("__model__", "__method__")
        model, method = (str(params.get(name) or "") for name in names)
        if not (web or kind == "json2") or not model.startswith("integration."):
            return None
        if isinstance(error, UserError) and not request_shape.has_unstorable(params):
            # Words of its own; such that repeat what no answer can hold are left out.
            return None
        if isinstance(error, psycopg2.Error):
            # Nothing is asked of a transaction that has failed.
            request.env.cr.rollback()
        if web and not cls._is_nonsense(error, model, method):
            return None
        # Neither the log nor the answer repeats the values: they may be personal data.
        _logger.warning("%s.%s failed with %s", model, method, type(error).__name__)
        text = cls._words_of_refusal(error)
        return UserError(text) if web else werkzeug.exceptions.UnprocessableEntity(text)

    @classmethod
    def _is_nonsense(cls, error, model, method):
        """Return whether the values are what the database refused, or could be no values at all."""
        params = request.params
        return (
            isinstance(error, psycopg2.DataError)
            or model not in request.env
            or request_shape.has_unstorable(params)
            or request_shape.is_nonsense(
                error, request.env[model], method, params.get("args"), params.get("kwargs")
            )
        )

    @classmethod
    def _words_of_refusal(cls, error):
        if request_shape.has_unstorable(request.params):
            return request.env._(
                "The words contain a sign that can be neither stored nor sought. Type them anew."
            )
        if isinstance(error, psycopg2.DataError) and error.pgcode == TOO_GREAT:
            return request.env._("A number is too great. Look at what was entered.")
        return request.env._("The ids, conditions or values of this request do not fit the model.")
