from odoo.tests import tagged

from .people_common import PeopleCommon

KEY = {"integration_show_name": True}


@tagged("post_install", "-at_install")
class TestClientNames(PeopleCommon):
    """A list shows file numbers; names stand only where they are asked for and may be known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Amanuel Erfunden", phone="07541 1234")
        cls._consent(cls.client_a, purpose="team")
        cls.case = cls._case(cls.client_a)
        cls.client_b = cls._client(cls.worker_b, "Bohdan Musterova")

    def _shown(self, user, client=None, su=False, **context):
        """Return what ``user`` is shown; many2one fields read it as superuser (``su``)."""
        self.env.invalidate_all()
        client = self._as(user)["integration.client"].browse((client or self.client_a).id)
        return client.with_context(**context).sudo(su).display_name

    def _share(self, kind, **values):
        self.case.env["integration.case.share"].create(
            {"case_id": self.case.id, "user_id": self.colleague_a.id, "kind": kind, **values}
        ).action_share()

    def test_number_without_the_key_for_everybody(self):
        for user in (self.worker_a, self.lead_a, self.dpo_a, self.worker_b, self.employee):
            with self.subTest(user.login):
                self.assertEqual(self._shown(user, su=True), self.client_a.file_number)

    def test_name_with_the_key_for_reader_and_lead_alone(self):
        """A forged key shows the number, as a many2one would that points at the client."""
        named = f"Amanuel Erfunden ({self.client_a.file_number})"
        for user, sees in (
            (self.worker_a, True),
            (self.lead_a, True),
            (self.colleague_a, False),
            (self.admin_a, False),
            (self.reporting_a, False),
            (self.dpo_a, False),
            (self.worker_b, False),
            (self.lead_b, False),
            (self.county_user, False),
            (self.employee, False),
            (self.portal, False),
        ):
            with self.subTest(user.login):
                shown = self._shown(user, su=True, **KEY)
                self.assertEqual(shown, named if sees else self.client_a.file_number)

    def test_lead_of_another_employer_knows_her_own_clients_alone(self):
        for client, sees in ((self.client_b, True), (self.client_a, False)):
            shown = self._shown(self.lead_b, client, su=True, **KEY)
            self.assertEqual("(" in shown, sees)

    def test_name_comes_and_goes_with_the_access(self):
        number = self.client_a.file_number
        for kind, values in (("deputy", {"date_to": self._ago(-2)}), ("team", {})):
            with self.subTest(kind):
                self.assertEqual(self._shown(self.colleague_a, su=True, **KEY), number)
                self._share(kind, **values)
                self.assertIn("Amanuel", self._shown(self.colleague_a, **KEY))
                entries = self.case.sudo().access_ids
                entries.filtered(lambda entry: entry.user_id == self.colleague_a)._end()
        self.assertEqual(self._shown(self.colleague_a, su=True, **KEY), number)

    def test_former_worker_is_shown_the_number(self):
        self._as(self.lead_a)["integration.case"].browse(self.case.id).user_id = self.colleague_a
        self.assertEqual(self._shown(self.worker_a, su=True, **KEY), self.client_a.file_number)
        self.assertIn("Amanuel", self._shown(self.colleague_a, **KEY))

    def test_change_of_role_takes_the_name_at_once(self):
        for user in (self.worker_a, self.lead_a):
            with self.subTest(user.login):
                self.assertIn("Amanuel", self._shown(user, su=True, **KEY))
                user.write(
                    {
                        "group_ids": [
                            (3, self.env.ref(f"integration_management.group_{role}").id)
                            for role in ("caseworker", "lead")
                        ]
                    }
                )
                self.assertEqual(self._shown(user, su=True, **KEY), self.client_a.file_number)

    def test_contact_is_masked_like_the_client(self):
        """Whatever of Odoo's own refers to the contact shows what the client would show."""
        partner = self.client_a.sudo().partner_id
        for user, context, sees in (
            (self.worker_a, {}, False),
            (self.worker_a, KEY, True),
            (self.colleague_a, KEY, False),
            (self.employee, KEY, False),
        ):
            with self.subTest(user=user.login, **context):
                self.env.invalidate_all()
                seen = self._as(user)["res.partner"].browse(partner.id).with_context(**context)
                self.assertEqual("Amanuel" in seen.sudo().display_name, sees)

    def test_archived_client_stays_masked(self):
        self.client_a.active = False
        self.assertEqual(self._shown(self.worker_a), self.client_a.file_number)
        self.assertEqual(self._shown(self.employee, su=True, **KEY), self.client_a.file_number)
        self.assertIn("Amanuel", self._shown(self.worker_a, **KEY))

    def test_form_of_a_new_client_says_so(self):
        new = self._as(self.worker_a)["integration.client"].new({"name": "Tesfay Erfunden"})
        for context in ({}, KEY):
            self.assertEqual(new.with_context(**context).display_name, "New client")

    def test_several_of_several_employers_in_one_list(self):
        """Each line is masked by itself."""
        self.env.invalidate_all()
        both = (
            self._as(self.worker_a)["integration.client"]
            .browse((self.client_b | self.client_a).ids)
            .with_context(**KEY)
            .sudo()
        )
        self.assertEqual(
            both.mapped("display_name"),
            [self.client_b.file_number, f"Amanuel Erfunden ({self.client_a.file_number})"],
        )

    # ------------------------------------------------------------
    # Searching
    # ------------------------------------------------------------

    def test_found_by_number_and_by_part_of_the_name(self):
        for words, found in (
            (self.client_a.file_number, True),
            ("manuel", True),
            ("ERFUNDEN", True),
            ("Bohdan", False),
            ("nobody at all", False),
        ):
            with self.subTest(words):
                clients = self._as(self.worker_a)["integration.client"]
                pairs = clients.name_search(words)
                self.assertEqual((self.client_a.id, self.client_a.file_number) in pairs, found)
                self.assertNotIn(self.client_b.id, [id_ for id_, _name in pairs])

    def test_nobody_else_finds_by_name(self):
        """A lead finds the card, never the file."""
        for user in (self.colleague_a, self.lead_a, self.worker_b):
            with self.subTest(user.login):
                clients = self._as(user)["integration.client"].with_context(**KEY)
                self.assertEqual(clients.name_search("Amanuel"), [])
                self.assertFalse(clients.search([("phone", "like", "07541 1234")]))

    # ------------------------------------------------------------
    # What a list costs
    # ------------------------------------------------------------

    def test_forty_names_cost_no_more_queries_than_two(self):
        env = self._as(self.worker_a)
        clients = env["integration.client"].create(
            [{"name": f"Invented Person {number}"} for number in range(40)]
        )
        homes = env["integration.household"].create([{} for _client in clients])
        env["integration.household.member"].create(
            [
                {"household_id": home.id, "client_id": client.id}
                for home, client in zip(homes, clients, strict=True)
            ]
        )
        for user in (self.worker_a, self.lead_a):
            listed = self._as(user)["integration.client"].with_context(**KEY).sudo()
            with self.subTest(user.login):
                # The first run fills what the registry remembers.
                _first, few, many = (
                    self._queries(
                        lambda n=n, listed=listed: listed.browse(clients[:n].ids).mapped(
                            "display_name"
                        )
                    )
                    for n in (1, 2, 40)
                )
                # Few names are an opening, which is logged; many are a list.
                self.assertLessEqual(many, few)
        fields = (
            "display_name",
            "birthdate",
            "age",
            "household_id",
            "phone",
            "consent_state",
            "residence_status_id",
            "housing_type_id",
        )
        specification = {name: {} for name in fields}
        specification["household_id"] = {"fields": {"display_name": {}, "size": {}}}
        rows = {}

        def read(limit):
            rows[limit] = (
                env["integration.client"]
                .with_context(**KEY)
                .web_search_read([], specification, limit=limit, order="file_number desc")[
                    "records"
                ]
            )

        read(1)
        few, many = (self._queries(lambda n=n: read(n)) for n in (2, 40))
        self.assertLessEqual(many, few)
        self.assertEqual([len(rows[2]), len(rows[40])], [2, 40])
        self.assertIn("Invented Person 39", rows[40][0]["display_name"])
