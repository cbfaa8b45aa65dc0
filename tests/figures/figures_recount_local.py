"""Persons by trait once more, in plain Python over raw rows, without the engine."""

UNION = {"FR"}  # of those in the test data


class LocalRecount:
    """Counts persons by the words that the report prints for their category."""

    def __init__(self, env):
        for name in (
            "contact_person", "residence", "residence_status", "housing", "housing_type",
            "benefit", "benefit_type", "language", "language_level", "employment",
        ):  # fmt: skip
            env.cr.execute(f'SELECT * FROM "integration_{name}"')  # pylint: disable=sql-injection
            setattr(self, name, env.cr.dictfetchall())
        clients = env["integration.client"].sudo().search([])
        self.clients = {client.id: client for client in clients}
        self.words = {}
        for model, field in (
            ("integration.client", "gender"),
            ("integration.residence.status", "group"),
            ("integration.language.level", "level"),
            ("integration.housing.type", "group"),
            ("integration.employment", "status"),
        ):
            labels = env[model]._fields[field]._description_selection(env)
            self.words[model] = {**dict(labels), None: "Unknown"}
        kinds = env["integration.benefit.type"].search([])
        self.words["benefit"] = {kind.id: kind.name for kind in kinds}

    def persons(self, start, stop, fits):
        """Return who was counselled; ``fits(company, user, municipality)`` is the scope."""
        return {
            row["client_id"]
            for row in self.contact_person
            if row["is_talk"]
            and start <= row["date"] <= stop
            and fits(row["company_id"], row["user_id"], row["municipality_id"])
        }

    def _entry(self, rows, client, day):
        for row in rows:
            if row["client_id"] == client and row["date_from"] <= day:
                if row["date_to"] is None or row["date_to"] >= day:
                    return row
        return None

    def category(self, rule, client, day, _row):
        """Return the words for somebody's category on a day."""
        return getattr(self, f"_{rule}")(client, day)

    def _trait_sex(self, client, _day):
        return self.words["integration.client"][self.clients[client].gender]

    def _trait_age(self, client, day):
        born = self.clients[client].birthdate
        if not born:
            return "Unknown"
        age = day.year - born.year
        for first, last in ((0, 5), (6, 11), (12, 17), (18, 26), (27, 44), (45, 64)):
            if age <= last:
                return f"{first} to {last} years"
        return "65 years and older"

    def _trait_nationality(self, client, _day):
        codes = set(self.clients[client].nationality_ids.mapped("code"))
        if "DE" in codes:
            return "German"
        if codes & UNION:
            return "European Union and free movement"
        if len(codes) > 1:
            return "Several, of different groups"
        if not codes:
            stateless = self.clients[client].nationality_note == "stateless"
            return "Stateless" if stateless else "Unknown"
        return {
            "UA": "Ukraine",
            "SY": "Western Asia (among them Syria, Iraq, Türkiye)",
            "AF": "Rest of Asia (among them Afghanistan, Iran)",
            "NG": "Africa",
        }[codes.pop()]

    def _group(self, rows, types, model, client, day, link):
        entry = self._entry(rows, client, day)
        groups = {row["id"]: row["group"] for row in types}
        return self.words[model][groups[entry[link]] if entry else None]

    def _trait_residence(self, client, day):
        model = "integration.residence.status"
        return self._group(self.residence, self.residence_status, model, client, day, "status_id")

    def _trait_housing(self, client, day):
        model = "integration.housing.type"
        return self._group(self.housing, self.housing_type, model, client, day, "type_id")

    def _trait_benefit(self, client, day):
        entry = self._entry(self.benefit, client, day)
        return self.words["benefit"][entry["type_id"]] if entry else "Unknown"

    def _trait_language(self, client, day):
        german = {row["id"] for row in self.language if row["code"] == "de"}
        rows = [row for row in self.language_level if row["language_id"] in german]
        entry = self._entry(rows, client, day)
        return self.words["integration.language.level"][entry["level"] if entry else None]

    def _trait_work(self, client, day):
        entry = self._entry(self.employment, client, day)
        return self.words["integration.employment"][entry["status"] if entry else None]
