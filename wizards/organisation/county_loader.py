from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .county_plan import CountyPlan


class IntegrationCountyLoader(models.AbstractModel):
    """Compare the rows of a preset with what is there, create the rest, and report."""

    _name = "integration.county.loader"
    _description = "Loader of Counties"

    # ------------------------------------------------------------
    # Permission
    # ------------------------------------------------------------

    @api.model
    def _check_allowed(self):
        """Refuse everybody but administrators of employers and county coordinators."""
        if not self.env.su and not self.env.user.has_groups(
            "integration_management.group_admin,integration_management.group_county"
        ):
            raise AccessError(
                self.env._("Only administration and county coordination may load a county.")
            )

    @api.model
    def _is_keeper(self, county_ags):
        """Return whether the user coordinates the county, or may take over a new one.

        A county that nobody keeps yet can be taken over by a county office, but not once
        other employers have mandates in it: keeping it opens their figures. Then the
        system administrator enters the county office.
        """
        company = self.env.company
        if not self.env.user.has_group("integration_management.group_county"):
            return False
        # sudo: integration.county, integration.mandate - who keeps it, not what it holds
        county = self._find_counties([county_ags])
        if county.company_id:
            return county.company_id in self.env.companies
        if company.integration_employer_type != "county":
            return False
        # sudo: integration.mandate - as above
        mandates = self.env["integration.mandate"].sudo()
        return not mandates.search_count(
            [("county_id", "in", county.ids), ("company_id", "not in", self.env.companies.ids)],
            limit=1,
        )

    @api.model
    def _allowed_companies(self, county_keys):
        """Return the employers the user may give mandates in these counties to."""
        companies = self.env["res.company"]
        if self.env.su:
            return companies.search([("active", "=", True)])
        if self.env.user.has_group("integration_management.group_admin"):
            companies |= self.env.companies
        if all(self._is_keeper(key) for key in county_keys):
            companies |= companies.search([("integration_employer_type", "!=", False)])
        if not companies:
            raise UserError(
                self.env._(
                    "This county is not kept by your county office: only its own coordinators"
                    " load it. If nobody keeps it but employers have mandates in it already, the"
                    " system administrator enters your office there."
                )
            )
        return companies

    # ------------------------------------------------------------
    # Loading
    # ------------------------------------------------------------

    @api.model
    def _find_counties(self, keys):
        # sudo: integration.county - archived or not visible, the key is unique all the same
        counties = self.env["integration.county"].sudo().with_context(active_test=False)
        return counties.search([("ags", "in", list(keys))])

    @api.model
    def _find_municipalities(self, rows):
        # sudo: integration.municipality - see _find_counties
        municipalities = self.env["integration.municipality"].sudo().with_context(active_test=False)
        return municipalities.search([("ags", "in", [row.ags for row in rows])])

    @api.model
    def _compare(self, rows, companies, date_start) -> CountyPlan:
        """Return what the rows ask for beyond what is there already.

        :param dict companies: company by name of the employer
        :param date date_start: first day of new mandates
        """
        counties = set(self._find_counties({row.county_ags for row in rows}).mapped("ags"))
        municipalities = self._find_municipalities(rows)
        existing = set(municipalities.mapped("ags"))
        plan = CountyPlan(
            counties={row.county_ags: row.county for row in rows if row.county_ags not in counties},
            counties_there=len(counties),
            municipalities={row.ags: row for row in rows if row.ags not in existing},
            municipalities_there=len(existing),
        )
        taken = self._taken(municipalities, companies.values(), date_start)
        for row in rows:
            plan.place(row, companies.get(row.employer), taken)
        return plan

    @api.model
    def _taken(self, municipalities, companies, date_start):
        """Return {(key of the municipality, id of the company)} of mandates from a day on."""
        # sudo: integration.mandate - an overlap counts no matter who may see the other mandate
        mandates = self.env["integration.mandate"].sudo()
        mandates = mandates.search(
            Domain("municipality_id", "in", municipalities.ids)
            & Domain("company_id", "in", [company.id for company in companies])
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", date_start))
        )
        return {(mandate.municipality_id.ags, mandate.company_id.id) for mandate in mandates}

    @api.model
    def _load(self, rows, companies, date_start, county_company=None) -> CountyPlan:
        """Create what is missing, all or nothing, and return what was created.

        :raises AccessError: the user may not give mandates to one of the companies
        """
        self._check_allowed()
        keys = {row.county_ags for row in rows}
        allowed = self._allowed_companies(keys)
        if any(company not in allowed for company in companies.values()):
            raise AccessError(self.env._("You may not give mandates to one of these companies."))
        plan = self._compare(rows, companies, date_start)
        self._create_counties(plan, keys, county_company)
        self._create_municipalities(plan, keys)
        self._create_mandates(plan, rows, date_start)
        return plan

    @api.model
    def _create_counties(self, plan, keys, county_company):
        """Create missing counties and enter the user's county office where it may keep them."""
        keepers = {key: self._keeper(key, county_company) for key in keys}
        for county in self._find_counties(keys):
            if keepers[county.ags] and not county.company_id:
                county.company_id = keepers[county.ags]
                plan.taken_over.append(county.name)
        # sudo: integration.county - see the municipalities
        self.env["integration.county"].sudo().create(
            [
                {"ags": key, "name": name, "company_id": keepers[key].id}
                for key, name in plan.counties.items()
            ]
        )

    @api.model
    def _keeper(self, key, county_company):
        """Return the county office that will keep a county, if the user decides on that."""
        if self.env.su:
            return county_company or self.env["res.company"]
        return self.env.company if self._is_keeper(key) else self.env["res.company"]

    @api.model
    def _create_municipalities(self, plan, keys):
        counties = {county.ags: county.id for county in self._find_counties(keys)}
        # sudo: integration.municipality - public facts; administrators of employers may
        # bring them in from a preset, but not edit them
        self.env["integration.municipality"].sudo().create(
            [
                {"name": row.municipality, "ags": ags, "county_id": counties[row.county_ags]}
                for ags, row in plan.municipalities.items()
            ]
        )

    @api.model
    def _create_mandates(self, plan, rows, date_start):
        places = {place.ags: place.id for place in self._find_municipalities(rows)}
        # As the user: the rules say once more for whom.
        self.env["integration.mandate"].create(
            [
                {
                    "municipality_id": places[row.ags],
                    "company_id": company.id,
                    "mode": row.mode,
                    "principal": row.principal,
                    "date_start": date_start,
                }
                for row, company in plan.mandates
            ]
        )

    # ------------------------------------------------------------
    # Reporting
    # ------------------------------------------------------------

    @api.model
    def _describe(self, plan, done):
        """Return a plan in words, as an announcement or, once it is done, as a report."""
        lines = [self._opening(plan, done), *self._numbers(plan)]
        if plan.taken_over:
            lines.append(self.env._("Your county office now keeps: %s", ", ".join(plan.taken_over)))
        if plan.unmapped:
            lines.append(self.env._("Left out, because no company is chosen for the employer:"))
            lines += self._by_employer(plan.unmapped)
        if plan.without:
            names = ", ".join(row.municipality for row in plan.without)
            lines.append(self.env._("Municipalities without a mandate: %s", names))
        return "\n".join(lines)

    @api.model
    def _opening(self, plan, done):
        if plan.changes_anything:
            return self.env._("Created:") if done else self.env._("Will be created:")
        if done:
            return self.env._("Everything is there already: nothing was changed.")
        return self.env._("Everything is there already: nothing will be changed.")

    @api.model
    def _numbers(self, plan):
        """Return one line each for counties, municipalities and mandates."""
        return [
            self.env._(
                "• Counties: %(new)s new, %(old)s already there",
                new=len(plan.counties),
                old=plan.counties_there,
            ),
            self.env._(
                "• Municipalities: %(new)s new, %(old)s already there",
                new=len(plan.municipalities),
                old=plan.municipalities_there,
            ),
            self.env._(
                "• Mandates: %(new)s new, %(old)s already there and left as they are",
                new=len(plan.mandates),
                old=len(plan.kept),
            ),
        ]

    @api.model
    def _by_employer(self, rows):
        """Return one line per employer with its municipalities."""
        employers = {}
        for row in rows:
            employers.setdefault(row.employer, []).append(row.municipality)
        return [f"• {employer}: {', '.join(names)}" for employer, names in employers.items()]
