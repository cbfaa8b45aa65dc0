"""Counts the probes and says at the end of the run how many there were."""

import atexit
import sys
from collections import Counter

PROBES = Counter()


def count(what, number=1):
    """Remember that ``number`` probes of the kind ``what`` were made."""
    if not PROBES:
        atexit.register(report)
    PROBES[what] += number


def report(stream=None):
    """Write the number of probes, in all and by kind."""
    lines = [f"Walls: {sum(PROBES.values())} probes"]
    lines += [f"  {number:>7} {what}" for what, number in sorted(PROBES.items())]
    (stream or sys.__stderr__).write("\n".join(lines) + "\n")
