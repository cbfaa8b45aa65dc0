"""Small helpers that several models share."""

import unicodedata
from datetime import date, datetime, time, timedelta

import pytz

from odoo import fields
from odoo.tools import SQL, clean_context

# Every day of the official figures is a calendar day of the place where the work
# is done, never of the zone the printing user happens to have in the profile.
LOCAL_ZONE = "Europe/Berlin"

# Our eight roles; the group of each is ``group_<role>``.
ROLES = (
    *("caseworker", "lead", "reporting", "county", "dpo", "admin", "accommodation"),
    "municipality",
)


# Signs that show nothing, though they count as letters or marks: joiners, fillers, selectors
UNSEEN = dict.fromkeys(
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x2800, 0x3164, 0xFFA0]
    + [*range(0x200B, 0x2010), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)
# Dashes and apostrophes of whatever keyboard
ALIKE = dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘ʼ´`′", "'")


def local_today(env) -> date:
    """Return today's calendar day in Europe/Berlin, whatever the user's time zone."""
    return fields.Date.context_today(env["res.users"].with_context(tz=LOCAL_ZONE))


def local_midnight(day: date) -> datetime:
    """Return the moment at which ``day`` begins in Europe/Berlin, as the database stores it."""
    start = pytz.timezone(LOCAL_ZONE).localize(datetime.combine(day, time.min))
    return start.astimezone(pytz.utc).replace(tzinfo=None)


def end_of_day(day: date) -> datetime:
    """Return the moment at which ``day``, the last one, is over."""
    return local_midnight(day + timedelta(days=1))


class EntryDay(date):
    """The day on which the demo county says that something was entered.

    A context from the browser can carry a day, never one of this class: no request dates itself.
    """


def local_day(records, moment) -> date:
    """Return the calendar day of a stored moment in Europe/Berlin."""
    return fields.Datetime.context_timestamp(records.with_context(tz=LOCAL_ZONE), moment).date()


def entry_day(env) -> date:
    """Return the day on which an entry is made: today, but for the history of the demo county."""
    day = env.context.get("integration_entry_day")
    return day if isinstance(day, EntryDay) else local_today(env)


def says_why(reason) -> bool:
    """Return whether a reason that somebody will check is more than a letter or two."""
    return len((reason or "").strip()) >= 10


def same_words(one, other) -> bool:
    """Return whether two names are the same; nothing is no name.

    Spaces, capitals, ways to write an accent and what is not seen aside: a character without
    width makes no other name.
    """
    names = [plain_name(name) for name in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def plain_name(name) -> str:
    """Return a name as it is compared: without what is not seen, in small letters."""
    name = name or ""
    if name.isascii() and name.isprintable():
        # Nothing unseen, and each sign written in one way only; so are most words.
        return " ".join(name.replace("`", "'").split()).lower()
    signs = unicodedata.normalize("NFKC", name.translate(UNSEEN))
    seen = "".join(ALIKE.get(sign, sign) for sign in signs if not _is_unseen(sign))
    # Once more, for small letters may be other signs than the capitals they stand for.
    return unicodedata.normalize("NFKC", " ".join(seen.split()).casefold())


def _is_unseen(sign) -> bool:
    category = unicodedata.category(sign)
    return category == "Cf" or (category == "Cc" and not sign.isspace())


# The key of the context that says so; a request that sends it itself gets less, not more.
WITHOUT_DEFAULTS = "integration_without_defaults"


def without_defaults(records):
    """Return ``records`` without the ``default_*`` of the context, and the user's own defaults.

    For whatever is created as superuser: values in the context come from the browser, those of
    ``ir.default`` from anybody, and would be written with rights that the user does not have.
    """
    context = dict(clean_context(records.env.context), **{WITHOUT_DEFAULTS: True})
    return records.with_context(context)  # pylint: disable=context-overridden


def next_number(env, company, code, prefix) -> str:
    """Return the next number of ``company``'s own sequence ``code``, created on first use."""
    return next_numbers(env, company, code, prefix, 1)[0]


def next_numbers(env, company, code, prefix, count) -> list[str]:
    """Return the next ``count`` numbers of ``company``'s own sequence, created on first use.

    Each employer counts for itself, so that a number tells nothing about the others.
    """
    # sudo: ir.sequence - counting is all that happens, case workers have no right to it
    sequences = without_defaults(env["ir.sequence"].sudo()).with_company(company)
    sequence = sequences.search([("code", "=", code), ("company_id", "=", company.id)], limit=1)
    if not sequence:
        sequence = sequences.create(
            {"name": code, "code": code, "company_id": company.id, "prefix": prefix, "padding": 5}
        )
    sequence = sequence.with_context(tz=LOCAL_ZONE)
    if count == 1 or sequence.use_date_range or sequence.implementation != "standard":
        return [sequence.next_by_id() for _number in range(count)]
    drawn = env.execute_query(
        SQL(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            f"ir_sequence_{sequence.id:03d}",
            count,
        )
    )
    before, after = sequence._get_prefix_suffix()
    return [f"{before}{number:0{sequence.padding}d}{after}" for (number,) in drawn]


def keep_local_changes(env, model_names):
    """Let an update of the module leave shipped rows as they have been edited.

    For functions that a data file calls: files of csv format cannot say so themselves.
    """
    # sudo: ir.model.data - flags of our own rows, only reached from a data file
    env["ir.model.data"].sudo().search(
        [
            ("module", "=", "integration_management"),
            ("model", "in", list(model_names)),
            ("noupdate", "=", False),
        ]
    ).noupdate = True


def trigram_index(column, where=None):
    """Return the definition of an index for similar words, if the database has the means.

    Without the extension ``pg_trgm`` spellings are still found by their keys; slips of the
    keyboard are not.

    :param where: which rows are in it; all by default
    """
    index = f"USING gin ({column} gin_trgm_ops)" + (f" WHERE {where}" if where else "")
    return lambda registry: index if registry.has_trigram else ""
