"""What somebody asks for, in one piece, before anybody has checked whether she may have it."""

from dataclasses import dataclass
from typing import Any

from .period import Period

STATE, LOCAL, CHANGE = "state", "local", "change"
PROFILE_SELECTION = [
    (STATE, "State figures"),
    (LOCAL, "Local monitoring"),
    (CHANGE, "What has changed"),
]


@dataclass(frozen=True)
class FiguresRequest:
    """Which figures, of when, and whose work.

    :ivar profile: ``state``, ``local`` or ``change``
    :ivar period: None where it does not matter, as for the tables that there are
    :ivar kind: kind of scope: ``all``, ``county``, ``employer``, ``municipality`` or ``worker``
    :ivar user: record of the case worker; these four may be empty, but for the one that the
        kind of scope names
    """

    profile: str
    period: Period | None
    kind: str
    user: Any = None
    employer: Any = None
    municipality: Any = None
    county: Any = None

    @property
    def target(self):
        """The one record that the kind of scope names; it is empty if nobody chose one."""
        return getattr(self, {"worker": "user"}.get(self.kind, self.kind), None)
