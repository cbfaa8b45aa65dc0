"""Public holidays of Baden-Württemberg, by a library that knows the movable ones and new laws."""

import functools

import holidays


@functools.lru_cache(maxsize=64)
def _of_year(year, language):
    return holidays.Germany(subdiv="BW", years=year, language=language)


def holiday_name(day, lang=""):
    """Return the name of the holiday on ``day``, or nothing on any other day.

    :param lang: of the reader; German for German, English for all others
    """
    language = "de" if (lang or "").startswith("de") else "en_US"
    return _of_year(day.year, language).get(day) or ""
