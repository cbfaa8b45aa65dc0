"""SQL source of what is counted of the work in the network (county standard 4).

Meetings belong to those who were there, at the employer by whom they were invited; a network
contact to who had it. Nobody of them is a client, and none of it is a talk.
"""

from odoo.tools import SQL


def meetings(asked) -> SQL:
    """Network meetings at which workers were, to be counted once each."""
    return SQL("SELECT meeting_id AS ident, * FROM (%s) there", _there(asked))


def network(asked) -> SQL:
    """Attendances at network meetings, one for each worker, and network contacts."""
    return SQL(
        """SELECT 'meeting_attendance' AS measure, NULL::integer AS item, t.id AS ident, t.user_id,
                  t.company_id, t.municipality_id, t.month
             FROM (%(there)s) t
            UNION ALL
           SELECT 'network_contact', NULL, c.id, c.user_id, c.company_id, c.municipality_id,
                  date_trunc('month', c.date::timestamp)::date
             FROM integration_network_contact c
            WHERE c.date BETWEEN %(start)s AND %(stop)s""",
        there=_there(asked),
        start=asked.start,
        stop=asked.stop,
    )


def _there(asked) -> SQL:
    """Who was at which meeting; what was only planned or was cancelled was not held."""
    return SQL(
        """SELECT a.id, a.meeting_id, a.user_id, a.employer_id AS company_id, m.municipality_id,
                  date_trunc('month', m.date::timestamp)::date AS month
             FROM integration_meeting_attendance a
             JOIN integration_meeting m ON m.id = a.meeting_id
            WHERE a.attended AND m.state IN ('held', 'closed')
              AND m.date BETWEEN %s AND %s""",
        asked.start,
        asked.stop,
    )
