"""The smallest number that is printed, of each employer and of each county."""

DEFAULT_THRESHOLD = 5


def employers_thresholds(env, company_ids):
    """Return {employer: smallest number printed}; ``env`` is the engine's.

    The larger one of an employer's own setting and that of her county's office: what one of
    them hides must not be printed by the other.
    """
    companies = env["res.company"].browse(company_ids)
    mandates = env["integration.mandate"].search_fetch(
        [("company_id", "in", companies.ids)], ["company_id", "county_id"]
    )
    result = {}
    for company in companies:
        own = mandates.filtered(lambda mandate, c=company: mandate.company_id == c)
        offices = own.county_id.company_id | company
        result[company.id] = max(offices.mapped("integration_small_number"))
    return result


def offices_thresholds(env, county_ids):
    """Return {county: smallest number printed}, as its office has set it."""
    counties = env["integration.county"].browse(county_ids)
    return {
        county.id: county.company_id.integration_small_number or DEFAULT_THRESHOLD
        for county in counties
    }
