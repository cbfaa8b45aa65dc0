import json
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from .ui_common import UiCommon

CASES = "/odoo/action-integration_management.integration_case_action"
HELPERS = """
const until = async (find, what) => {
    for (let turn = 0; turn < 150; turn++) {
        const found = find();
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("never seen: " + (what || find));
};
const one = (selector) => until(() => document.querySelector(selector), selector);
const gone = (selector) => until(() => !document.querySelector(selector), "not " + selector);
const press = async (selector) => (await one(selector)).click();
const tab = (name) => press(`.o_notebook_headers a[name=${name}]`);
const rows = () => [...document.querySelectorAll(
    ".o_notebook .o_data_row, .o_notebook .o_kanban_record:not(.o_kanban_ghost)")];
const row = (text) => until(() => rows().find((r) => r.textContent.includes(text)), text);
const noRow = (text) => until(() => rows().every((r) => !r.textContent.includes(text)), text);
const save = async () => {
    await press(".o_form_status_indicator_buttons:not(.invisible) .o_form_button_save");
    await one(".o_form_status_indicator_buttons.invisible");
};
const type = (node, text) => {
    node.value = text;
    node.dispatchEvent(new InputEvent("input", {bubbles: true}));
    node.dispatchEvent(new Event("change", {bubbles: true}));
};
const module = (name) => odoo.loader.modules.get(name);
"""
# What the small form below shows, and what it reads at once
ARCH = """
<form js_class="integration_tabs"><sheet>
    <field name="name"/><field name="login"/><field name="role"/>
    <notebook>
        <page string="First" name="first"><field name="lang"/></page>
        <page string="Groups" name="groups"><field name="group_ids" widget="many2many_tags"/></page>
    </notebook>
</sheet></form>
"""
SPLIT = """
const parse = (inner) => new DOMParser().parseFromString(
    `<form>${inner}<notebook><page><field name="shown"/></page>
    <page><field name="list"/><field name="word"/></page>
    <page><field name="other"/></page></notebook></form>`, "text/xml").documentElement;
const fields = {shown: {type: "one2many"}, list: {type: "one2many"}, other: {type: "many2many"},
    word: {type: "char"}};
const { listsOfTabs } = module("@integration_management/form_tabs/form_tabs");
const split = (inner, widgetNodes = {}) =>
    listsOfTabs({xmlDoc: parse(inner), fieldNodes: {}, widgetNodes}, fields);
console.log("split: " + JSON.stringify([
    split(""),
    split("<div invisible='not list'/>"),
    split("<field name='other'/>"),
    split("<field name='word' domain=\\"[('id', 'in', other)]\\"/>"),
    split("", {one: {widget: {fieldDependencies: [{name: "list"}]}}}),
]));
"""


