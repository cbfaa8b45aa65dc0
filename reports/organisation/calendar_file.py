"""One event as a file for calendars (RFC 5545)."""

from uuid import NAMESPACE_OID, uuid5

from odoo import fields

MOMENT, DAY = "%Y%m%dT%H%M%SZ", "%Y%m%d"
# Of a line, in bytes of UTF-8 (RFC 5545, 3.1)
LONGEST = 75


def calendar_file(env, key, times, title, place="", *, cancelled=False, private=True):
    """Return the file as bytes.

    :param key: what tells the event from all others of this database, for good
    :param times: of ``moments`` or ``whole_day``
    """
    # sudo: ir.config_parameter - which database it is, told as a hash alone
    database = env["ir.config_parameter"].sudo().get_param("database.uuid")
    lines = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//integration_management//appointment//EN"),
        ("METHOD", "PUBLISH"),
        ("BEGIN", "VEVENT"),
        ("UID", str(uuid5(NAMESPACE_OID, f"{database}-{key}"))),
        ("DTSTAMP", fields.Datetime.now().strftime(MOMENT)),
        *times,
        ("SUMMARY", escape(title)),
        *([("LOCATION", escape(place))] if place else []),
        ("CLASS", "PRIVATE" if private else "PUBLIC"),
        ("STATUS", "CANCELLED" if cancelled else "CONFIRMED"),
        ("TRANSP", "OPAQUE"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]
    return "".join(fold(f"{name}:{value}") for name, value in lines).encode()


def moments(start, stop):
    """Return the times of what has hours.

    They are given in universal time, so each device shows them by the clocks of its place, also
    across the changes of the clocks.
    """
    return [("DTSTART", start.strftime(MOMENT)), ("DTEND", stop.strftime(MOMENT))]


def whole_day(day):
    """Return the times of what is on a day and has no hour yet."""
    return [
        ("DTSTART;VALUE=DATE", day.strftime(DAY)),
        ("DTEND;VALUE=DATE", fields.Date.add(day, days=1).strftime(DAY)),
    ]


def escape(words):
    """Return ``words`` as a value of type TEXT: nothing in it begins another line or value."""
    words = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "".join(sign if sign.isprintable() else "\n" for sign in words).splitlines()
    return "\\n".join(filter(None, lines))


def fold(line):
    """Return a line folded after 75 bytes, never within a sign, and ended."""
    folded, size = "", 0
    for sign in line:
        length = len(sign.encode())
        if size + length > LONGEST:
            folded, size = folded + "\r\n ", 1
        folded, size = folded + sign, size + length
    return folded + "\r\n"
