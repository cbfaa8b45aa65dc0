import base64
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


class ImportCommon(IntegrationCommon):
    """Files of another system, and what becomes of them."""

    head = "Nachname;Vorname;Geburtsdatum;Haushalt;Einwilligung am;Papier abgelegt;Fallbeginn"

    def _batch(self, *lines, user=None, head=None, **values):
        content = "\n".join([head or self.head, *lines])
        env = self._as(user or self.worker_a)
        values.setdefault("municipality_id", self.town_a.id)
        return env["integration.import.batch"].create(
            {"file": base64.b64encode(content.encode()), **values}
        )

    def _preview(self, *lines, **values):
        batch = self._batch(*lines, **values)
        batch.action_read()
        batch.action_preview()
        return batch

    def _import(self, *lines, **values):
        batch = self._preview(*lines, **values)
        batch.action_import()
        return batch

    def _agreed(self, name, days_ago=50, household=""):
        day = (self.today - timedelta(days=days_ago)).isoformat()
        return f"{name};Eva;1990-02-03;{household};{day};ja;{day}"

    def _by_herself(self, name):
        """Return the row of a child who is named as her own guardian: only the record refuses."""
        born, day = (self.today - timedelta(days=days) for days in (3000, 50))
        return f"{name};Eva;{born};;{day};ja;{day};Eva {name}"


