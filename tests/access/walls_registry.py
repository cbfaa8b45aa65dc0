"""Which models there are to attack: read from the registry, so that none is forgotten."""

from ..common import MODULE


def module_models(env):
    """Return the names of all stored or transient models the module defines or extends."""
    models = env["ir.model"].sudo().search([])
    return {
        model.model
        for model in models
        if MODULE in model.modules.split(", ") and not env[model.model]._abstract
    }


def own_models(env):
    """Return the models that exist because of this module."""
    return {name for name in module_models(env) if name.startswith("integration.")}


def extended_models(env):
    """Return the models of Odoo that the module adds something to."""
    return module_models(env) - own_models(env)


def dialog_models(env):
    """Return the transient models; a row of another one they need comes first."""
    names = sorted(name for name in own_models(env) if env[name]._transient)
    return sorted(names, key=lambda name: name.endswith(".line"))


def file_models(env):
    """Return the models of a client's file: everything on the mixin behind the walls."""
    secured = env.registry["integration.secured"]
    return sorted(
        name
        for name in own_models(env)
        if not env[name]._transient and issubclass(env.registry[name], secured)
    )


def master_models(env):
    """Return the classifications and other rows that are shared or belong to an employer."""
    guard = env.registry["integration.master.guard"]
    return sorted(name for name in own_models(env) if issubclass(env.registry[name], guard))
