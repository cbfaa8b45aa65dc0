import logging

import psycopg2
import werkzeug

from odoo import models
from odoo.http import request

_logger = logging.getLogger(__name__)

# What Odoo raises for ids, domains and values of a wrong type
NONSENSE = (psycopg2.DataError, ValueError, TypeError, KeyError, AttributeError)


class IrHttp(models.AbstractModel):
    """What the server answers to nonsense: neither answer nor log repeat the values."""

    _inherit = "ir.http"

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
