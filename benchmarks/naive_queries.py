"""What somebody writes who needs one of the official figures in one query: {figure: SQL}.

The definitions of docs/figures.md over the tables where things were entered, counted by all
breakdowns at once with grouping sets. Nothing is taken from columns that repeat another table's.
Rows are (item, worker, employer, municipality, month, then for each of the four whether it is
summed up, number). naive.py compares the numbers with those of the engine, and then the times.
"""


def grouped(number, item, dimensions, tables, where, items="()"):
    """Return the query that counts ``number`` by (worker, employer, municipality, month)."""
    return f"""
        SELECT {item}, {", ".join(dimensions)},
               {", ".join(f"grouping({dimension})" for dimension in dimensions)}, {number}
          FROM {tables}
         WHERE {where} AND {dimensions[1]} = ANY(%(companies)s)
           AND (%(users)s::integer[] IS NULL OR {dimensions[0]} = ANY(%(users)s))
         GROUP BY GROUPING SETS ({items}),
               GROUPING SETS ((), {", ".join(f"({dimension})" for dimension in dimensions)})"""


def talks(number="count(DISTINCT c.id)", joins="", where="TRUE", item="NULL::integer", items="()"):
    """Return the query for a figure of talks."""
    return grouped(
        number,
        item,
        ("c.user_id", "c.company_id", "c.municipality_id", "date_trunc('month', c.date)::date"),
        f"integration_contact c JOIN integration_channel ch ON ch.id = c.channel_id {joins}",
        f"""c.reached AND c.cancelled IS NOT TRUE AND ch.counts_as_talk
            AND c.date BETWEEN %(start)s AND %(stop)s AND {where}""",
        items,
    )


def on_day(day, table, responsible):
    """Return the joins of a case ``k`` and of who was responsible for it on a day."""
    return f"""{table}
        LEFT JOIN integration_case_assignment a ON a.case_id = {responsible}
             AND a.date_from <= {day} AND (a.date_to IS NULL OR a.date_to >= {day})"""


def lasting(number, table, where, worker, employer, place, responsible):
    """Return the query for what holds on the last day of the period, and of each month."""
    last = "%(last_day)s::date"
    whole = grouped(
        number,
        "NULL::integer",
        (worker, employer, place, "NULL::date"),
        on_day(last, table, responsible),
        where.format(day=last),
    )
    # Months are other days, hence another question
    whole = whole.replace("grouping(NULL::date)", "1").replace(", (NULL::date))", ")")
    return f"""{whole}
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, month::date, 1, 1, 1, 0, {number}
          FROM generate_series(date_trunc('month', %(start)s::date), {last}, '1 month') month
         CROSS JOIN LATERAL
               (SELECT LEAST(month + interval '1 month - 1 day', {last})::date AS day) ending
         CROSS JOIN {on_day("ending.day", table, responsible)}
         WHERE {where.format(day="ending.day")} AND {employer} = ANY(%(companies)s)
           AND (%(users)s::integer[] IS NULL OR {worker} = ANY(%(users)s))
         GROUP BY month"""


PRESENT = "JOIN integration_contact_person p ON p.contact_id = c.id"
HOUSEHOLD = f"""{PRESENT}
    LEFT JOIN integration_household_member m ON m.client_id = p.client_id
         AND m.date_from <= c.date AND (m.date_to IS NULL OR m.date_to >= c.date)"""
PERSONS = "count(DISTINCT p.client_id)"

QUERIES = {
    "talk": talks(),
    "talk_unnamed": talks(
        joins="LEFT JOIN integration_contact_person p ON p.contact_id = c.id",
        where="c.unnamed_count > 0 AND p.id IS NULL",
    ),
    "office_talk": talks(where="ch.code = 'office_hours'"),
    "person": talks(PERSONS, PRESENT),
    "family": talks("count(DISTINCT COALESCE(m.household_id, -p.client_id))", HOUSEHOLD),
    "family_single": talks(PERSONS, HOUSEHOLD, "m.id IS NULL"),
    "talk_channel": talks(item="c.channel_id", items="c.channel_id"),
    "talk_area": talks(
        joins="JOIN integration_contact_area_rel r ON r.contact_id = c.id",
        item="r.area_id",
        items="(r.area_id), ()",
    ),
    "talk_topic": talks(
        joins="JOIN integration_contact_topic_rel r ON r.contact_id = c.id",
        item="r.topic_id",
        items="(r.topic_id), ()",
    ),
    "plan_new": grouped(
        "count(DISTINCT p.id)",
        "NULL::integer",
        (
            *("p.user_id", "p.company_id", "p.municipality_id"),
            "date_trunc('month', p.date_agreed)::date",
        ),
        "integration_plan p",
        """p.origin_id = p.id AND p.state <> 'draft'
           AND p.date_agreed BETWEEN %(start)s AND %(stop)s""",
    ),
    "plan_active": lasting(
        "count(DISTINCT p.origin_id)",
        "(integration_plan p JOIN integration_case k ON k.id = p.case_id)",
        """p.state <> 'draft' AND p.date_agreed <= {day}
           AND (p.date_ended IS NULL OR p.date_ended > {day})
           AND (k.date_end IS NULL OR k.date_end > {day})""",
        *("a.user_id", "p.company_id", "COALESCE(a.municipality_id, p.municipality_id)"),
        "p.case_id",
    ),
    "case_opened": grouped(
        "count(DISTINCT k.id)",
        "NULL::integer",
        (
            *("a.user_id", "k.company_id", "a.municipality_id"),
            "date_trunc('month', k.date_opened)::date",
        ),
        on_day("k.date_opened", "integration_case k", "k.id"),
        "k.date_opened BETWEEN %(start)s AND %(stop)s",
    ),
    "case_open": lasting(
        "count(DISTINCT k.id)",
        "integration_case k",
        "k.date_opened <= {day} AND (k.date_end IS NULL OR k.date_end > {day})",
        *("COALESCE(a.user_id, k.user_id)", "k.company_id"),
        *("COALESCE(a.municipality_id, k.municipality_id)", "k.id"),
    ),
}
