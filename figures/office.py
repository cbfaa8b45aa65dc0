"""SQL source of what is counted of office hours: the way to the Kommstruktur (standard 3.3).

A session is the worker's who held it, and its visitors as well; a talk that of who held it. Talks
are known by their channel, so years before the lists of visitors are counted by the same rule.
"""

from odoo.tools import SQL

# Of data/contact/integration.channel.csv; it never changes once it is used
CHANNEL = "office_hours"


def office(asked) -> SQL:
    """Sessions that took place, entries on their lists, and talks at office hours.

    A session that is not cancelled has taken place once its day has come.
    """
    return SQL(
        """SELECT 'office_session' AS measure, NULL::integer AS item, s.id AS ident, s.user_id,
                  s.company_id, s.municipality_id,
                  date_trunc('month', s.date::timestamp)::date AS month
             FROM integration_office_session s
            WHERE s.state <> 'cancelled' AND s.date BETWEEN %(start)s AND %(last_day)s
            UNION ALL
           SELECT 'office_visitor', NULL, v.id, s.user_id, s.company_id, s.municipality_id,
                  date_trunc('month', s.date::timestamp)::date
             FROM integration_office_visitor v
             JOIN integration_office_session s ON s.id = v.session_id
            WHERE s.state <> 'cancelled' AND s.date BETWEEN %(start)s AND %(last_day)s
            UNION ALL
           SELECT 'office_talk', NULL, c.id, c.user_id, c.company_id, c.municipality_id,
                  date_trunc('month', c.date::timestamp)::date
             FROM integration_contact c
             JOIN integration_channel k ON k.id = c.channel_id AND k.code = %(channel)s
            WHERE c.is_talk AND c.date BETWEEN %(start)s AND %(stop)s""",
        start=asked.start,
        stop=asked.stop,
        last_day=asked.periods[-1].last_day,
        channel=CHANNEL,
    )
