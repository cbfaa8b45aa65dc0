"""What has changed for whom once more, in plain Python over raw rows, without the engine."""

from .figures_recount_local import LocalRecount

ANSWERED = {"not_taken_up": "Referred, not taken up", "refused": "Referred, refused by the body"}
RESULT = {
    "reached": "Goal reached",
    "partly": "Goal partly reached",
    "missed": "Goal not reached",
    "dropped": "Goal dropped",
}


def _year_before(day):
    return day.replace(year=day.year - 1)


class ChangeRecount(LocalRecount):
    """Counts persons by the words that the report prints for their category."""

    def __init__(self, env):
        super().__init__(env)
        for name in (
            "area", "assessment", "assessment_line", "plan", "plan_client_rel", "plan_line",
            "plan_review", "referral", "volunteer_match",
        ):  # fmt: skip
            env.cr.execute(f'SELECT * FROM "integration_{name}"')  # pylint: disable=sql-injection
            setattr(self, name, env.cr.dictfetchall())
        self.areas = {row["name"]["en_US"]: row["id"] for row in self.area}
        self.assessments = {row["id"]: row for row in self.assessment}
        self.plans = {row["id"]: row for row in self.plan}
        self.part = {(row["client_id"], row["id"]) for row in self.plan}
        self.part |= {(row["client_id"], row["plan_id"]) for row in self.plan_client_rel}

    def category(self, rule, client, day, row):
        area = self.areas.get(row.text("group", "en_US"))
        return getattr(self, f"_{rule}")(client, day, *([area] if area else []))

    def _trait_change(self, client, day, area):
        rated = []
        for line in self.assessment_line:
            whole = self.assessments[line["assessment_id"]]
            said = line["strength"] or line["need"]
            if (whole["client_id"], line["area_id"]) == (client, area) and said:
                if whole["date"] <= day:
                    rated.append((whole["date"], whole["id"], whole["case_id"], line))
        if not rated or max(rated, key=lambda r: r[:2])[0] <= _year_before(day):
            return "Not rated in the twelve months"
        case = max(rated, key=lambda r: r[:2])[2]
        lines = [r[3] for r in sorted(rated, key=lambda r: r[:2]) if r[2] == case]
        strengths = [line["strength"] for line in lines if line["strength"]]
        needs = [line["need"] for line in lines if line["need"]]
        won = strengths[-1] - strengths[0] if len(strengths) > 1 else None
        lost = needs[0] - needs[-1] if len(needs) > 1 else None
        if won is None and lost is None:
            return "Rated once so far"
        gain = (won or 0) + (lost or 0)
        if gain == 0:
            return "As at first"
        direction = ("More", "less") if gain > 0 else ("Less", "more")
        return "{} strength or {} need than at first".format(*direction)

    def _agreed_plans(self, client, day):
        """Return the versions with her in them that were in force in the year up to a day."""
        return [
            plan
            for plan in self.plans.values()
            if (client, plan["id"]) in self.part
            and plan["date_agreed"]
            and plan["date_agreed"] <= day
            and not (plan["date_ended"] and plan["date_ended"] <= _year_before(day))
        ]

    def _trait_goal(self, client, day, area):
        results = []
        for plan in self._agreed_plans(client, day):
            for goal in self.plan_line:
                if goal["plan_id"] != plan["id"] or goal["area_id"] != area:
                    continue
                settled = goal["date_result"] if goal["state"] != "open" else None
                if goal["state"] == "partly":
                    # Under way while the version is in force
                    settled = max(settled, plan["date_ended"]) if plan["date_ended"] else None
                if settled and _year_before(day) < settled <= day:
                    results.append((settled, goal["id"], goal["state"]))
        return RESULT[max(results)[2]] if results else "No result in the twelve months"

    def _trait_plan(self, client, day):
        plans = self._agreed_plans(client, day)
        if not plans:
            return "No agreed plan"
        later = [row["date_agreed"] for row in plans if row["version"] > 1]
        ids = {row["id"] for row in plans}
        later += [row["date"] for row in self.plan_review if row["plan_id"] in ids]
        if any(_year_before(day) < when <= day for when in later):
            return "Plan agreed and reviewed or agreed anew"
        return "Plan agreed, not reviewed in the twelve months"

    def _trait_referral(self, client, day):
        answers = []
        for row in sorted(self.referral, key=lambda row: (row["date"], row["id"])):
            if row["client_id"] == client and _year_before(day) < row["date"] <= day:
                told = row["date_told"] and row["date_told"] <= day
                answers.append(row["state"] if told else "made")
        if not answers:
            return "Not referred"
        if "done" in answers:
            return "Referred and taken up"
        return ANSWERED.get(answers[-1], "Referred, nothing told back yet")

    def _trait_match(self, client, day):
        own = [m for m in self.volunteer_match if m["client_id"] == client]
        met = [m for m in own if m["date_start"] and m["date_start"] <= day]
        if any(not m["date_end"] or m["date_end"] >= day for m in met):
            return "With a volunteer or club"
        if any(m["date_end"] > _year_before(day) for m in met):
            return "No longer with a volunteer or club"
        if any(_year_before(day) < m["date_need"] <= day for m in own if m not in met):
            return "Asked for one, nobody met yet"
        return "No volunteer or club in the twelve months"
