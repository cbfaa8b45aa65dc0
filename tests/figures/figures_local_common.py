import random
from collections import Counter
from datetime import date, timedelta

from odoo.fields import Command

from ..common import IntegrationCommon
from ..kept import kept

PERSONS = {"worker_a": 26, "colleague_a": 20, "worker_b": 24}
SEED = 20260101


class LocalFiguresCommon(IntegrationCommon):
    """Seventy persons with traits, counselled in the last calendar year, at random."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kept(cls, ("local", SEED), cls._counselled)

    @classmethod
    def _counselled(cls):
        cls.random = random.Random(SEED)
        cls.year = cls.today.year - 1
        cls.first = date(cls.year, 1, 1)
        (cls.company_a + cls.company_b + cls.company_county).integration_small_number = 3
        cls.env["integration.mandate"].create(
            {
                "company_id": cls.company_a.id,
                "municipality_id": cls.town_b.id,
                "mode": "own",
                "date_start": cls.start,
            }
        )
        # A second county, in which employer A works as well
        cls.other_county = cls.env["integration.county"].create(
            {"name": "Other", "ags": "08998", "company_id": False}
        )
        cls.far = cls.env["integration.municipality"].create(
            {"name": "Far", "ags": "08998001", "county_id": cls.other_county.id}
        )
        cls.env["integration.mandate"].create(
            {
                "company_id": cls.company_a.id,
                "municipality_id": cls.far.id,
                "mode": "own",
                "date_start": cls.start,
            }
        )
        cls.countries = cls.env["res.country"].search(
            [("code", "in", ["UA", "SY", "AF", "NG", "DE", "FR"])]
        )
        clients = {name: cls._persons(getattr(cls, name), n) for name, n in PERSONS.items()}
        cls._histories(sum(clients.values(), cls.env["integration.client"]))
        for name, persons in clients.items():
            cls._talks(getattr(cls, name), persons)
        cls.env.flush_all()

    @classmethod
    def _persons(cls, worker, number):
        clients = cls.env["integration.client"]
        for index in range(number):
            age = cls.random.randint(0, 70)
            client = cls._client(
                worker,
                f"Secret {worker.login} {index}",
                consent=False,
                gender=cls.random.choices(["female", "male", "unknown"], [5, 5, 1])[0],
            )
            countries = cls.random.choice([0, 1, 1, 1, 1, 2])
            cls._consent(client, date=cls.first, guardian_name="Grandmother")
            # More than the card, so not before the consent
            client.write(
                {
                    "nationality_ids": [
                        Command.set(cls.random.sample(cls.countries.ids, countries))
                    ],
                    "nationality_note": cls.random.choice([False, False, "stateless"]),
                }
            )
            if cls.random.random() < 0.9:
                client.birthdate = date(cls.year - age, 6, 15)
            clients += client.with_env(cls.env)
        return clients

    @classmethod
    def _histories(cls, clients):
        """Give most of them one or two entries in every history."""
        env = cls.env
        levels = ["a1", "a1", "a2", "a2", "b1", "unknown"]
        german, english = (env.ref(f"integration_management.language_{c}").id for c in ("de", "en"))
        values = {
            "integration.residence": lambda: {
                "status_id": cls.random.choice(env["integration.residence.status"].search([]).ids)
            },
            "integration.housing": lambda: {
                "type_id": cls.random.choice(env["integration.housing.type"].search([]).ids),
                "municipality_id": cls.town_a.id,
            },
            "integration.benefit": lambda: {
                "type_id": cls.random.choice(env["integration.benefit.type"].search([]).ids)
            },
            "integration.language.level": lambda: {
                "level": cls.random.choice(levels),
                "language_id": cls.random.choice([german, german, german, english]),
            },
            "integration.employment": lambda: {
                "status": cls.random.choice(["seeking", "course", "full_time", "unknown"])
            },
        }
        for model, random_values in values.items():
            rows = []
            for client in clients:
                change = cls.first + timedelta(days=cls.random.randint(0, 400))
                if cls.random.random() < 0.8:
                    before = cls.first - timedelta(days=10)
                    row = {"client_id": client.id, "date_from": before, **random_values()}
                    if cls.random.random() < 0.4:
                        row["date_to"] = change - timedelta(days=1)
                        after = {"client_id": client.id, "date_from": change, **random_values()}
                        rows += [after] if cls.random.random() < 0.8 else []
                    rows.append(row)
            env[model].create(rows)

    @classmethod
    def _talks(cls, worker, clients):
        towns = cls.town_b
        if worker.company_id == cls.company_a:
            towns = cls.town_a + cls.town_a + cls.town_b + cls.far
        values = []
        for client in clients:
            cls._case(
                client.with_env(cls._as(worker)),
                municipality=towns[0],
                days_ago=(cls.today - cls.first).days,
            )
            town = cls.random.choice(towns)
            begin = cls.random.randint(0, 250)
            for _number in range(cls.random.randint(1, 7)):
                day = cls.first + timedelta(days=cls.random.randint(begin, 364))
                values.append(
                    {
                        "case_id": client._current_case().id,
                        "municipality_id": town.id,
                        "user_id": worker.id,
                        "date": day,
                        "channel_id": cls.home_visit.id,
                        "reached": cls.random.random() < 0.9,
                        "person_ids": [Command.create({"client_id": client.id})],
                    }
                )
        for vals in values:
            if not vals["reached"]:
                vals["person_ids"] = []
        cls._as(worker)["integration.contact"].create(values)

    def _report(self, user, months=(1, 12), **values):
        first, last = (date(self.year, month, 1) for month in months)
        stop = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return self._as(user)["integration.report"].create(
            {"profile": "local", "date_from": first, "date_to": stop, **values}
        )

    # ------------------------------------------------------------
    # Compared with a recount
    # ------------------------------------------------------------
    def _members(self, report):
        """Return {(breakdown, key): condition} of all columns but the months."""
        base = {
            "worker": lambda c, u, m: c == self.company_a.id and u == report.user_id.id,
            "employer": lambda c, u, m: c == report.employer_id.id,
            "municipality": lambda c, u, m: m == report.municipality_id.id,
            "county": lambda c, u, m: m in (self.town_a + self.town_b).ids,
            "all": lambda c, u, m: c == self.company_a.id,
        }[report.scope]
        members = {("total", ""): base}
        for position, breakdown in enumerate(("employer", "worker", "municipality")):
            for column in report._matrix().columns.get(breakdown, []):

                def fits(*member, key=int(column.key or 0), position=position):
                    return base(*member) and member[position] == key

                members[breakdown, column.key] = fits
        return members

    def _assert_recounted(self, report, recount):
        """Compare every printed number; return how many there were beside zeros."""
        matrix, printed = report._matrix(), 0
        for (breakdown, key), fits in self._members(report).items():
            persons = recount.persons(report.date_from, report.date_to, fits)
            for row in matrix.rows:
                number = matrix.value(row, breakdown, key)
                context = f"{row.code} {row.text('label', 'en_US')}, {breakdown} {key}"
                if row.rule == "person":
                    self.assertEqual(number, len(persons), context)
                elif not row.is_heading and number is not None:
                    there = Counter(
                        recount.category(row.rule, person, report.date_to, row)
                        for person in persons
                    )
                    self.assertEqual(number, there[row.text("label", "en_US")], context)
                    self.assertFalse(0 < number < 3, context)
                    printed += number > 0
        return printed
