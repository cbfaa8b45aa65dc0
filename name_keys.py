"""Keys by which names are found however they were written down: script, spelling, order.

A letter of another script becomes Latin by a library (anyascii). What is left are the habits of
transliteration: Khaled, Chalid and خالد are one name. So a word is reduced to how it sounds:

- its *sounds*, consonants without the vowels that Arabic does not write and everybody spells
  differently. Letters that stand for several sounds give several keys (German J, Turkish C);
- its *sound in full*, with three vowels left: the measure of how far two spellings are apart.

Both know no language of a person, for nobody knows it while a name is being typed.
"""

import re
import unicodedata
from datetime import date
from itertools import islice, product

from anyascii import anyascii

from .tools import UNSEEN

# Letters of which the library keeps the shape, not the sound
LETTERS = str.maketrans(
    {
        **dict.fromkeys("çčć", "tsch"),
        **dict.fromkeys("şšș", "sch"),
        "ž": "zh",
        "đ": "dj",
        **dict.fromkeys("اأإآٱىة", "a"),
        **dict.fromkeys("ءئؤ", ""),
        "ع": "",
        # No h that makes another sound of the letter before it
        **dict.fromkeys("حه", "7"),
    }
)
ARABIC_AYN = "ع"
# Spellings of one sound, the longest first; several sounds where nobody can know which is meant.
# Vowels are a (open), e (in front) and o (at the back).
SPELLINGS = {
    **{"schtsch": ("c", "s"), "shch": ("c", "s"), "tsch": ("c",), "dsch": ("j",)},
    **{"sch": ("s",), "tch": ("c",), "dzh": ("j",), "kh": ("h",), "gh": ("g",), "ph": ("f",)},
    **{"sh": ("s",), "zh": ("s",), "xh": ("j",), "ch": ("c", "h", "s"), "th": ("t",)},
    **{"dh": ("t",), "ck": ("k",), "dj": ("j",), "gj": ("j",), "ts": ("s",), "tz": ("s",)},
    **{"cz": ("c",), "dz": ("s",), "qu": ("k",), "x": ("ks",), "q": ("k",), "z": ("s",)},
    **{"d": ("t",), "p": ("b",), "v": ("f",), "w": ("f", "o"), "g": ("g", "h")},
    **{"j": ("j", "e"), "y": ("e",), "i": ("e",), "u": ("o",), "c": ("k", "j", "c")},
    **{"7": ("h",)},
}
BEFORE_FRONT_VOWEL = {"c": ("s", "j", "c")}
AT_THE_START = {"w": ("f",), "y": ("i", "e"), "j": ("j", "i", "e"), "g": ("g", "h", "j")}
VOWELS = "aeo"
UNIT = re.compile("|".join([*sorted(SPELLINGS, key=len, reverse=True), "[a-z0-9]"]))
# What stands before a name and is left out as often as not
PARTICLES = frozenset("al el ul as ash ar an ad bin bint ben ibn van von der de".split())
ARTICLE = re.compile(r"^(?:al|el|ul)(?=.{3})")
SERVANT = re.compile(r"^abd(?:[aeiou]*l|[aeiou])?(.{2,})$")
MOST_KEYS = 12
MOST_WORDS = 8

DATES = (
    (re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})$"), (3, 2, 1)),
    (re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$"), (1, 2, 3)),
)
PHONE = re.compile(r"^[+(]?[\d\s()/.+-]+$")
SHORTEST_PHONE = 6
COUNTRY = "49"


def words_of(name):
    """Return the words of a name in Latin letters, without particles unless there is nothing else.

    A name of a servant of God (Abdul Rahman, Abdurrahman, عبد الرحمن) is two words, however it is
    written.
    """
    text = unicodedata.normalize("NFC", (name or "").translate(UNSEEN)).casefold()
    words = []
    for part in re.split(r"[^\w'’ʼ`]+", text)[: 2 * MOST_WORDS]:
        word = "a" + part[1:] if part.startswith(ARABIC_AYN) else part
        word = re.sub(r"[^a-z0-9]", "", anyascii(word.translate(LETTERS)).casefold())
        servant = SERVANT.match(word)
        words += ["abd", servant[1]] if servant else [word]
    words = [word for word in words if re.search("[a-z]", word)][:MOST_WORDS]
    return [word for word in words if word not in PARTICLES] or words


