"""Traits of the persons counselled (profile B): categories, and who has which of them.

Every person has exactly one category of every trait on the last day of each month, so the
categories add up to the persons counselled. What nobody recorded is "unknown". Categories
are numbers, for they stand in frozen lines: those of a selection by its order, kinds of
benefit by their id.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from odoo.tools import SQL

from .nationality import UNKNOWN, nationality_group

# First and last age of each band: children, youth up to the age that youth migration services
# advise (12 to 26), adults.
AGE_BANDS = ((0, 5), (6, 11), (12, 17), (18, 26), (27, 44), (45, 64), (65, None))


@dataclass(frozen=True)
class Trait:
    """Where a trait is recorded and how its categories are called.

    :ivar history: model that says from when to when what holds; empty for what is kept with
        the client, which ``read`` looks up
    :ivar value: SQL of what is recorded, over the history ``h`` and ``t``, the table joined
    :ivar selection: (model, field) of the selection whose order numbers the categories
    :ivar read: function (env, clients, year) that returns {client: category}
    :ivar words: function (env, used, company_ids) that returns {category: label}, if the labels
        are not those of the selection
    :ivar by_day: function (env, clients, days, areas) that returns {area: {client: category on
        each day}} for each area, or of 0 if the trait is none of life areas. Its words are all
        categories that there are: nobody is unknown.
    :ivar by_area: whether there is a list for each life area
    :ivar reads: fields read, by model, beside those named above
    """

    history: str = ""
    value: str = ""
    join: str = ""
    selection: tuple = ()
    read: Callable | None = None
    words: Callable | None = None
    by_day: Callable | None = None
    by_area: bool = False
    reads: dict = field(default_factory=dict, hash=False)

    def fields_read(self):
        """Yield (model, names of the fields that its queries read)."""
        yield from self.reads.items()
        if self.history:
            yield self.history, ("client_id", "date_from", "date_to")
        if self.selection:
            model, name = self.selection
            yield model, (name,)


# Items of a life area have its id in front of their category
AREA = 10

SEX = ("integration.client", "gender")
# Who was counselled, whatever the trait
PRESENCE_FIELDS = ("client_id", "user_id", "company_id", "municipality_id", "date", "is_talk")


def flush(env, traits):
    """Write to the database what the queries of these traits read."""
    names = defaultdict(set, {"integration.contact.person": set(PRESENCE_FIELDS)})
    for trait in traits:
        for model, read in trait.fields_read():
            names[model].update(read)
    for model, read in names.items():
        env[model].flush_model(sorted(read))


def presences(year) -> SQL:
    """Who was counselled in which month of a year, by whom and where, at all employers."""
    return SQL(
        """SELECT DISTINCT client_id, company_id, user_id, municipality_id,
                  date_part('month', date)::integer - 1
             FROM integration_contact_person
            WHERE is_talk AND date BETWEEN %s AND %s""",
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
        table=SQL.identifier(trait.history.replace(".", "_")),
        join=SQL(trait.join),
        clients=clients,
        first=days[0],
        last=days[-1],
    )


def selection_numbers(env, selection):
    """Return {value: category} of a selection given as (model, field)."""
    model, name = selection
    keys = [key for key, _label in env[model]._fields[name].selection]
    return {key: number for number, key in enumerate(keys, start=1) if key != "unknown"}


class TraitReader:
    """Reads the traits of clients in one query each; ``env`` is the engine's."""

    def __init__(self, env, clients, days):
        """:param days: last days of the months of a calendar year"""
        self.env = env
        self.clients = sorted(clients)
        self.days = days

    def parts(self, trait, areas):
        """Return {area: paths}, of the area 0 if the trait is none of life areas."""
        if trait.by_day:
            return trait.by_day(self.env, self.clients, self.days, areas)
        return {0: self.paths(trait)}

    def paths(self, trait):
        """Return {client: [category on each of the days]}."""
        if trait.history:
            return self._from_history(trait)
        values = trait.read(self.env, self.clients, self.days[-1].year)
        return {c: [values.get(c, UNKNOWN)] * len(self.days) for c in self.clients}

    def _from_history(self, trait):
        numbers = trait.selection and selection_numbers(self.env, trait.selection)
        paths = {client: [UNKNOWN] * len(self.days) for client in self.clients}
        query = _histories(trait, self.clients, self.days)
        for client, value, start, stop in self.env.execute_query(query):
            category = numbers.get(value, UNKNOWN) if numbers else value or UNKNOWN
            for number, day in enumerate(self.days):
                if start <= day and (not stop or day <= stop):
                    paths[client][number] = category
        return paths


# ------------------------------------------------------------
# What is kept with the client
# ------------------------------------------------------------
def sexes(env, clients, _year):
    """Return {client: category} of the sex as recorded today."""
    numbers = selection_numbers(env, SEX)
    query = SQL("SELECT id, gender FROM integration_client WHERE id = ANY(%s)", clients)
    return {client: numbers.get(value, UNKNOWN) for client, value in env.execute_query(query)}


def ages(env, clients, year):
    """Return {client: number of the band} by the age reached in a calendar year.

    Not on the last day of each month: one month compared with the next would tell birthdays.
    """
    query = SQL(
        """SELECT id, %s - date_part('year', birthdate)::integer
             FROM integration_client WHERE id = ANY(%s) AND birthdate IS NOT NULL""",
        year,
        clients,
    )
    return {
        client: next(n for n, (_from, to) in enumerate(AGE_BANDS, 1) if to is None or age <= to)
        for client, age in env.execute_query(query)
    }


def nationalities(env, clients, _year):
    """Return {client: group of nationalities} as recorded today."""
    query = SQL(
        """SELECT c.id, array_agg(n.code) FILTER (WHERE n.code IS NOT NULL),
                  c.nationality_note
             FROM integration_client c
             LEFT JOIN (integration_client_res_country_rel r
                        JOIN res_country n ON n.id = r.res_country_id)
                    ON r.integration_client_id = c.id
            WHERE c.id = ANY(%s) GROUP BY c.id""",
        clients,
    )
    return {
        client: nationality_group(codes or [], note)
        for client, codes, note in env.execute_query(query)
    }
