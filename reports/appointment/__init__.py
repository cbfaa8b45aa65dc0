from . import appointment_slip
