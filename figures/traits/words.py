"""Words for the categories of the traits (profile B), in all installed languages."""

from odoo.fields import Domain

from .nationality import (
    AFRICA,
    AMERICA,
    ASIA,
    EUROPE,
    GERMAN,
    SEVERAL,
    STATELESS,
    UKRAINE,
    UNION,
    UNKNOWN,
    WEST_ASIA,
)
from .reading import AGE_BANDS


class TraitLabels:
    """Lists the categories of a trait with their words; ``env`` is the engine's."""

    def __init__(self, env, langs, company_ids):
        self.env = env(context={**env.context, "active_test": False})
        self.langs = langs
        self.company_ids = company_ids

    def categories(self, trait, used):
        """Return [(category, {lang: texts})], "unknown" last."""
        listed = {lang: self._in_lang(trait, lang, used) for lang in self.langs}
        first = next(iter(listed.values()))
        return [
            (
                category,
                {lang: {"label": words[category], "group": ""} for lang, words in listed.items()},
            )
            for category in first
        ]

    def every(self, trait):
        """Return all categories that there are, whoever is in them.

        What is printed is decided on these, so it is the same for every reader and at any time.
        """
        kinds = self.env["integration.benefit.type"].search([])
        return sorted(category for category, _texts in self.categories(trait, kinds.ids))

    def _in_lang(self, trait, lang, used):
        env = self.env(context={**self.env.context, "lang": lang})
        if trait.words:
            words = trait.words(env, used, self.company_ids)
        else:
            words = _selection_words(env, trait.selection)
        return words if trait.by_day else {**words, UNKNOWN: env._("Unknown")}


def _selection_words(env, selection):
    """Return {category: label} of a selection given as (model, field)."""
    model, name = selection
    labels = env[model]._fields[name]._description_selection(env)
    return {
        number: label for number, (key, label) in enumerate(labels, start=1) if key != "unknown"
    }


# ------------------------------------------------------------
# Words of single traits, as the registry names them
# ------------------------------------------------------------
def ages(env, _used, _company_ids):
    """Return {number of the band: words}."""
    return {
        number: env._("%(first)s to %(last)s years", first=first, last=last)
        if last
        else env._("%s years and older", first)
        for number, (first, last) in enumerate(AGE_BANDS, start=1)
    }


def nationalities(env, _used, _company_ids):
    """Return {group of nationalities: words}."""
    return {
        GERMAN: env._("German"),
        UNION: env._("European Union and free movement"),
        UKRAINE: env._("Ukraine"),
        EUROPE: env._("Rest of Europe"),
        WEST_ASIA: env._("Western Asia (among them Syria, Iraq, Türkiye)"),
        ASIA: env._("Rest of Asia (among them Afghanistan, Iran)"),
        AFRICA: env._("Africa"),
        AMERICA: env._("America, Australia and Oceania"),
        SEVERAL: env._("Several, of different groups"),
        STATELESS: env._("Stateless"),
    }


def benefits(env, used, company_ids):
    """Return {id: name} of the kinds of benefit in use, and of those that somebody gets."""
    domain = Domain("active", "=", True) & Domain("company_id", "in", [False, *company_ids])
    types = env["integration.benefit.type"].search(domain | Domain("id", "in", list(used)))
    return {kind.id: kind.name for kind in types if kind.code != "unknown"}
