"""SQL sources of what talks were about: their life areas and topics.

The columns are those of every source (sources.py). Which of these numbers are told, says
protection/contents.py.
"""

from odoo.tools import SQL

# Measure, table and column of what talks are labelled with
AREAS = ("talk_area", "integration_contact_area_rel", "area_id")
TOPICS = ("talk_topic", "integration_contact_topic_rel", "topic_id")


def talk_areas(asked) -> SQL:
    """Talks by life area."""
    return _labels(asked, *AREAS)


def talk_topics(asked) -> SQL:
    """Talks by topic."""
    return _labels(asked, *TOPICS)


def known_areas(asked) -> SQL:
    """Talks by life area, and of which any is known."""
    return _known_labels(asked, *AREAS)


def known_topics(asked) -> SQL:
    """Talks by topic, and of which any is known."""
    return _known_labels(asked, *TOPICS)


def _labels(asked, measure: str, table: str, column: str) -> SQL:
    """Talks by area or topic; a talk counts once under each of its labels.

    The labels of a few talks are looked up talk by talk (OFFSET 0): else PostgreSQL reads those of
    all employers.
    """
    labels = SQL("JOIN %s r ON r.contact_id = c.id", SQL.identifier(table))
    if asked.few:
        labels = SQL(
            "CROSS JOIN LATERAL (SELECT * FROM %s r WHERE r.contact_id = c.id OFFSET 0) r",
            SQL.identifier(table),
        )
    return SQL(
        """SELECT %(measure)s AS measure, r.%(column)s AS item, c.id AS ident, c.user_id,
                  c.company_id, c.municipality_id,
                  date_trunc('month', c.date::timestamp)::date AS month
             FROM integration_contact c %(labels)s
            WHERE c.is_talk AND c.date BETWEEN %(start)s AND %(stop)s""",
        measure=measure,
        column=SQL.identifier(column),
        labels=labels,
        start=asked.start,
        stop=asked.stop,
    )


def _known_labels(asked, measure: str, table: str, column: str) -> SQL:
    """Talks by area or topic; without an item, talks of which any is known."""
    return SQL(
        """%(labels)s
            UNION ALL
           SELECT %(measure)s, NULL, c.id, c.user_id, c.company_id, c.municipality_id,
                  date_trunc('month', c.date::timestamp)::date
             FROM integration_contact c
            WHERE c.is_talk AND c.date BETWEEN %(start)s AND %(stop)s
              AND EXISTS (SELECT FROM %(table)s r WHERE r.contact_id = c.id)""",
        labels=_labels(asked, measure, table, column),
        measure=measure,
        table=SQL.identifier(table),
        start=asked.start,
        stop=asked.stop,
    )
