"""The words in which every room asks for consent."""

from typing import NamedTuple

# A decision that gives a consent, and one that says no to it
GIVEN = ("given", "renewed")
DECLINED = ("refused", "withdrawn")


class Ask(NamedTuple):
    """One question to the gate: does ``client`` agree to ``purpose``, on ``day`` (today)?"""

    client: object
    purpose: str
    day: object = None


class Later:
    """Collects the contacts that are asked about once, when the whole of them is written.

    Rows of persons are written as part of their contact. A context from the browser can carry
    the key under which this travels, never an object of this class.
    """

    def __init__(self):
        self.contact_ids = set()
        self.collects = True
