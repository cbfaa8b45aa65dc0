"""One appointment as a file for calendars, without name and without words."""

from ..organisation.calendar_file import calendar_file, moments, whole_day


def appointment_ics(appointment, title, place=""):
    """Return the file as bytes; a time still open is a day without one."""
    times = (
        whole_day(appointment.date)
        if appointment.time_open
        else moments(appointment.start, appointment.stop)
    )
    cancelled = appointment.state == "cancelled"
    return calendar_file(appointment.env, appointment.id, times, title, place, cancelled=cancelled)
