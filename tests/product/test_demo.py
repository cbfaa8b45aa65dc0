from collections import defaultdict
from datetime import datetime

from odoo import SUPERUSER_ID
from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file

from odoo.addons.integration_management.demo.workdays import is_workday
from odoo.addons.integration_management.tools import ROLES, local_today

from .demo_trust import DemoTrust

MODULE = "integration_management"
LOGINS = (
    *("anna", "ahmet", "petra", "jonas", "sabine", "clara", "david", "elif", "felix", "karin"),
    *("miriam", "sonja"),
)


@tagged("post_install", "-at_install")
class TestDemo(DemoTrust, TransactionCase):
    """The demo county keeps what it promises: a real office on a real day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref(f"{MODULE}.demo_user_anna", raise_if_not_found=False):
            for filename in Manifest.for_addon(MODULE)["demo"]:
                convert_file(cls.env, MODULE, filename, {}, mode="init", noupdate=True)
        cls.users = {login: cls.env.ref(f"{MODULE}.demo_user_{login}") for login in LOGINS}
        cls.employers = cls.env["res.company"].concat(
            *(
                cls.env.ref(f"{MODULE}.demo_company_{key}")
                for key in ("friedrichshafen", "ueberlingen", "linzgau")
            )
        )
        cls.cases = cls._all("integration.case")
        cls.clients = cls._all("integration.client")
        cls.contacts = cls._all("integration.contact")
        cls.leads = cls.env.ref(f"{MODULE}.group_lead").user_ids
        cls.today = local_today(cls.env)

    @classmethod
    def _all(cls, model):
        return cls.env[model].search([("company_id", "in", cls.employers.ids)])

    def _env_of(self, login):
        user = self.users[login]
        context = {"allowed_company_ids": user.company_id.ids, "integration_show_name": True}
        return self.env(user=user.id, su=False, context=context)

    def test_files_were_written_by_their_own_employers_people(self):
        """A column that any reader of the file may see names nobody who works elsewhere."""
        for records in (self.cases, self.clients, self.contacts, self.clients.partner_id):
            for user, written in records.grouped("write_uid").items():
                if user.id != SUPERUSER_ID:
                    self.assertEqual(written.company_id, user.company_id, (records._name, user))

    def test_my_day_counts_what_its_lists_show(self):
        """The numbers of each user are the lengths of the lists behind them."""
        numbers = 0
        for login in LOGINS:
            env = self._env_of(login)
            for tile in env["integration.day.tile"].search([("is_for_me", "=", True)]):
                with self.subTest(login, tile=tile.code):
                    action = tile.action_open()
                    listed = env[action["res_model"]].search(action["domain"])
                    self.assertEqual(tile.count, len(listed))
                    numbers += tile.count
        self.assertGreater(numbers, 20, "there is something to do")

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def test_children_come_of_age_next_month(self):
        clients = self.env["integration.client"]
        soon = clients.search(clients._coming_of_age_domain(31)).filtered(lambda c: c._is_minor())
        self.assertEqual(len(soon), 2)
        self.assertTrue(all(client.family_case_id for client in soon))

    def test_users_and_roles(self):
        for login, user in self.users.items():
            self.assertEqual((user.login, user.lang, user.tz), (login, "de_DE", "Europe/Berlin"))
            self.assertEqual(user.company_ids, user.company_id)
            self.assertTrue(user.email.endswith("@example.org"))
            self.assertFalse(user.has_group("base.group_system"))
            result = user.with_user(user)._check_credentials(
                {"type": "password", "login": login, "password": login}, {"interactive": True}
            )
            self.assertEqual(result["uid"], user.id)
        for role in ROLES:
            group = self.env.ref(f"{MODULE}.group_{role}")
            self.assertTrue(group.user_ids & self._users(), role)

    def _users(self):
        return self.env["res.users"].concat(*self.users.values())

    def test_every_employer_has_workers_and_a_lead(self):
        modes = set()
        for company in self.employers:
            workers = self._users().filtered(
                lambda user, company=company: (
                    user.company_id == company and user.has_group(f"{MODULE}.group_caseworker")
                )
            )
            leads = workers.filtered(lambda user: user.has_group(f"{MODULE}.group_lead"))
            self.assertGreaterEqual(len(workers), 2)
            self.assertEqual(len(leads), 1)
            mandates = self.env["integration.mandate"].search([("company_id", "=", company.id)])
            modes |= set(mandates.mapped("mode"))
        self.assertEqual(modes, {"own", "commissioned", "delegated"})
        county = self.env["integration.county"].search([("name", "=", "Bodenseekreis")])
        self.assertEqual(county.company_id, self.users["karin"].company_id)

    def test_numbers_of_clients_and_contacts(self):
        self.assertTrue(140 <= len(self.clients) <= 170, len(self.clients))
        households = self.clients.household_id
        alone = self.clients.filtered(lambda client: not client.household_id)
        self.assertTrue(55 <= len(households) + len(alone) <= 70)
        self.assertTrue(1800 <= len(self.contacts) <= 2200, len(self.contacts))
        self.assertGreaterEqual(len(self.clients.nationality_ids), 12)
        languages = self.clients.language_ids
        self.assertIn("rtl", languages.mapped("direction"))
        for kind in ("is_talk", "cancelled", "unnamed_count", "note_ids", "interpreter_used"):
            self.assertTrue(self.contacts.filtered(kind), kind)
        channels = self.contacts.channel_id
        self.assertEqual(
            channels, self.env["integration.channel"].search([("company_id", "=", False)])
        )

    def test_interpreters(self):
        """A pool in several languages, one agency by telephone, and its use."""
        pool = self._all("integration.interpreter")
        self.assertGreater(len(pool.language_ids), 6)
        self.assertTrue(pool.filtered(lambda one: one.kind == "service" and one.by_phone))
        self.assertTrue(pool.filtered(lambda one: not one.is_ready), "a pledge is missing")
        rows = self._all("integration.contact.interpreter")
        recent = rows.filtered(lambda row: (self.today - row.date).days < 92)
        self.assertGreater(len(recent), 20)
        self.assertTrue(recent.filtered(lambda row: row.interpreter_id.kind == "service"))
        told = self._all("integration.interpreter.count")
        # Each language is that of few families here, so none is named; what was paid is.
        self.assertTrue(told.filtered(lambda row: row.minutes and row.cost))
        self.assertNotIn(self.env.ref(f"{MODULE}.language_ti"), pool.language_ids)

    # ------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------

    def test_every_phase_reason_and_state_occurs(self):
        open_cases = self.cases.filtered(lambda case: case.state == "open")
        shared = [("company_id", "=", False)]
        self.assertEqual(open_cases.stage_id, self.env["integration.case.stage"].search(shared))
        reasons = self.env["integration.closure.reason"].search(shared)
        self.assertEqual(self.cases.closure_reason_id, reasons)
        states = dict(self.clients._fields["consent_state"].selection)
        self.assertEqual(set(self.clients.mapped("consent_state")), set(states))
        forms = self.clients.consent_ids.mapped("form")
        self.assertTrue({"paper", "oral", "system"} <= set(forms))
        plans = self.cases.plan_ids
        self.assertEqual(set(plans.mapped("state")), {"draft", "agreed", "ended"})
        self.assertGreater(max(plans.mapped("version")), 1)
        self.assertTrue(plans.review_ids)
        self.assertTrue({"open", "reached", "partly"} <= set(plans.line_ids.mapped("state")))
        self.assertEqual({"open", "done"}, set(plans.step_ids.mapped("state")))
        self.assertTrue(self.cases.previous_case_id, "one case was opened again")

    def test_silence_looks_alive_but_mostly_on_time(self):
        # Stored on the day the demo was loaded, which may be some days ago.
        states = self.cases.filtered(lambda case: case.state == "open").mapped("silence_state")
        self.assertGreater(states.count("due"), 2)
        self.assertGreater(states.count("silent"), 1)
        self.assertGreater(states.count("on_time") / len(states), 0.65)

    def test_histories_lead_to_current_values(self):
        given = self.clients.filtered(lambda client: client.consent_state == "given")
        for name in ("residence_status_id", "housing_type_id", "benefit_type_id"):
            filled = given.filtered(name)
            self.assertGreater(len(filled) / len(given), 0.95, name)
            self.assertGreater(len(filled[name]), 3, name)
        levels = self.env["integration.language.level"].search([("client_id", "in", given.ids)])
        self.assertTrue({"a0", "a1", "a2", "b1"} <= set(levels.mapped("level")))
        none = self.clients.filtered(lambda client: client.consent_state == "none")
        self.assertFalse(none.residence_ids or none.language_level_ids or none.housing_ids)

    # ------------------------------------------------------------
    # Whether it could have happened
    # ------------------------------------------------------------

    def test_nothing_lies_in_the_future(self):
        now = datetime.now()
        for model, names in {
            "integration.case": ("date_start", "date_opened", "date_end", "last_talk_date"),
            "integration.consent": ("date",),
            "integration.contact": ("date",),
            "integration.note": ("date",),
            "integration.plan": ("date_agreed", "date_ended"),
            "integration.plan.review": ("date",),
            "integration.plan.step": ("date_done",),
            "integration.household.member": ("date_from",),
            "integration.residence": ("date_from",),
            "integration.housing": ("date_from",),
            "integration.benefit": ("date_from",),
            "integration.language.level": ("date_from",),
            "integration.education": ("date_from",),
            "integration.employment": ("date_from",),
            "integration.case.assignment": ("date_from", "date_to"),
            "integration.case.access": ("date_from", "date_until"),
        }.items():
            records = self._all(model)
            self.assertTrue(records, model)
            for name in names:
                latest = max(filter(None, records.mapped(name)), default=None)
                if latest:
                    limit = now if isinstance(latest, datetime) else self.today
                    self.assertLessEqual(latest, limit, f"{model}.{name}")

    def test_whoever_was_present_had_consented(self):
        for person in self._all("integration.contact.person"):
            events = person.client_id.consent_ids.filtered(
                lambda event, day=person.date: event.purpose == "file" and event.date <= day
            )
            last = events._last_event("file")
            number = person.client_id.file_number
            self.assertIn(last.decision, ("given", "renewed"), f"{number} on {person.date}")
            if last.valid_until:
                self.assertLessEqual(person.date, last.valid_until, number)

    def test_talks_were_held_by_the_worker_then_responsible(self):
        for contact in self.contacts.filtered("case_id"):
            responsible = contact.case_id.assignment_ids.filtered(
                lambda row, day=contact.date: (
                    row.date_from <= day and (not row.date_to or row.date_to >= day)
                )
            )
            self.assertEqual(responsible.user_id, contact.user_id, contact.display_name)
            self.assertEqual(contact.create_uid, contact.user_id)

    def test_workers_work_on_workdays_and_one_talk_at_a_time(self):
        days = defaultdict(list)
        for contact in self.contacts:
            self.assertTrue(is_workday(contact.date), contact.date)
            if contact.reached:
                days[contact.user_id, contact.date].append(contact)
        overlaps = 0
        for contacts in days.values():
            contacts.sort(key=lambda contact: contact.time_start)
            for first, second in zip(contacts, contacts[1:], strict=False):
                overlaps += first.time_start + first.duration / 60 > second.time_start + 0.01
        self.assertEqual(overlaps, 0)

    def test_numbers_follow_the_start_of_the_work(self):
        for company in self.employers:
            clients = self.clients.filtered(lambda c, company=company: c.company_id == company)
            numbers = clients.sorted(lambda client: client.file_number[-5:])
            starts = [
                min((client.case_ids | client.family_case_id).mapped("date_start"))
                for client in numbers
                if client.case_ids | client.family_case_id
            ]
            years = [int(client.file_number[:4]) for client in numbers]
            self.assertEqual(years, sorted(years))
            self.assertEqual(years[0], starts[0].year)

    def test_handed_over_and_reopened_files_are_whole(self):
        handed = self.cases.filtered(lambda case: len(case.assignment_ids) > 1)
        self.assertEqual(len(handed), 2)
        for case in handed:
            before, after = case.assignment_ids.sorted("date_from")
            self.assertEqual((after.date_from - before.date_to).days, 1)
            readers = case.access_ids.filtered(
                lambda entry: entry.kind == "owner" and not entry.date_until
            ).user_id
            self.assertEqual(readers, after.user_id)
        again = self.cases.filtered("previous_case_id")
        self.assertTrue(again.member_ids, "the family went along into the new episode")
        self.assertFalse(again.previous_case_id.member_ids)

    # ------------------------------------------------------------
    # Walls
    # ------------------------------------------------------------

    def test_no_message_or_follower_on_clients(self):
        partners = self.clients.partner_id
        for model, records in (
            ("res.partner", partners),
            ("integration.client", self.clients),
            ("integration.case", self.cases),
        ):
            domain = [("model", "=", model), ("res_id", "in", records.ids)]
            messages = self.env["mail.message"].search(domain)
            self.assertFalse(messages, model)
            followers = self.env["mail.followers"].search(
                [("res_model", "=", model), ("res_id", "in", records.ids)]
            )
            self.assertFalse(followers, model)
        self.assertFalse(self.env["mail.mail"].search([("recipient_ids", "in", partners.ids)]))

    def test_workers_see_their_own_files_only(self):
        for login in ("anna", "ahmet", "clara", "david", "elif", "felix"):
            user = self.users[login]
            env = self._env_of(login)
            clients = env["integration.client"].search([])
            self.assertTrue(clients)
            self.assertEqual(clients.company_id.ids, user.company_id.ids)
            cases = self.cases.filtered(lambda case, user=user: case.user_id == user)
            own = cases.client_id | cases.member_ids
            self.assertFalse(own - clients.sudo(), login)
            shared = (clients.sudo() - own).access_ids.filtered(
                lambda entry, user=user: entry.user_id == user and not entry.date_until
            )
            self.assertEqual(set(shared.mapped("kind")), {"team"} if user in self.leads else set())
        for login in ("petra", "jonas", "karin", "miriam"):
            self.assertFalse(
                self._env_of(login)["res.partner"].search([("is_integration_client", "=", True)])
            )

    # ------------------------------------------------------------
    # Language courses
    # ------------------------------------------------------------

    def test_language_courses(self):
        """Each state occurs, most by the coordination office, and some wait for long."""
        courses = self._all("integration.course.enrolment")
        self.assertTrue(50 <= len(courses) <= 110, len(courses))
        self.assertEqual(
            set(courses.mapped("state")), set(dict(courses._fields["state"].selection))
        )
        waited = [course.days_waited for course in courses if course.date_start]
        self.assertTrue(40 <= sum(waited) / len(waited) <= 160, "days to the beginning")
        waiting = courses.filtered("is_waiting")
        self.assertTrue(8 <= len(waiting) <= len(courses) / 2, len(waiting))
        self.assertTrue(any(course.days_waited > 150 for course in waiting))
        registered = courses.filtered("date_registered")
        by_us = registered.filtered("disclosure_id")
        self.assertGreater(len(by_us), len(registered) * 0.6)
        self.assertEqual(by_us.mapped("date_registered"), by_us.disclosure_id.mapped("date"))
        self.assertFalse(by_us.disclosure_id.filtered("late"), "entered the same day")
        certified = courses.filtered(lambda course: course.outcome == "certificate")
        self.assertTrue(all(certified.level_id.mapped("certificate_number")))
        self.assertTrue(courses.filtered("date_planned"))
        for course in courses:
            for name in ("date_need", "date_registered"):
                if course[name]:
                    self.assertTrue(is_workday(course[name]), course[name])
