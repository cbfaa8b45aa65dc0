"""What single rooms add to a file whose walls are attacked, each from its own tests."""

from .appointment.walls_appointment import appointments
from .concern.walls_concern import concern_in_file
from .intake.walls_intake import import_under_way
from .interpreter.walls_interpreter import interpreted
from .office.walls_office import office_visit
from .outreach.walls_outreach import arrival_being_visited
from .papers.walls_papers import papers_in
from .safety.walls_safety import safety_rows
from .volunteer.walls_volunteer import volunteer_rows


def rows_of_rooms(case, client):
    """Return a row of each of these rooms' models in the file of ``client``, as its owner.

    :returns: {key of the table: records}
    """
    return {
        **appointments(case),
        **import_under_way(client),
        **interpreted(case),
        **office_visit(case, client),
        **arrival_being_visited(case),
        **concern_in_file(case),
        **papers_in(case),
        **safety_rows(case),
        **volunteer_rows(case),
    }
