"""SQL source of what is counted of arrivals in follow-up accommodation (county standard 3.1).

An arrival is the worker's who keeps it, a first visit that of who went there, an answer that of
who noted it. Words have gone by then; none of this rests on them.
"""

from odoo.tools import SQL


def arrivals(asked) -> SQL:
    """Moves, first visits, first meetings and answers, each on its own day.

    A move that is only announced counts once it has come.
    """
    return SQL(
        """SELECT 'arrival' AS measure, NULL::integer AS item, a.id AS ident, a.user_id,
                  a.company_id, a.municipality_id,
                  date_trunc('month', a.date_move::timestamp)::date AS month
             FROM integration_arrival a
            WHERE a.date_move BETWEEN %(start)s AND %(last_day)s
            UNION ALL
           SELECT m.measure, NULL, a.id, v.user_id, a.company_id, a.municipality_id,
                  date_trunc('month', v.date::timestamp)::date
             FROM integration_arrival a %(visit)s
            CROSS JOIN LATERAL (VALUES
                  ('arrival_visited'),
                  (CASE WHEN v.date - a.date_move <= 7 THEN 'arrival_visited_week'
                        WHEN v.date - a.date_move <= 30 THEN 'arrival_visited_month' END)
                  ) m(measure)
            WHERE a.date_visited BETWEEN %(start)s AND %(stop)s AND m.measure IS NOT NULL
            UNION ALL
           SELECT 'arrival_reached', NULL, a.id, v.user_id, a.company_id, a.municipality_id,
                  date_trunc('month', v.date::timestamp)::date
             FROM integration_arrival a %(met)s
            WHERE a.date_reached BETWEEN %(start)s AND %(stop)s
            UNION ALL
           SELECT 'arrival_' || a.state, NULL, a.id, a.user_id, a.company_id, a.municipality_id,
                  date_trunc('month', a.date_result::timestamp)::date
             FROM integration_arrival a
            WHERE a.state IN ('accepted', 'declined')
              AND a.date_result BETWEEN %(start)s AND %(stop)s""",
        visit=_first(SQL("TRUE")),
        met=_first(SQL("w.result <> 'nobody'")),
        start=asked.start,
        stop=asked.stop,
        last_day=asked.periods[-1].last_day,
    )


def _first(condition) -> SQL:
    """Join the first visit of an arrival; of two on one day, the one that was entered first."""
    return SQL(
        """CROSS JOIN LATERAL (
               SELECT w.user_id, w.date FROM integration_arrival_visit w
                WHERE w.arrival_id = a.id AND %s ORDER BY w.date, w.id LIMIT 1) v""",
        condition,
    )
