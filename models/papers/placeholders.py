"""Placeholders of letters: words in braces that are replaced, and nothing else.

There is no expression and no path of fields: a placeholder is one of a fixed list, or it is refused
when the template is saved. Values are put in as they are, once; what a value says is not looked
at again.
"""

import re
import unicodedata

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

# What a template may name; what each is stands in ``_placeholder_words()`` of the template.
PERSON = ("client_name", "client_birthdate", "address")
APPOINTMENT = ("next_appointment_date", "next_appointment_time", "next_appointment_place")
NAMES = (
    "file_number",
    *PERSON,
    "date",
    "worker",
    "worker_phone",
    "worker_email",
    "employer",
    "employer_address",
    "employer_phone",
    "municipality",
    "case_start",
    "recipient",
    "matter",
    *APPOINTMENT,
)
BRACES = re.compile(r"\{([^{}\n]*)\}")


def named(text):
    """Return the set of what stands in braces in ``text``."""
    return set(BRACES.findall(text or ""))


def filled(text, values):
    """Return ``text`` with the placeholders replaced for which there are ``values``."""
    return BRACES.sub(lambda found: values.get(found[1]) or found[0], text or "")


def among_right_to_left(value):
    """Return ``value`` so that it keeps its order within a text from right to left.

    The groups of a telephone number would be read from the last to the first. Marks of embedding,
    for the PDF engine knows none of isolation.
    """
    from_right = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in value or "")
    return f"\u202a{value}\u202c" if value and not from_right else value


def written_name(name):
    """Return a name as it is written in a letter: that of files has the family name in front."""
    family, comma, first = (name or "").partition(",")
    return f"{first.strip()} {family.strip()}" if comma and "," not in first else name or ""


def day_in_words(day, code):
    """Return ``day`` written out in the language ``code``, by digits where it is not known."""
    if not day:
        return ""
    try:
        return format_date(day, "long", locale=Locale.parse(code, sep="-"))
    except (UnknownLocaleError, ValueError):
        return day.strftime("%d.%m.%Y")
