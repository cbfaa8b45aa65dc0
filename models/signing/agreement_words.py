"""What an agreement sheet says, as plain values: put together once, frozen, and drawn from then on.

A sheet is drawn from these values alone. So no later change of an area, of the directory, of a
name or of a wording reaches what was agreed.
"""

import hashlib
import json

# The wordings of the sheet; areas come by the goals.
PREFIXES = ("agreement.",)
SHARED = (
    "name",
    "born",
    "file_number",
    "yes",
    "no",
    "draft",
    "no_language",
    "sign_client",
    "sign_guardian",
    "sign_worker",
    "interpreter",
    "sign.on_screen",
)


def frozen(words) -> str:
    """Return ``words`` as the one text that is stored and hashed: equal words, equal bytes."""
    return json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text) -> str:
    """Return the SHA-256 of frozen words."""
    return hashlib.sha256((text or "").encode()).hexdigest()


def german_day(day) -> str:
    """Return ``day`` as it is written in Germany."""
    return day.strftime("%d.%m.%Y") if day else ""


def typed_words(version):
    """Yield (key, text) of everything in ``version`` that somebody typed in German, in order."""
    for number, goal in enumerate(version["goals"]):
        yield str(number), goal["text"]
        for place, step in enumerate(goal["steps"]):
            yield f"{number}.{place}", step["text"]


def column(texts, language, version):
    """Return one column of the sheet: a language with its wordings, frozen.

    :param texts: the library of wordings
    """
    areas = {f"area.{goal['area']}" for goal in version["goals"]}
    wordings = {
        code: text
        for code, text in texts._wordings(language).items()
        if code in SHARED or code in areas or code.startswith(PREFIXES)
    }
    return {
        "code": language.code,
        "direction": language.direction,
        "reviewed": texts._is_reviewed(language, wordings),
        "text": wordings,
    }
