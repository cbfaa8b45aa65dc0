"""The smallest number that is printed, of each employer and of each county."""

from odoo.tools import SQL

DEFAULT_THRESHOLD = 5
# Fields read below
READS = {
    "res.company": ["integration_small_number"],
    "integration.mandate": ["company_id", "county_id"],
    "integration.county": ["company_id"],
}


def employers_thresholds(env, company_ids):
    """Return {employer: smallest number printed}; ``env`` is the engine's.

    The larger one of an employer's own setting and that of her county's office: what one of
    them hides must not be printed by the other.
    """
    for model, names in READS.items():
        env[model].flush_model(names)
    rows = env.execute_query(
        SQL(
            """SELECT e.id, max(GREATEST(e.integration_small_number, o.integration_small_number))
                 FROM res_company e
                 LEFT JOIN integration_mandate m ON m.company_id = e.id
                 LEFT JOIN integration_county c ON c.id = m.county_id
                 LEFT JOIN res_company o ON o.id = c.company_id
                WHERE e.id = ANY(%s) GROUP BY e.id""",
            list(company_ids),
        )
    )
    return {employer: smallest or 0 for employer, smallest in rows}


def offices_thresholds(env, county_ids):
    """Return {county: smallest number printed}, as its office has set it."""
    counties = env["integration.county"].browse(county_ids)
    return {
        county.id: county.company_id.integration_small_number or DEFAULT_THRESHOLD
        for county in counties
    }
