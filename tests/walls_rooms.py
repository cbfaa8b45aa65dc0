"""What single rooms add to a file whose walls are attacked, each from its own tests."""

from .appointment.walls_appointment import appointments
from .intake.walls_intake import import_under_way


def rows_of_rooms(case, client):
    """Return a row of each of these rooms' models in the file of ``client``, as its owner.

    :returns: {key of the table: records}
    """
    return {**appointments(case), **import_under_way(client)}
