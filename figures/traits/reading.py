"""Traits of the persons counselled (profile B): categories, and who has which of them.

Every person has exactly one category of every trait on the last day of each month, so the
categories add up to the persons counselled. What nobody recorded is "unknown". Categories
are numbers, for they stand in frozen lines: those of a selection by its order, kinds of
benefit by their id.
"""

from dataclasses import dataclass

from odoo.tools import SQL

from .nationality import UNKNOWN, nationality_group

# First age of each band: children, youth up to the age that youth migration services
# advise (12 to 26), adults.
AGE_BANDS = ((0, 5), (6, 11), (12, 17), (18, 26), (27, 44), (45, 64), (65, None))


@dataclass(frozen=True)
class Trait:
    """Where a trait is recorded.

    :ivar model: name of the history, None if it is kept with the client
    :ivar value: SQL of what is recorded, over the history ``h`` and ``t``, its joined table
    :ivar field: (model, field) of the selection whose order numbers the categories
    """

    rule: str
    model: str | None = None
    value: str = ""
    join: str = ""
    field: tuple = ()


TRAITS = {
    trait.rule: trait
    for trait in (
        Trait("trait_sex", field=("integration.client", "gender")),
        Trait("trait_age"),
        Trait("trait_nationality"),
        Trait(
            "trait_residence",
            "integration.residence",
            't."group"',
            "JOIN integration_residence_status t ON t.id = h.status_id",
            ("integration.residence.status", "group"),
        ),
        Trait(
            "trait_language",
            "integration.language.level",
            "h.level",
            "JOIN integration_language t ON t.id = h.language_id AND t.code = 'de'",
            ("integration.language.level", "level"),
        ),
        Trait(
            "trait_housing",
            "integration.housing",
            't."group"',
            "JOIN integration_housing_type t ON t.id = h.type_id",
            ("integration.housing.type", "group"),
        ),
        Trait(
            "trait_benefit",
            "integration.benefit",
            "CASE WHEN t.code = 'unknown' THEN NULL ELSE t.id END",
            "JOIN integration_benefit_type t ON t.id = h.type_id",
        ),
        Trait(
            "trait_work",
            "integration.employment",
            "h.status",
            field=("integration.employment", "status"),
        ),
    )
}

# Fields read below: flushed before the first query.
READS = {
    "integration.contact.person": [
        "client_id", "user_id", "company_id", "municipality_id", "date", "is_talk",
    ],
    "integration.client": ["birthdate", "gender", "nationality_ids", "nationality_note"],
    "integration.residence": ["client_id", "status_id", "date_from", "date_to"],
    "integration.residence.status": ["group"],
    "integration.language": ["code"],
    "integration.language.level": ["client_id", "language_id", "level", "date_from", "date_to"],
    "integration.housing": ["client_id", "type_id", "date_from", "date_to"],
    "integration.housing.type": ["group"],
    "integration.benefit": ["client_id", "type_id", "date_from", "date_to"],
    "integration.benefit.type": ["code"],
    "integration.employment": ["client_id", "status", "date_from", "date_to"],
}  # fmt: skip


def presences(company_ids, year) -> SQL:
    """Who was counselled in which month of a year, by whom and where."""
    return SQL(
        """SELECT DISTINCT client_id, company_id, user_id, municipality_id,
                  date_part('month', date)::integer - 1
             FROM integration_contact_person
            WHERE is_talk AND company_id = ANY(%s) AND date BETWEEN %s AND %s""",
        list(company_ids),
        f"{year}-01-01",
        f"{year}-12-31",
    )


def _histories(trait, clients, days) -> SQL:
    """What was recorded for clients and held on one of the days, later entries last."""
    return SQL(
        """SELECT h.client_id, %(value)s, h.date_from, h.date_to
             FROM %(table)s h %(join)s
            WHERE h.client_id = ANY(%(clients)s) AND h.date_from <= %(last)s
              AND (h.date_to IS NULL OR h.date_to >= %(first)s)
            ORDER BY h.date_from, h.id""",
        value=SQL(trait.value),
        table=SQL.identifier(trait.model.replace(".", "_")),
        join=SQL(trait.join),
        clients=clients,
        first=days[0],
        last=days[-1],
    )


class TraitReader:
    """Reads the traits of clients in one query each; ``env`` is the engine's."""

    def __init__(self, env, clients, days):
        """:param days: last days of the months of a calendar year"""
        self.env = env
        self.clients = sorted(clients)
        self.days = days

    def paths(self, rule):
        """Return {client: [category on each of the days]}."""
        trait = TRAITS[rule]
        if trait.model:
            return self._from_history(trait)
        values = getattr(self, f"_{rule}")()
        return {c: [values.get(c, UNKNOWN)] * len(self.days) for c in self.clients}

    def _numbers(self, trait):
        """Return {value of the selection: category}."""
        if not trait.field:
            return None
        model, name = trait.field
        keys = [key for key, _label in self.env[model]._fields[name].selection]
        return {key: n for n, key in enumerate(keys, start=1) if key != "unknown"}

    def _from_history(self, trait):
        numbers = self._numbers(trait)
        paths = {client: [UNKNOWN] * len(self.days) for client in self.clients}
        query = _histories(trait, self.clients, self.days)
        for client, value, start, stop in self.env.execute_query(query):
            category = numbers.get(value, UNKNOWN) if numbers else value or UNKNOWN
            for number, day in enumerate(self.days):
                if start <= day and (not stop or day <= stop):
                    paths[client][number] = category
        return paths

    def _trait_sex(self):
        numbers = self._numbers(TRAITS["trait_sex"])
        query = SQL("SELECT id, gender FROM integration_client WHERE id = ANY(%s)", self.clients)
        return {c: numbers.get(v, UNKNOWN) for c, v in self.env.execute_query(query)}

    def _trait_age(self):
        """Return the band of the age reached in the year.

        Not on the last day of each month: one month compared with the next would tell
        birthdays.
        """
        query = SQL(
            """SELECT id, %s - date_part('year', birthdate)::integer
                 FROM integration_client WHERE id = ANY(%s) AND birthdate IS NOT NULL""",
            self.days[-1].year,
            self.clients,
        )
        return {
            client: next(n for n, (_from, to) in enumerate(AGE_BANDS, 1) if to is None or age <= to)
            for client, age in self.env.execute_query(query)
        }

    def _trait_nationality(self):
        query = SQL(
            """SELECT c.id, array_agg(n.code) FILTER (WHERE n.code IS NOT NULL),
                      c.nationality_note
                 FROM integration_client c
                 LEFT JOIN (integration_client_res_country_rel r
                            JOIN res_country n ON n.id = r.res_country_id)
                        ON r.integration_client_id = c.id
                WHERE c.id = ANY(%s) GROUP BY c.id""",
            self.clients,
        )
        return {
            client: nationality_group(codes or [], note)
            for client, codes, note in self.env.execute_query(query)
        }
