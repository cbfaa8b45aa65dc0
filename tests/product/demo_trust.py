from datetime import timedelta


class DemoTrust:
    """What the demo county shows of consents, releases and disclosures."""

    def test_consents_in_every_state(self):
        events = self.clients.consent_ids
        given = events.filtered(lambda e: e.purpose == "file" and e.decision == "given").client_id
        in_part = events.filtered(lambda e: e.decision == "refused" and e.client_id in given)
        self.assertGreater(len(in_part.client_id), 5, "refused in part")
        self.assertGreater(len(set(in_part.mapped("purpose"))), 1)
        due = self.clients.filtered("consent_renewal_due")
        self.assertEqual(due.company_id.ids, self.users["sabine"].company_id.ids)
        employer = given.filtered(lambda client: client.company_id == due.company_id)
        self.assertTrue(0 < len(due) < len(employer) / 3, "most have come by since")
        provisional = self.clients.filtered(
            lambda c: (
                c.consent_ids._last_event("file").form == "oral" and c.consent_state == "given"
            )
        )
        self.assertTrue(provisional)
        self.assertTrue(all(client.consent_valid_until for client in provisional))
        notices = self._all("integration.consent.notice")
        self.assertEqual(set(notices.mapped("state")), {"published"})
        self.assertEqual(set(notices.mapped("version")), {1, 2})
        self.assertIn("rtl", notices.mapped("direction"))
        for event in events.filtered("notice_id"):
            self.assertLessEqual(event.notice_id.valid_from, event.date)

    def test_whoever_said_no_is_not_silent(self):
        said_no = self.cases.filtered(lambda c: c.consent_state in ("refused", "withdrawn"))
        self.assertTrue(said_no.filtered(lambda case: case.state == "open"))
        self.assertFalse(any(said_no.mapped("silence_state")))

    def test_releases_in_every_state(self):
        releases = self._all("integration.release")
        states = set(releases.mapped("state"))
        self.assertTrue({"valid", "expired", "withdrawn", "draft"} <= states, states)
        self.assertEqual(
            set(releases.mapped("recipient_kind")), {"organisation", "person", "category"}
        )
        self.assertEqual(set(releases.mapped("direction")), {"one_way", "mutual"})
        self.assertTrue(releases.filtered("special_agreed"))
        self.assertEqual(releases.company_id, self.employers)
        signed = releases.filtered("date_signed")
        self.assertTrue(all(release._paper_is_intact() for release in signed))
        self.assertEqual(
            set(releases.service_id.mapped("kind")), {"organisation", "person", "category"}
        )
        for release in releases.filtered("withdrawn_on"):
            self.assertLessEqual(release.date_signed, release.withdrawn_on)

    def test_disclosures_on_every_basis(self):
        entries = self._all("integration.disclosure")
        self.assertEqual(
            set(entries.mapped("basis")), set(entries._fields["basis"].get_values(self.env))
        )
        # The rule, not the exception
        usual = entries.filtered(lambda entry: entry.basis in ("release", "present"))
        self.assertGreater(len(usual) / len(entries), 0.75)
        self.assertGreater(len(set(entries.mapped("recipient_name"))), 8)
        for entry in entries.filtered(lambda e: e.basis == "release"):
            self.assertTrue(entry.release_id._covers(entry))
        self.assertTrue(entries.filtered("recipient_category"))
        self.assertTrue(entries.service_id and entries.filtered(lambda e: not e.service_id))
        for entry in entries:
            self.assertLessEqual(entry.date, self.today)
            self.assertTrue(entry.date >= min(entry.client_id.consent_ids.mapped("date")))
        for login in ("sabine", "anna"):
            counts = self._env_of(login)["integration.disclosure.exception"].search([])
            self.assertEqual(set(counts.mapped("exception")), {"duty", "emergency", "late"})

    def test_recipients_of_a_withdrawal(self):
        rows = self._all("integration.withdrawal.recipient")
        told = rows.filtered("date_told")
        self.assertTrue(told and rows - told)
        self.assertEqual(set(rows.client_id.mapped("consent_state")), {"withdrawn"})
        for row in told:
            self.assertTrue(row.means and row.user_id)
            self.assertTrue(timedelta(0) <= row.date_told - row.date_withdrawn < timedelta(14))
        counts = self._env_of("sabine")["integration.withdrawal.count"].search([])
        self.assertTrue(any(counts.mapped("open_count")))
        open_case = (rows - told).client_id.case_ids.filtered(lambda case: case.state == "open")
        tasks = self.env["mail.activity"].search(
            [
                ("res_model", "=", "integration.case"),
                ("res_id", "in", open_case.ids),
                (
                    "activity_type_id",
                    "=",
                    self.env.ref("integration_management.mail_activity_type_recipients").id,
                ),
            ]
        )
        self.assertTrue(tasks)