def _units(word):
    """Return the sounds of a word one by one, each with all that its spelling may mean."""
    units = []
    matches = list(UNIT.finditer(word))
    for match in matches:
        spelling = match[0]
        meant = SPELLINGS.get(spelling, (spelling,))
        if spelling in BEFORE_FRONT_VOWEL and word[match.end() : match.end() + 1] in tuple("eiy"):
            meant = BEFORE_FRONT_VOWEL[spelling]
        if spelling == "w" and not re.search(
            "[aeiouy]", word[match.start() - 1] + word[match.end() : match.end() + 1]
        ):
            # Between consonants a long vowel, in Arabic letters
            meant = ("o", "f")
        if not match.start():
            meant = AT_THE_START.get(spelling, meant)
            if re.match("i[aeou]", word):
                meant = ("e", "i")
        units.append(meant)
    # Sarah and Sara; the Arabic ending is written or not
    return units[:-1] if len(units) > 1 and units[-1] == ("h",) else units


def sound_in_full(word):
    """Return how a word sounds, with vowels; of several sounds the first."""
    return _single("".join(meant[0] for meant in _units(word)))


def sounds(word):
    """Return the keys of a word: its consonants, and one sign for whatever vowel it begins with."""
    units = _units(word)
    keys = []
    for meant in islice(product(*units), MOST_KEYS * 4):
        first, rest = meant[:1], meant[1:]
        start = "".join("a" if sign in VOWELS else sign for sign in first)
        key = _single(start + "".join(sign for sign in rest if sign not in VOWELS))
        if key not in keys:
            keys.append(key)
    return keys[:MOST_KEYS]


def _single(text):
    return re.sub(r"(.)\1+", r"\1", text)


def word_keys(word):
    """Return the keys of a word, also without an article that was written together with it."""
    without = ARTICLE.sub("", word)
    return list(dict.fromkeys([*sounds(word), *(sounds(without) if without != word else ())]))


def name_key(name):
    """Return the sounds of all words of a name and of words joined, between spaces."""
    words = words_of(name)
    joined = [one + other for one, other in zip(words, words[1:], strict=False)]
    keys = [key for word in words for key in word_keys(word)]
    keys += [key for word in joined for key in sounds(word)[:3]]
    return f" {' '.join(dict.fromkeys(keys))} " if keys else ""


def name_sound(name):
    """Return the words of a name as they sound in full."""
    return " ".join(sound_in_full(word) for word in words_of(name))


def phone_numbers(text):
    """Return the numbers in a field as digits with the country's code, German ones without +."""
    numbers = []
    for part in re.split(r"[,;]|\s/\s(?=[+0])|[a-zäöü]{3,}", (text or "").lower()):
        number = phone_number(part)
        if number:
            numbers.append(number)
    return numbers


def phone_number(text):
    """Return one number as digits with the code of the country: +49, 0049 and 0 are the same."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if len(digits) < SHORTEST_PHONE:
        return ""
    if text.strip().startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return COUNTRY + digits[1:] if digits.startswith("0") else digits


def day_of(word):
    """Return the day that a word says, as it is written in Germany or by ISO; else ``None``."""
    for pattern, order in DATES:
        match = pattern.match(word)
        if match:
            year, month, day = (int(match[place]) for place in order)
            if year < 100:
                this_year = date.today().year  # noqa: DTZ011 - a century, not a day
                year += 1900 if 2000 + year > this_year else 2000
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


class Sought:
    """What somebody typed into a search: words of a name, dates of birth, telephone number."""

    def __init__(self, text):
        text = " ".join(str(text or "").split())[:200]
        days = {word: day_of(word) for word in text.split()}
        self.days = [day for day in days.values() if day]
        rest = " ".join(word for word in text.split() if not days[word])
        self.phone = phone_number(rest) if PHONE.match(rest) else ""
        self.parts = [] if self.phone else words_of(rest)
        self.name = rest

    def __bool__(self):
        return bool(self.parts or self.days or self.phone)
