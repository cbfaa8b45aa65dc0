"""What the employers of the demo tell their clients: privacy notices, reviewed and published."""

from ..organisation.county import MODULE

# Days ago from which a version holds, per employer: Friedrichshafen has revised its text.
VERSIONS = {"friedrichshafen": (540, 60), "ueberlingen": (535,), "linzgau": (530,)}
LANGUAGES = {
    "friedrichshafen": ("de", "en", "ar", "uk", "ti"),
    "ueberlingen": ("de", "uk"),
    "linzgau": ("de", "ar"),
}
REVIEWER = "Sabine Roth, Datenschutz"
REVISED = {
    "de": "Neu in dieser Fassung: Wir sagen Ihnen auf Wunsch, wem wir etwas weitergegeben haben.",
    "en": "New in this version: on request we tell you to whom we have passed something on.",
}


class Notices:
    """The published notices, found by employer, language and day."""

    def __init__(self, county):
        self.county = county
        self._published = {}

    def publish(self):
        """Take over the shared drafts and publish them, version by version."""
        for key, days in VERSIONS.items():
            company = self.county.companies[key]
            # sudo: notices are written by data protection, which not every employer here has
            env = self.county.env(su=True, context={"allowed_company_ids": company.ids})
            drafts = {code: env.ref(f"{MODULE}.consent_notice_{code}") for code in LANGUAGES[key]}
            rows = self._published[company] = []
            for number, days_ago in enumerate(days, start=1):
                for code, draft in drafts.items():
                    notice = self._publish(draft, days_ago, number, code)
                    drafts[code] = notice
                    rows.append(notice)

    def _publish(self, draft, days_ago, number, code):
        notice = draft.browse(draft.action_new_version()["res_id"])
        vals = {"version": number, "reviewer": REVIEWER, "valid_from": self.county.day(days_ago)}
        if number > 1 and code in REVISED:
            vals["rights"] = f"{draft.rights}\n{REVISED[code]}"
        notice.write(vals)
        notice.action_publish()
        return notice

    def since(self, company):
        """Return the first day of the newest version of ``company``."""
        return max(notice.valid_from for notice in self._published[company])

    def find(self, client, day):
        """Return the id of the notice ``client`` was shown on ``day``, if there was one."""
        rows = [
            n
            for n in self._published[client.company_id.with_env(self.county.env)]
            if n.valid_from <= day
        ]
        newest = [n for n in rows if n.version == max(row.version for row in rows)]
        by_code = {notice.language_id.code: notice for notice in newest}
        for code in [*client.language_ids.mapped("code"), "de"]:
            if code in by_code:
                return by_code[code].id
        return False
