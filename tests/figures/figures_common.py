import random
from datetime import timedelta

from odoo.fields import Command

from odoo.addons.integration_management.models.office.holiday import holiday_name

from ..common import MODULE, IntegrationCommon
from ..kept import kept

DAYS = 700


class FiguresCommon(IntegrationCommon):
    """A small county at work for two years, at random but repeatable.

    Beside the people of the base: worker_a2 (archived since), and employer A works in
    both towns. ``random_seed`` is printed with every failure.
    """

    random_seed = 20260101
    clients_per_worker = 6

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kept(cls, ("figures", cls.random_seed, cls.clients_per_worker), cls._at_work)

    @classmethod
    def _at_work(cls):
        cls.random = random.Random(cls.random_seed)
        cls.env["integration.mandate"].create(
            {
                "company_id": cls.company_a.id,
                "municipality_id": cls.town_b.id,
                "mode": "own",
                "date_start": cls.start,
            }
        )
        cls.worker_a2 = cls._new_user("worker_a2", f"{MODULE}.group_caseworker", cls.company_a)
        cls.channels = cls.env["integration.channel"].search([])
        cls.topics = cls.env["integration.topic"].search([], limit=8)
        cls.areas = cls.env["integration.area"].search([])
        cls.reasons = cls.env["integration.closure.reason"].search([])
        cls.households = cls.env["integration.household"]
        cls.cases = cls.env["integration.case"]
        for worker in (cls.worker_a, cls.worker_a2, cls.worker_b):
            cls._fill(worker)
        cls._arrivals(random.Random(cls.random_seed))
        cls._network(random.Random(cls.random_seed))
        cls._office_hours(random.Random(cls.random_seed))
        cls._archive_with_cases(cls.worker_a2)

    # ------------------------------------------------------------
    # Random work
    # ------------------------------------------------------------
    @classmethod
    def _day(cls, days_ago):
        return cls.today - timedelta(days=days_ago)

    @classmethod
    def _fill(cls, worker):
        """Give a worker clients, talks, plans, hand-overs and closures."""
        towns = cls.town_a + cls.town_b if worker.company_id == cls.company_a else cls.town_b
        clients = cls.env["integration.client"]
        cases = cls.env["integration.case"]
        for number in range(cls.clients_per_worker):
            start = cls.random.randint(DAYS // 2, DAYS)
            client = cls._client(worker, f"Invented {worker.login} {number}", consent=False)
            # Talks name anybody, also somebody who came later: the channel must be agreed to.
            cls._agree_beside_file(client, date=cls._day(DAYS))
            cls._consent(client, date=cls._day(start))
            clients += client.sudo()
            town = towns[cls.random.randrange(len(towns))]
            cases += cls._case(client, municipality=town, days_ago=start).sudo()
        cls.cases += cases.with_env(cls.env)
        cls._talks(worker, cases.with_env(cls.env), towns)
        for case in cases.with_env(cls.env):
            cls._plan(case, worker)
            cls._hand_over(case, worker)
            cls._maybe_close(case)

    @classmethod
    def _talks(cls, worker, cases, towns):
        values = []
        for _number in range(12 * len(cases)):
            unnamed = cls.random.random() < 0.15
            case = cls.random.choice(cases)
            oldest = (cls.today - case.date_start).days
            persons = {case.client_id.id, cls.random.choice(cases).client_id.id}
            reached = cls.random.random() < 0.9
            values.append(
                {
                    "case_id": not unnamed and case.id,
                    "municipality_id": cls.random.choice(towns).id,
                    "user_id": worker.id,
                    "date": cls._day(cls.random.randint(0, oldest)),
                    "channel_id": cls.random.choice(cls.channels).id,
                    "reached": reached,
                    "cancelled": cls.random.random() < 0.1,
                    "unnamed_count": reached * (cls.random.choice([0, 0, 2]) or int(unnamed)),
                    "topic_ids": [Command.set(cls.random.sample(cls.topics.ids, 2))],
                    "rail_reason": "Needed in this single case",
                    "person_ids": [
                        Command.create({"client_id": client})
                        for client in (persons if reached and not unnamed else ())
                    ],
                }
            )
        cls.env["integration.contact"].with_company(worker.company_id).create(values)
        cls._households(worker)

    @classmethod
    def _arrivals(cls, rnd):
        """Let people move within the last year, visit them, and answer most of them."""
        for worker in (cls.worker_a, cls.worker_a2, cls.worker_b):
            arrivals = cls._as(worker)["integration.arrival"]
            for _number in range(40):
                moved = rnd.randint(0, 360)
                town = rnd.choice(cls.town_a + cls.town_b if worker != cls.worker_b else cls.town_b)
                arrival = arrivals.create(
                    {"municipality_id": town.id, "date_move": cls._day(moved), "user_id": worker.id}
                )
                for _visit in range(rnd.randint(0, 3)):
                    moved = rnd.randint(0, moved)
                    arrivals.env["integration.arrival.visit"].create(
                        {
                            "arrival_id": arrival.id,
                            "date": cls._day(moved),
                            # Talks are counted by others; here they would make random talks more
                            "result": rnd.choice(["nobody", "came"]),
                        }
                    )
                if rnd.random() < 0.8:
                    arrival._answer(rnd.choice(["accepted", "declined"]))
                    arrival._as_system().date_result = cls._day(rnd.randint(0, moved))

    @classmethod
    def _network(cls, rnd):
        """Hold meetings of the county, one of them cancelled, and let workers be out."""
        meetings = cls._as(cls.county_user)["integration.meeting"]
        for number in range(6):
            town = rnd.choice(cls.town_a + cls.town_b)
            day = cls._day(rnd.randint(0, 360))
            meeting = meetings.create({"date": day, "municipality_id": town.id})
            rnd.choice(meeting.attendance_ids).answer = "yes"
            if not number:
                meeting.attendance_ids.attended = True
                meeting.action_cancel()
                continue
            meeting.action_held()
            for row in meeting.attendance_ids:
                row.attended = rnd.random() < 0.6
            if rnd.random() < 0.5:
                meeting.action_close()
        for worker in (cls.worker_a, cls.worker_a2, cls.worker_b):
            for _number in range(8):
                cls._as(worker)["integration.network.contact"].create(
                    {
                        "date": cls._day(rnd.randint(0, 360)),
                        "municipality_id": rnd.choice(cls.town_a + cls.town_b).id,
                        "partner_name": "Office",
                    }
                )
            cls._group_offers(rnd, worker)

    @classmethod
    def _group_offers(cls, rnd, worker):
        offer = cls._as(worker)["integration.group.offer"].create(
            {"name": "Café", "municipality_id": rnd.choice(cls.town_a + cls.town_b).id}
        )
        offer.date_ids = [
            Command.create(
                {
                    "date": cls._day(rnd.randint(1, 360)),
                    "participant_count": count,
                    "state": "held" if count else rnd.choice(["planned", "held", "cancelled"]),
                }
            )
            for count in (rnd.choice([0, 0, 3, 7, 20]) for _number in range(10))
        ]

    @classmethod
    def _office_hours(cls, rnd):
        """Let each worker hold office hours, also ahead; some are cancelled, people come."""
        for worker in (cls.worker_a, cls.worker_a2, cls.worker_b):
            env = cls._as(worker)
            for ago in rnd.sample(range(-30, 360), 30):
                if holiday_name(cls._day(ago)):
                    continue
                town = rnd.choice(cls.town_a + cls.town_b)
                session = env["integration.office.session"].create(
                    {"municipality_id": town.id, "date": cls._day(ago)}
                )
                if ago >= 0:
                    env["integration.office.visitor"].create(
                        [{"session_id": session.id} for _one in range(rnd.randint(0, 4))]
                    )
                if rnd.random() < 0.2:
                    session._cancel("room", False)

    @classmethod
    def _households(cls, worker):
        """Put presences into households of that day, some into none."""
        households = cls.env["integration.household"].create(
            [{"company_id": worker.company_id.id} for _number in range(3)]
        )
        persons = cls.env["integration.contact.person"].search([("user_id", "=", worker.id)])
        for person in persons:
            person.household_id = cls.random.choice([False, *households.ids])

    @classmethod
    def _plan(cls, case, worker):
        """Agree a plan, review it, agree a second version, all perhaps."""
        age = (cls.today - case.date_start).days
        agreed = cls.random.randint(0, age)
        goal = Command.create({"area_id": cls.areas[0].id, "name": "Goal"})
        plan = (
            case.env["integration.plan"]
            ._as_system()
            .create({"case_id": case.id, "user_id": worker.id, "line_ids": [goal]})
            .with_env(case.env)
        )
        if cls.random.random() < 0.2:
            return
        plan.action_agree(cls._day(agreed))
        colleagues = [worker, cls.colleague_a] if worker.company_id == cls.company_a else [worker]
        for _number in range(cls.random.randint(0, 3)):
            case.env["integration.plan.review"].create(
                {
                    "plan_id": plan.id,
                    "date": cls._day(cls.random.randint(0, agreed)),
                    "user_id": cls.random.choice(colleagues).id,
                }
            )
        if cls.random.random() < 0.5:
            plan.action_new_version()
            draft = case.plan_ids.filtered(lambda p: p.state == "draft")
            draft._as_system().user_id = cls.random.choice(colleagues)
            draft.action_agree(cls._day(cls.random.randint(0, agreed)))

    @classmethod
    def _hand_over(cls, case, worker):
        """Let a colleague be responsible from some day on."""
        if worker.company_id != cls.company_a or cls.random.random() < 0.5:
            return
        day = cls._day((cls.today - case.date_start).days // 2)
        case.env["integration.case.assignment"]._assign(case, cls.colleague_a, day)
        case.flush_recordset()
        # Not by write(), which would hand the case over today
        cls.env.cr.execute(
            "UPDATE integration_case SET user_id = %s WHERE id = %s", [cls.colleague_a.id, case.id]
        )
        case.invalidate_recordset()

    @classmethod
    def _maybe_close(cls, case):
        if cls.random.random() < 0.5:
            contacts = case.contact_ids | case.presence_ids.contact_id
            last = max(
                [
                    case.date_start,
                    *contacts.mapped("date"),
                    *filter(None, case.plan_ids.mapped("date_agreed")),
                ]
            )
            reason = cls.random.choice(cls.reasons)
            if reason.kind == "protection":
                case.env["integration.incident"].create(
                    {"case_id": case.id, "date": last, "level": "threat", "description": "Words"}
                )
            case._close(reason, last)