@tagged("post_install", "-at_install")
class TestImport(ImportCommon):
    """Every row either whole or not at all, and no consent that nobody gave."""

    def test_preview_enters_nothing(self):
        before = self.env["integration.client"].search_count([])
        self._client(self.worker_a, "Eva Bekannt")
        batch = self._preview(
            "Muster;Eva;3.2.1990;;;;",
            "Bekannt;Eva;;;;;",
            ";;1990-01-01;;;;",
            "Falsch;Eva;gestern;;;;",
            "Muster;Eva;3.2.1990;;;;",
        )
        self.assertEqual(
            batch.row_ids.mapped("verdict"), ["new", "known", "unread", "unread", "same"]
        )
        self.assertEqual(batch.row_ids.mapped("take"), [True, False, False, False, False])
        self.assertIn("Geburtsdatum", batch.row_ids[3].message)
        self.assertNotIn("gestern", batch.row_ids[3].message)
        self.assertIn("row 2", batch.row_ids[4].message)
        self.assertEqual(self.env["integration.client"].search_count([]), before + 1)

    def test_without_consent_the_card_stands_alone(self):
        """A day without paper, or paper without a day, is no consent."""
        day = self.today.isoformat()
        batch = self._import(
            f"Eins;Eva;;;{day};;{day}", f"Zwei;Eva;;;;ja;{day}", f"Drei;Eva;;;{day};nein;{day}"
        )
        clients = batch.row_ids.client_id
        self.assertEqual(set(batch.row_ids.mapped("verdict")), {"waiting"})
        self.assertEqual(len(clients), 3)
        self.assertEqual(set(clients.mapped("consent_state")), {"none"})
        self.assertFalse(clients.case_ids)

    def test_a_case_without_municipality_is_asked_for_before_anything_is_entered(self):
        before = self.env["integration.client"].search_count([])
        batch = self._preview(self._agreed("Muster"), municipality_id=False)
        self.assertTrue(batch.lacks_municipality)
        with self.assertRaisesRegex(UserError, "municipality"):
            batch.action_import()
        self.assertTrue(batch.file, "nobody has to choose the file again")
        self.assertEqual(self.env["integration.client"].search_count([]), before)
        batch.municipality_id = self.town_a
        self.assertFalse(batch.lacks_municipality)
        batch.action_import()
        self.assertEqual(batch.row_ids.client_id.case_ids.municipality_id, self.town_a)

    def test_the_only_municipality_is_proposed(self):
        batches = self._as(self.worker_a)["integration.import.batch"]
        proposed = batches.default_get(["municipality_id"])["municipality_id"]
        self.assertEqual(proposed, self.town_a.id)
        town = self.env["integration.municipality"].create(
            {"name": "Cheim", "ags": "08999003", "county_id": self.county.id}
        )
        self.env["integration.mandate"].create(
            {
                "company_id": self.company_a.id,
                "municipality_id": town.id,
                "mode": "own",
                "date_start": self.start,
            }
        )
        self.assertFalse(batches.default_get(["municipality_id"])["municipality_id"])

    def test_with_consent_and_paper_the_case_is_opened(self):
        batch = self._import(self._agreed("Muster"))
        client = batch.row_ids.client_id
        self.assertEqual(client.consent_state, "given")
        self.assertEqual(client.consent_ids.form, "paper")
        self.assertEqual(client.case_ids.user_id, self.worker_a)
        self.assertEqual(client.case_ids.date_start, self.today - timedelta(days=50))
        self.assertEqual(client.case_ids.date_opened, self.today - timedelta(days=50))

    def test_a_refused_row_leaves_nothing_and_the_others_are_entered(self):
        """A guardian who is the child: neither person nor consent stays of that row."""
        before = self.env["integration.client"].search_count([])
        batch = self._import(
            *(self._agreed("Gut") + ";", self._by_herself("Schlecht")),
            head=self.head + ";Sorgeberechtigt",
        )
        self.assertEqual(batch.row_ids.mapped("verdict"), ["entered", "failed"])
        self.assertIn("guardian", batch.row_ids[1].message)
        # The file it was to be never came about, and its number is nobody's.
        self.assertFalse(batch.row_ids[1].message.startswith("File"))
        self.assertEqual(self.env["integration.client"].search_count([]), before + 1)

    def test_preview_says_what_would_be_refused(self):
        """A minor without guardian, a consent before birth, a case without mandate."""
        born = (self.today - timedelta(days=3000)).isoformat()
        day = (self.today - timedelta(days=20)).isoformat()
        other = self.env["integration.municipality"].create(
            {"name": "Cheim", "ags": "08999003", "county_id": self.county.id}
        )
        batch = self._preview(
            f"Kind Eins;{born};{day};ja;;;",
            f"Kind Zwei;{born};{day};ja;Mutter Zwei;;",
            "Ungeboren;2020-01-01;2019-01-01;ja;Mutter;;",
            f"Anderswo;1990-01-01;{day};ja;;{day};{other.name}",
            "Früher;1970-01-01;2001-01-01;ja;;2001-01-01;",
            f"Ohne Papier;{born};{day};nein;;{day};",
            head="Name;Geburtsdatum;Einwilligung am;Papier abgelegt;"
            "Sorgeberechtigt;Fallbeginn;Gemeinde",
        )
        self.assertEqual(set(batch.row_ids.mapped("verdict")), {"new"})
        self.assertEqual(
            batch.row_ids.mapped("take"), [False, True, False, False, False, True], "ticked"
        )
        for row, word in ((0, "guardian"), (2, "born"), (3, "Cheim"), (4, "mandate")):
            self.assertIn(word, batch.row_ids[row].message)
        self.assertNotRegex(" ".join(filter(None, batch.row_ids.mapped("message"))), "Kind|Früher")

    def test_ticked_rows_that_would_be_refused_leave_the_file_there(self):
        """Also after another municipality was chosen: the preview knew of none."""
        day = (self.today - timedelta(days=20)).isoformat()
        batch = self._preview(self._agreed("Gut"), self._agreed("Auch", days_ago=20))
        batch.municipality_id = self.env["integration.municipality"].create(
            {"name": "Cheim", "ags": "08999003", "county_id": self.county.id}
        )
        with self.assertRaisesRegex(UserError, "(?s)Row 2.*Cheim.*Row 3.*Cheim"):
            batch.action_import()
        self.assertTrue(batch.file)
        batch.municipality_id = self.town_a
        batch.action_import()
        self.assertEqual(set(batch.row_ids.mapped("verdict")), {"entered"})
        self.assertEqual(batch.row_ids[1].client_id.case_ids.date_start.isoformat(), day)

    def test_a_minor_needs_the_guardian(self):
        born = (self.today - timedelta(days=3000)).isoformat()
        day = (self.today - timedelta(days=20)).isoformat()
        head = "Name;Geburtsdatum;Einwilligung am;Papier abgelegt;Sorgeberechtigt"
        batch = self._preview(
            f"Kind Eins;{born};{day};ja;", f"Kind Zwei;{born};{day};ja;Mutter Zwei", head=head
        )
        batch.row_ids[0].take = True
        with self.assertRaisesRegex(UserError, "Row 2.*guardian"):
            batch.action_import()
        batch.row_ids[0].take = False
        batch.action_import()
        self.assertEqual(batch.row_ids.mapped("verdict"), ["left", "entered"])
        self.assertEqual(batch.row_ids[1].client_id.consent_ids.guardian_name, "Mutter Zwei")

    def test_households(self):
        batch = self._import("A;Eva;;7;;;", "B;Ali;;7;;;", "C;Ina;;8;;;", "D;Jo;;;;;")
        homes = batch.row_ids.client_id.mapped("household_id")
        first, second, third, fourth = batch.row_ids.client_id
        self.assertEqual(len(homes), 2)
        self.assertEqual(first.household_id, second.household_id)
        self.assertNotEqual(first.household_id, third.household_id)
        self.assertFalse(fourth.household_id)

    def test_the_same_file_twice(self):
        first = self._import("Muster;Eva;3.2.1990;;;;")
        second = self._preview("Muster;Eva;3.2.1990;;;;")
        self.assertEqual(second.row_ids.verdict, "before")
        self.assertIn(first.display_name, second.row_ids.message)
        with self.assertRaisesRegex(UserError, "No row is ticked"):
            second.action_import()

    def test_a_colleagues_import_is_told_to_nobody(self):
        self._import("Muster;Eva;3.2.1990;;;;")
        for shown, verdict in ((True, "known"), (False, "new")):
            with self.subTest(shown):
                self.company_a.integration_show_cards = shown
                other = self._preview("Muster;Eva;3.2.1990;;;;", user=self.colleague_a)
                self.assertEqual(other.row_ids.verdict, verdict)

    def test_who_lost_the_role_enters_nothing(self):
        """The job acts in the author's name, so it may what she may by now; it does not hang."""
        worker = self._new_user("left_a", f"{MODULE}.group_caseworker", self.company_a)
        batch = self._preview("Muster;Eva;;;;;", "Andere;Eva;;;;;", user=worker)
        batch.row_ids[1].take = False
        batch._as_system().state = "running"
        self.env.flush_all()
        worker.group_ids -= self.env.ref(f"{MODULE}.group_caseworker")
        batch = batch.with_env(self.env)
        batch._go_on()
        self.assertEqual(batch.state, "done")
        self.assertEqual(batch.row_ids.mapped("verdict"), ["failed", "left"])
        self.assertFalse(any(row.says or row.label for row in batch.row_ids))

    def test_mapping_is_found_again(self):
        head = "Wer;Geb"
        batch = self._batch("Eva Muster;1990-02-03", head=head)
        batch.action_read()
        with self.assertRaisesRegex(UserError, "Full Name"):
            batch.action_preview()
        batch.column_ids.filtered(lambda line: line.column == "Wer").target = "name"
        batch.action_preview()
        again = self._batch("Ali Muster;1990-02-03", head="Geb;Wer", user=self.colleague_a)
        again.action_read()
        self.assertEqual(again.mapping_id.id, batch.mapping_id.id)

    def test_cells_are_gone_after_the_import(self):
        batch = self._import("Muster;Eva;3.2.1990;7;;;", "Falsch;Eva;gestern;;;;")
        self.assertFalse(batch.file)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT string_agg(to_json(r)::text, '') FROM integration_import_row r "
            "WHERE batch_id = %s",
            [batch.id],
        )
        self.assertNotRegex(self.env.cr.fetchone()[0], "Muster|Eva|1990|gestern")

    def test_cells_are_gone_after_seven_days(self):
        old, new = self._preview("A;Eva;;;;;"), self._preview("B;Eva;;;;;")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_import_batch SET create_date = create_date - interval '8 days' "
            "WHERE id = %s",
            [old.id],
        )
        self.env.invalidate_all()
        self.env["integration.import.batch"]._gc_cells()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists())

    def test_result_names_nobody(self):
        batch = self._import("Muster;Eva;3.2.1990;;;;", "Falsch;Eva;gestern;;;;")
        text = base64.b64decode(batch.result).decode("utf-8-sig")
        self.assertIn(batch.row_ids[0].client_id.file_number, text)
        self.assertNotRegex(text, "Muster|Eva|gestern")
        self.assertEqual(len(text.splitlines()), 3)

    def test_who_may_import(self):
        batch = self._preview("Muster;Eva;3.2.1990;;;;")
        for user in (self.lead_a, self.admin_a, self.colleague_a, self.worker_b, self.dpo_a):
            with self.subTest(user.login):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    batch.with_env(self._as(user)).row_ids.mapped("label")
                with self.assertRaises(AccessError):
                    batch.with_env(self._as(user)).action_import()

    def test_nothing_is_forged(self):
        batch = self._preview("Muster;Eva;3.2.1990;;;;")
        client = self._client(self.worker_a)
        for vals in ({"client_id": client.id}, {"verdict": "new"}, {"says": {"name": "X"}}):
            with self.subTest(vals), self.assertRaises(UserError):
                batch.row_ids.write(vals)
        with self.assertRaises(UserError):
            batch.write({"state": "done"})

    def test_a_large_file_goes_on_by_slices(self):
        lines = [f"Nummer{number};Eva;;;;;" for number in range(250)]
        batch = self._preview(*lines)
        batch.action_import()
        self.assertEqual((batch.state, batch.done_count), ("running", 0))
        self.assertEqual(batch._import_slice(), 50)
        self.assertEqual(batch.progress, 80)
        self.assertEqual(batch._import_slice(), 0)
        self.assertEqual((batch.state, batch.done_count), ("done", 250))

    def test_queries_do_not_grow_with_the_rows(self):
        """Nothing is asked row by row: neither a number nor what became of a row."""
        counts = []
        for first, last in ((0, 5), (10, 40)):
            batch = self._preview(*(f"Nummer{number};Eva;;;;;" for number in range(first, last)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.action_import()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(batch.row_ids.mapped("verdict")), {"waiting"})
        self.assertLessEqual(counts[1], counts[0])

    def test_one_bad_row_among_many(self):
        """Its slice is divided until it stands alone; those beside it are entered."""
        lines = [self._agreed(f"Gut{number}") + ";" for number in range(20)]
        lines[13] = self._by_herself("Schlecht")
        batch = self._import(*lines, head=self.head + ";Sorgeberechtigt")
        verdicts = batch.row_ids.mapped("verdict")
        self.assertEqual(verdicts.count("entered"), 19)
        self.assertEqual(verdicts[13], "failed")
        numbers = batch.row_ids.client_id.mapped("file_number")
        self.assertEqual(len(set(numbers)), 19)
