"""What the words in a cell mean: days, yes and no, and which column is which; plain Python."""

import re
import unicodedata
from datetime import date, timedelta

# Headers of the documented format first, then what other systems call it (small, plain letters)
HEADERS = {
    "name": "name|voller name|full name|klient|client",
    "last_name": "last name|nachname|familienname|surname|family name",
    "first_name": "first name|vorname|given name",
    "birthdate": "date of birth|geburtsdatum|geb|geboren|birthdate|birthday|geburtstag",
    "gender": "gender|geschlecht|sex",
    "languages": "languages|sprachen|sprache|language|muttersprache",
    "interpreter_needed": "interpreter needed|dolmetscher|dolmetschen|interpreter",
    "phone": "phone|telefon|telephone|mobil|handy|telefonnummer|mobile",
    "email": "email|e-mail|mail",
    "street": "street|strasse|adresse|address",
    "zip": "zip|plz|postleitzahl|postcode",
    "city": "city|ort|stadt|wohnort|town",
    "household": "household|haushalt|familie|family|haushaltsnummer",
    "household_role": "role in household|rolle|rolle im haushalt|role",
    "nationalities": "nationalities|staatsangehorigkeit|nationalitat|nationality|herkunftsland",
    "date_arrival_country": "in germany since|einreise|einreisedatum|in deutschland seit",
    "consent_date": "consent signed on|einwilligung am|einwilligung|consent",
    "consent_paper": "paper filed|papier abgelegt|einwilligung liegt vor|unterschrift liegt vor",
    "guardian": "guardian|sorgeberechtigte person|sorgeberechtigt|vormund",
    "case_start": "case start|fallbeginn|beginn|betreuung seit|start",
    "municipality": "municipality|gemeinde|kommune",
}
EPOCH = date(1899, 12, 30)
GENDERS = {
    "female": "female weiblich w f frau",
    "male": "male mannlich m herr mann",
    "diverse": "diverse divers d x",
    "unknown": "unknown unbekannt u k.a. ?",
}
YES, NO = "yes ja j y true wahr x 1".split(), "no nein n false falsch 0 -".split()
ROLES = {
    "adult": "adult erwachsene erwachsener erwachsen erwachsene/r",
    "partner": "partner spouse ehepartner ehefrau ehemann partnerin",
    "child": "child kind sohn tochter",
    "parent": "parent elternteil mutter vater",
    "sibling": "sibling bruder schwester geschwister",
    "other": "other sonstige andere",
}
DAYS = ("birthdate", "date_arrival_country", "consent_date", "case_start")


class CellError(ValueError):
    """A cell that means nothing; ``args[0]`` is one of the reasons."""


def plain(text):
    """Return words as headers and choices are compared: small, without accents and signs."""
    letters = unicodedata.normalize("NFKD", str(text).casefold().replace("ß", "ss"))
    letters = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[_:*]", " ", letters).split())


def target(column):
    """Return which field a column is by its header, or None."""
    for name, words in HEADERS.items():
        if plain(column) == plain(name) or plain(column) in words.split("|"):
            return name
    return None


def day(text):
    """Return the day that a cell says: ISO, German, or the number Excel stores.

    Two digits of a year and days of other countries could be two days, so they are none.

    :raises CellError: "day"
    """
    text = text.strip()
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", text)
    german = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text)
    try:
        if iso:
            return date(*map(int, iso.groups()))
        if german:
            return date(*map(int, reversed(german.groups())))
        if re.fullmatch(r"\d{4,5}", text) and 3000 <= int(text) <= 80000:
            return EPOCH + timedelta(days=int(text))
    except ValueError:
        raise CellError("day") from None
    raise CellError("day")


def yes(text):
    """Return whether a cell says yes.

    :raises CellError: "yes"
    """
    if plain(text) in YES:
        return True
    if plain(text) in NO:
        return False
    raise CellError("yes")


def choice(text, choices):
    """Return the key of ``choices`` that a cell names.

    :raises CellError: "choice"
    """
    word = plain(text)
    for key, words in choices.items():
        if word == key or word in words.split():
            return key
    raise CellError("choice")


def several(text):
    """Return the single words of a cell that lists some."""
    return [part.strip() for part in re.split(r"[,;/]", text) if part.strip()]
