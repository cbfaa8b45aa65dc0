from collections import defaultdict


class Recount:
    """The definitions once more, in plain Python over raw rows, without the engine."""

    def __init__(self, env, today):
        self.today = today
        for name in (
            "contact", "contact_person", "case", "case_assignment", "plan", "plan_review",
            "closure_reason", "channel", "arrival", "arrival_visit", "office_session",
            "office_visitor",
            "closure_reason", "channel", "arrival", "arrival_visit",
            "meeting", "meeting_attendance", "network_contact", "group_offer_date",
        ):  # fmt: skip
            env.cr.execute(f'SELECT * FROM "integration_{name}"')  # pylint: disable=sql-injection
            setattr(self, name, env.cr.dictfetchall())
        env.cr.execute("SELECT * FROM integration_contact_area_rel")
        self.area = env.cr.fetchall()
        env.cr.execute("SELECT * FROM integration_contact_topic_rel")
        self.topic = env.cr.fetchall()
        self.cases = {case["id"]: case for case in self.case}
        self.handover = {row["id"] for row in self.closure_reason if row["is_handover"]}
        self.counting = {row["id"] for row in self.channel if row["counts_as_talk"]}

    @property
    def days(self):
        """Return all days on which something begins or ends."""
        rows = [*self.case, *self.case_assignment, *self.plan]
        names = ("date_opened", "date_end", "date_from", "date_to", "date_agreed", "date_ended")
        return sorted({row[name] for row in rows for name in names if row.get(name)})

    def responsible(self, case_id, day):
        """Return the assignment of a case on a day."""
        rows = [
            row
            for row in self.case_assignment
            if row["case_id"] == case_id
            and row["date_from"] <= day
            and (not row["date_to"] or row["date_to"] >= day)
        ]
        return max(rows, key=lambda row: (row["date_from"], row["id"]), default=None)

    def count(self, start, stop, fits):
        """Return all figures of a period; ``fits(company, user, municipality)`` is the scope."""
        inside = lambda day: day and start <= day <= stop  # noqa: E731
        result = defaultdict(int)
        talks = {
            row["id"]: row
            for row in self.contact
            if row["reached"]
            and not row["cancelled"]
            and row["channel_id"] in self.counting
            and inside(row["date"])
            and fits(row["company_id"], row["user_id"], row["municipality_id"])
        }
        present = [row for row in self.contact_person if row["contact_id"] in talks]
        result["talk", 0] = len(talks)
        result["talk_unnamed", 0] = len(talks.keys() - {row["contact_id"] for row in present})
        result["person", 0] = len({row["client_id"] for row in present})
        single = {row["client_id"] for row in present if not row["household_id"]}
        households = {row["household_id"] for row in present if row["household_id"]}
        result["family_single", 0] = len(single)
        result["family", 0] = len(single) + len(households)
        for talk in talks.values():
            result["talk_channel", talk["channel_id"]] += 1
        for rule, labels in (("talk_area", self.area), ("talk_topic", self.topic)):
            known = [(contact, label) for contact, label in labels if contact in talks]
            result[rule, 0] = len({contact for contact, _label in known})
            for _contact, label in known:
                result[rule, label] += 1
        self._count_plans(result, start, stop, inside, fits)
        self._count_cases(result, stop, inside, fits)
        self._count_arrivals(result, stop, inside, fits)
        self._count_office(result, talks, stop, inside, fits)
        self._count_network(result, inside, fits)
        return result

    def _count_office(self, result, talks, stop, inside, fits):
        at_office = {row["id"] for row in self.channel if row["code"] == "office_hours"}
        result["office_talk", 0] = sum(t["channel_id"] in at_office for t in talks.values())
        for row in self.office_session:
            over = inside(row["date"]) and row["date"] <= min(stop, self.today)
            if not over or row["state"] == "cancelled":
                continue
            if fits(row["company_id"], row["user_id"], row["municipality_id"]):
                result["office_session", 0] += 1
                result["office_visitor", 0] += sum(
                    visitor["session_id"] == row["id"] for visitor in self.office_visitor
                )

    def _count_arrivals(self, result, stop, inside, fits):
        for row in self.arrival:
            place = row["municipality_id"]
            visits = sorted(
                (v for v in self.arrival_visit if v["arrival_id"] == row["id"]),
                key=lambda v: (v["date"], v["id"]),
            )
            met = [v for v in visits if v["result"] in ("came", "talked")]
            if inside(row["date_move"]) and row["date_move"] <= min(stop, self.today):
                result["arrival", 0] += fits(row["company_id"], row["user_id"], place)
            for rule, first in (("arrival_visited", visits[:1]), ("arrival_reached", met[:1])):
                if first and inside(first[0]["date"]):
                    counts = fits(row["company_id"], first[0]["user_id"], place)
                    result[rule, 0] += counts
                    days = (first[0]["date"] - row["date_move"]).days
                    if rule == "arrival_visited" and days <= 30:
                        part = "week" if days <= 7 else "month"
                        result[f"arrival_visited_{part}", 0] += counts
            if row["state"] in ("accepted", "declined") and inside(row["date_result"]):
                result[f"arrival_{row['state']}", 0] += fits(
                    row["company_id"], row["user_id"], place
                )

    def _count_network(self, result, inside, fits):
        held = {
            row["id"]: row
            for row in self.meeting
            if row["state"] not in ("planned", "cancelled") and inside(row["date"])
        }
        there = [
            row
            for row in self.meeting_attendance
            if row["attended"]
            and row["meeting_id"] in held
            and fits(row["employer_id"], row["user_id"], held[row["meeting_id"]]["municipality_id"])
        ]
        result["meeting", 0] = len({row["meeting_id"] for row in there})
        result["meeting_attendance", 0] = len(there)
        result["network_contact", 0] = sum(
            fits(row["company_id"], row["user_id"], row["municipality_id"])
            for row in self.network_contact
            if inside(row["date"])
        )
        dates = [
            row
            for row in self.group_offer_date
            if row["state"] not in ("planned", "cancelled")
            and inside(row["date"])
            and fits(row["company_id"], row["user_id"], row["municipality_id"])
        ]
        result["group_offer", 0] = len(dates)
        result["group_participant", 0] = sum(row["participant_count"] for row in dates)

    def _count_plans(self, result, start, stop, inside, fits):
        chains = defaultdict(list)
        for row in self.plan:
            if row["date_agreed"]:
                chains[row["origin_id"]].append(row)
        last = min(stop, self.today)
        for origin, versions in chains.items():
            first = min(versions, key=lambda row: row["version"])
            if inside(first["date_agreed"]) and fits(
                first["company_id"], first["user_id"], first["municipality_id"]
            ):
                result["plan_new", 0] += 1
            if first["date_agreed"] < start:
                again = [row for row in versions if row != first and inside(row["date_agreed"])]
                again += [
                    row
                    for row in self.plan_review
                    if row["origin_id"] == origin and inside(row["date"])
                ]
                result["plan_continued", 0] += len(
                    {
                        row["user_id"]
                        for row in again
                        if fits(row["company_id"], row["user_id"], row["municipality_id"])
                    }
                )
            end = self.cases[first["case_id"]]["date_end"]
            holds = any(
                row["date_agreed"] <= last and (not row["date_ended"] or row["date_ended"] > last)
                for row in versions
            )
            if holds and not (end and end <= last):
                row = self.responsible(first["case_id"], last)
                place = row["municipality_id"] if row else first["municipality_id"]
                result["plan_active", 0] += fits(first["company_id"], row and row["user_id"], place)

    def _count_cases(self, result, stop, inside, fits):
        last = min(stop, self.today)
        for case in self.case:
            opened, ended = case["date_opened"], case["date_end"]
            if opened and opened <= last and (not ended or ended > last):
                row = self.responsible(case["id"], last) or case
                result["case_open", 0] += fits(
                    case["company_id"], row["user_id"], row["municipality_id"]
                )
            for day, rule in (
                (case["date_opened"], "case_opened"),
                (
                    case["date_end"],
                    "case_handover"
                    if case["closure_reason_id"] in self.handover
                    else "case_closed",
                ),
            ):
                if inside(day):
                    row = self.responsible(case["id"], day) or case
                    result[rule, 0] += fits(
                        case["company_id"], row["user_id"], row["municipality_id"]
                    )
