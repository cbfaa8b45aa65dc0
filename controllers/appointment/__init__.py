from . import appointment