class FormTabsCommon(UiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case, cls.other = (cls._noted(name) for name in ("Erste, Person", "Zweite, Person"))

    @classmethod
    def _noted(cls, name):
        """Return a case with a note and a deadline that say whose they are."""
        case = cls._case(cls._client(cls.worker_a, name))
        case.env["integration.note"].create({"case_id": case.id, "body": f"Notiz zu {name}"})
        kind = case.env["integration.deadline.kind"].search([], limit=1)
        case.env["integration.deadline"].create(
            {"case_id": case.id, "kind_id": kind.id, "date": cls.today, "note": f"Frist {name}"}
        )
        return case

    @contextmanager
    def _asked(self):
        """Collect the names of the lists each reading of a case asks for."""
        asked, cls = [], self.env.registry["integration.case"]
        web_read = cls.web_read

        def recorded(records, specification):
            if lists := {name for name in specification if name.endswith("_ids")}:
                asked.append(lists)
            return web_read(records, specification)

        with patch.object(cls, "web_read", recorded):
            yield asked

    def _browse(self, path, script, user=None):
        """Run ``script`` on a page and return what it wrote to the console."""
        user = user or self.worker_a
        with self._console() as lines:
            self.browser_js(
                path,
                f"(async () => {{ {HELPERS} try {{ {script} console.log('tabs done'); }}"
                " catch (error) { console.error(error.message); } })()",
                "odoo.isReady === true",
                login=user.login,
                success_signal="tabs done",
            )
        self.env.invalidate_all()
        return "\n".join(lines)


@tagged("post_install", "-at_install")
class TestFormTabs(FormTabsCommon):
    """A tab is read when it is opened; nothing is lost by that."""

    def _form(self, case):
        return f"{CASES}/{case.id}"

    def test_a_tab_is_read_when_it_is_opened(self):
        with self._asked() as asked:
            self._browse(
                self._form(self.case),
                "await one('.o_notebook'); await tab('notes'); await row('Notiz zu Erste');"
                "await tab('contacts'); await gone('.o_field_widget[name=note_ids]');"
                "await tab('notes'); await row('Notiz zu Erste');",
            )
        self.assertEqual(asked, [{"recent_contact_ids"}, {"note_ids"}])

    def test_what_is_changed_in_a_tab_is_saved(self):
        self._browse(
            self._form(self.case),
            """
            await tab("deadlines"); (await row("Frist Erste")).querySelector("td").click();
            type(await one(".modal .o_field_widget[name=note] input"), "Neue Worte");
            await press(".modal .o_form_button_save"); await gone(".modal");
            await row("Neue Worte"); await tab("notes"); await row("Notiz zu Erste");
            await save(); await tab("deadlines"); await row("Neue Worte");
            """,
        )
        deadline = self._as(self.worker_a)["integration.deadline"].search(
            [("case_id", "=", self.case.id)]
        )
        self.assertEqual(deadline.note, "Neue Worte")

    def test_what_is_discarded_comes_back(self):
        self._browse(
            self._form(self.case),
            """
            await tab("deadlines"); await row("Frist Erste");
            await press(".o_data_row .o_list_record_remove button"); await noRow("Frist Erste");
            await tab("notes"); await row("Notiz zu Erste");
            await press(".o_form_button_cancel");
            await tab("deadlines"); await row("Frist Erste");
            """,
        )
        self.assertTrue(self.case.sudo().deadline_ids)

    def test_what_is_removed_is_gone_once_saved(self):
        self._browse(
            self._form(self.case),
            """
            await tab("deadlines"); await row("Frist Erste");
            await press(".o_data_row .o_list_record_remove button"); await noRow("Frist Erste");
            await save();
            """,
        )
        self.assertFalse(self.case.sudo().deadline_ids)

    def test_the_pager_shows_the_rows_of_the_next(self):
        self._browse(
            CASES,
            """
            const cards = () => [...document.querySelectorAll(".o_kanban_record")];
            (await until(() => cards().find((c) => c.textContent.includes("Erste")))).click();
            await tab("notes"); await row("Notiz zu Erste");
            await press(".o_pager_next, .o_pager_previous");
            await row("Notiz zu Zweite"); await noRow("Notiz zu Erste");
            await tab("deadlines"); await row("Frist Zweite");
            await press(".o_pager_next, .o_pager_previous"); await row("Frist Erste");
            """,
        )

    def test_coming_back_shows_the_tab_one_left(self):
        self._browse(
            self._form(self.case),
            """
            await tab("notes"); await row("Notiz zu Erste");
            await press("button[name=action_open_persons]");
            await gone("button[name=action_open_persons]");
            [...document.querySelectorAll(".breadcrumb-item a")].at(-1).click();
            await row("Notiz zu Erste");
            """,
        )

    def test_a_list_that_something_asks_for_is_read_at_once(self):
        said = self._browse(self._form(self.case), SPLIT)
        self.assertEqual(
            json.loads(said.split("split: ")[1].splitlines()[0]),
            [["list", "other"], ["other"], ["list"], ["list"], ["other"]],
        )


@tagged("post_install", "-at_install")
class TestFormTabsMobile(FormTabsCommon):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_a_tab_is_read_when_it_is_opened(self):
        with self._asked() as asked:
            self._browse(
                f"{CASES}/{self.case.id}",
                "await one('.o_notebook'); await tab('notes'); await row('Notiz zu Erste');",
            )
        self.assertEqual(asked, [{"recent_contact_ids"}, {"note_ids"}])


@tagged("post_install", "-at_install")
class TestFormTabsOfOthers(FormTabsCommon):
    """Whatever form it is: what the server changes in a tab unseen, and what begins there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.view = cls.env["ir.ui.view"].create(
            {"name": "tabs", "model": "res.users", "type": "form", "arch": ARCH, "priority": 0}
        )
        cls.action = cls.env["ir.actions.act_window"].create(
            {"name": "Tabs", "res_model": "res.users", "view_mode": "form", "view_id": cls.view.id}
        )
        cls.manager = cls.env.ref("base.user_admin")
        cls.person = cls.env["res.users"].create({"name": "Someone", "login": "someone_tabs"})

    def test_what_the_server_changes_in_a_tab_unseen_is_saved(self):
        system = self.env.ref("base.group_system")
        self.assertNotIn(system, self.person.all_group_ids)
        self._browse(
            f"/odoo/action-{self.action.id}/{self.person.id}",
            """
            await press(".o_field_widget[name=role] input");
            await press(".o_select_menu_item[data-choice-index='1']");
            await save();
            """,
            self.manager,
        )
        self.assertIn(system, self.person.all_group_ids)

    def test_a_new_record_begins_with_what_stands_in_its_tabs(self):
        self._browse(
            f"/odoo/action-{self.action.id}/new",
            """
            type(await one(".o_field_widget[name=name] input"), "New One");
            type(await one(".o_field_widget[name=login] input"), "new_one_tabs");
            await tab("groups"); await one(".o_field_widget[name=group_ids] .o_tag");
            await save();
            """,
            self.manager,
        )
        created = self.env["res.users"].search([("login", "=", "new_one_tabs")])
        self.assertTrue(created.group_ids)

    def test_rows_of_a_person_are_removed_in_their_tab(self):
        client = self.case.client_id
        jobs = client.env["integration.employment"]
        status = next(iter(dict(jobs._fields["status"].selection)))
        jobs.create({"client_id": client.id, "status": status, "date_from": self.today})
        self._browse(
            f"/odoo/integration-persons/{client.id}",
            """
            await tab("work"); await one(".o_data_row");
            await press(".o_data_row .o_list_record_remove button"); await gone(".o_data_row");
            await save();
            """,
        )
        self.assertFalse(client.sudo().employment_ids)
