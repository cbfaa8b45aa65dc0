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
from .reading import AGE_BANDS, TRAITS


class TraitLabels:
    """Lists the categories of a trait with their words; ``env`` is the engine's."""

    def __init__(self, env, langs, company_ids):
        self.env = env(context={**env.context, "active_test": False})
        self.langs = langs
        self.company_ids = company_ids

    def categories(self, rule, used):
        """Return [(category, {lang: texts})], "unknown" last."""
        listed = {lang: self._in_lang(rule, lang, used) for lang in self.langs}
        first = next(iter(listed.values()))
        return [
            (
                category,
                {lang: {"label": words[category], "group": ""} for lang, words in listed.items()},
            )
            for category in first
        ]

    def _in_lang(self, rule, lang, used):
        env = self.env(context={**self.env.context, "lang": lang})
        words = {
            "trait_age": self._ages,
            "trait_nationality": self._nationalities,
            "trait_benefit": lambda env: self._benefits(env, used),
        }.get(rule, lambda env: self._selection(env, TRAITS[rule].field))(env)
        return {**words, UNKNOWN: env._("Unknown")}

    def _selection(self, env, field):
        model, name = field
        labels = env[model]._fields[name]._description_selection(env)
        return {
            number: label for number, (key, label) in enumerate(labels, start=1) if key != "unknown"
        }

    def _ages(self, env):
        return {
            number: env._("%(first)s to %(last)s years", first=first, last=last)
            if last
            else env._("%s years and older", first)
            for number, (first, last) in enumerate(AGE_BANDS, start=1)
        }

    def _nationalities(self, env):
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

    def _benefits(self, env, used):
        """List the kinds of benefit that are in use, and those that somebody gets."""
        domain = Domain("active", "=", True)
        domain &= Domain("company_id", "in", [False, *self.company_ids])
        types = env["integration.benefit.type"].search(domain | Domain("id", "in", list(used)))
        return {kind.id: kind.name for kind in types if kind.code != "unknown"}
