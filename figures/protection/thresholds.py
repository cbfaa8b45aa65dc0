"""The smallest number that is printed, of each employer and of a county."""

DEFAULT_THRESHOLD = 5


def employers_thresholds(env, company_ids):
    """Return {employer: smallest number printed}; ``env`` is the engine's.

    The larger one of an employer's own setting and that of her county's office: what one of
    them hides must not be printed by the other.
    """
    companies = env["res.company"].browse(company_ids)
    mandates = env["integration.mandate"].search([("company_id", "in", companies.ids)])
    result = {}
    for company in companies:
        own = mandates.filtered(lambda mandate, c=company: mandate.company_id == c)
        offices = own.county_id.company_id | company
        result[company.id] = max(offices.mapped("integration_small_number"))
    return result


def county_threshold(env, county_id):
    """Return the smallest number printed of a county, as its office has set it."""
    county = env["integration.county"].browse(county_id or [])
    return county.company_id.integration_small_number or DEFAULT_THRESHOLD
