from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .res_partner import ORDINARY


def _get_recipients_domain(cls):
    """*Email Marketing*: as superuser it would mail whoever has an address."""

    def _get_recipients_domain(self):
        domain = super(cls, self)._get_recipients_domain()
        return domain & self.env["integration.beside"]._outside(self.mailing_model_real)

    return _get_recipients_domain


def _get_query_models_blacklist(cls):
    """*Privacy Lookup*: it reads all tables that refer to a contact, and columns that are none."""

    def _get_query_models_blacklist(self):
        names = super(cls, self)._get_query_models_blacklist()
        return [*names, *self.env["integration.beside"]._secured_models()]

    return _get_query_models_blacklist


def _get_query(cls):
    """*Privacy Lookup*: that somebody is a client is not told by asking for her name."""

    def _get_query(self):
        return SQL(
            """SELECT * FROM (%s) AS found
                WHERE NOT (res_model_id = %s AND res_id IN (
                    SELECT id FROM res_partner WHERE is_integration_client))""",
            super(cls, self)._get_query(),
            self.env["ir.model"]._get_id("res.partner"),
        )

    return _get_query


def _retrieve_partner(cls):
    """*Invoicing*: a bill is nobody's who merely is called like its sender."""

    def _retrieve_partner(self, *args, **kwargs):
        contacts = self.with_context(**{ORDINARY: True})
        return super(cls, contacts)._retrieve_partner(*args, **kwargs).with_env(self.env)

    return _retrieve_partner


# What makes the method of that name for the class of a model of another app
METHODS = {
    "mailing.mailing": [_get_recipients_domain],
    "res.partner": [_retrieve_partner],
    "privacy.lookup.wizard": [_get_query_models_blacklist, _get_query],
}


class IntegrationBeside(models.AbstractModel):
    """What other apps do as superuser, and the rules that would keep them from it do not reach.

    They may be installed or not, so their models cannot be extended as ours are: methods are put
    on top of theirs when the registry is ready, as *Automation Rules* does.
    """

    _name = "integration.beside"
    _description = "Beside Other Apps"

    def _register_hook(self):
        super()._register_hook()
        for cls, make in self._methods_of_others():
            method = make(cls)
            method.integration_beside = True
            setattr(cls, make.__name__, method)

    def _unregister_hook(self):  # pylint: disable=missing-return
        super()._unregister_hook()
        for cls, make in self._methods_of_others():
            if hasattr(vars(cls).get(make.__name__), "integration_beside"):
                delattr(cls, make.__name__)

    @api.model
    def _methods_of_others(self):
        """Yield the classes of the registry, with what makes a method for them."""
        for name, makers in self._methods_beside().items():
            cls = self.env.registry.get(name)
            for make in makers if cls is not None else ():
                # Of Odoo's own models, too, apps bring methods that are missing without them.
                if hasattr(cls, make.__name__):
                    yield cls, make

    @api.model
    def _methods_beside(self):
        """Return {model: what makes its methods}."""
        return METHODS

    @api.model
    def _secured_models(self):
        """Return the names of all models behind the walls."""
        secured = self.env.registry["integration.secured"]
        return [name for name, cls in self.env.registry.items() if issubclass(cls, secured)]

    @api.model
    def _outside(self, model_name):
        """Return the domain of the records of a model that are no client's."""
        if model_name == "res.partner":
            return Domain("is_integration_client", "!=", True)
        return Domain.FALSE if model_name in self._secured_models() else Domain.TRUE
