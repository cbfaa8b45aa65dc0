"""SQL source of what is counted of group offers: dates, and how many came without names."""

from odoo.tools import SQL


def group_offers(asked) -> SQL:
    """Dates that were held, and one row for each who came; the ident tells date and number."""
    return SQL(
        """SELECT m.measure, NULL::integer AS item, m.ident, d.user_id, d.company_id,
                  d.municipality_id, date_trunc('month', d.date::timestamp)::date AS month
             FROM integration_group_offer_date d
            CROSS JOIN LATERAL (
                  SELECT 'group_offer' AS measure, to_jsonb(d.id) AS ident
                   UNION ALL
                  SELECT 'group_participant', jsonb_build_array(d.id, n)
                    FROM generate_series(1, d.participant_count) n) m
            WHERE d.state = 'held' AND d.date BETWEEN %s AND %s""",
        asked.start,
        asked.stop,
    )
