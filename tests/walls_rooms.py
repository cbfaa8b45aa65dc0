"""What single rooms add to a file whose walls are attacked, each from its own tests."""

from .intake.walls_intake import import_under_way
from .papers.walls_papers import papers_in


def rows_of_rooms(case, client):
    """Return a row of each of these rooms' models in the file of ``client``, as its owner.

    :returns: {key of the table: records}
    """
    return {**import_under_way(client), **papers_in(case)}
