import json
import logging
import re
from contextlib import contextmanager

from odoo.tests import HttpCase

from ..common import IntegrationCommon

MAX_FAMILY_CLICKS = 15
MAX_QUICK_CLICKS = 6


class Console(logging.Handler):
    """Collects what the browser wrote to its console."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


class ConsoleCase(HttpCase):
    """A browser whose console is read."""

    @contextmanager
    def _console(self):
        """Collect the lines of the browser's console in the list that is yielded."""
        console = Console()
        logger = self._logger.getChild("browser")
        level = logger.level
        logger.setLevel(logging.INFO)
        logger.addHandler(console)
        try:
            yield console.lines
        finally:
            logger.removeHandler(console)
            logger.setLevel(level)

    def _see(self, url, user, *steps):
        """Open an address and wait for each of ``steps``: a selector, the words in it.

        A button among them is pressed, once it is there.
        """
        script = """(async () => {
            for (const [selector, words] of %s) {
                let found;
                for (let turn = 0; turn < 300 && !found; turn++) {
                    await new Promise((resolve) => setTimeout(resolve, 100));
                    found = [...document.querySelectorAll(selector)].find(
                        (node) => node.offsetParent && node.textContent.includes(words));
                }
                if (!found) {
                    return console.error("never seen: " + selector + " " + words);
                }
                if (found.tagName === "BUTTON") {
                    found.click();
                }
            }
            console.log("test successful");
        })()"""
        self.browser_js(url, script % json.dumps(steps), login=user.login)


class UiCommon(IntegrationCommon, ConsoleCase):
    """A worker with two municipalities, German screens, and a console that is read.

    With one municipality the dialogs would need fewer clicks: this is the harder case.
    """

    lang = "de_DE"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(cls.lang)
        town = cls.env["integration.municipality"].create(
            {"name": "Cheim", "ags": "08999003", "county_id": cls.county.id}
        )
        cls.env["integration.mandate"].create(
            {
                "company_id": cls.company_a.id,
                "municipality_id": town.id,
                "mode": "own",
                "date_start": cls.start,
            }
        )
        users = cls.worker_a | cls.lead_a | cls.admin_a | cls.reporting_a | cls.dpo_a
        (users | cls.worker_b | cls.county_user).lang = cls.lang

    def _tour(self, url, name, user, **kwargs):
        """Run a tour and return what it reported, as a list of (what, value)."""
        with self._console() as lines:
            self.start_tour(url, name, login=user.login, **kwargs)
        self.env.invalidate_all()
        found = re.findall(r"^(clicks \w+|figures): (.*)$", "\n".join(lines), re.MULTILINE)
        self._logger.info("%s: %s", name, found)
        return found

    def _check_family(self):
        """Check what the dialog saved, and return the family's first case."""
        case = self._as(self.worker_a)["integration.case"].search(
            [("client_id.name", "=", "Beispielenko, Olha"), ("episode", "=", 1)]
        )
        self.assertEqual(len(case), 1)
        family = case.household_id.member_ids.client_id
        self.assertEqual(
            [(client.name, client.age) for client in family.sorted("file_number")],
            [("Beispielenko, Olha", 34), ("Beispielenko, Andrij", 36), ("Beispielenko, Mykola", 7)],
        )
        self.assertEqual(set(family.mapped("consent_state")), {"given"})
        talk = case.contact_ids.sorted("id")[0]
        self.assertTrue(talk.is_talk)
        self.assertEqual(talk.person_count, 2)
        self.assertEqual(case.municipality_id, self.town_a)
        self.assertEqual(talk.note_ids.body, "We met at the door and looked at the letters.")
        return case
