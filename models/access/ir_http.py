import logging

import psycopg2
import werkzeug

from odoo import models
from odoo.http import request

from .ir_binary import DOWNLOADED

_logger = logging.getLogger(__name__)

# What Odoo raises for ids, domains and values of a wrong type
NONSENSE = (psycopg2.DataError, ValueError, TypeError, KeyError, AttributeError)


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
        except NONSENSE as error:
            model = request.params.get("__model__", "")
            if request.dispatcher.routing_type != "json2" or not model.startswith("integration."):
                raise
            # Neither the log nor the answer repeats the values: they may be personal data.
            method = request.params["__method__"]
            _logger.warning("%s.%s failed with %s", model, method, type(error).__name__)
            raise werkzeug.exceptions.UnprocessableEntity(
                request.env._("The ids, conditions or values of this request do not fit the model.")
            ) from None
