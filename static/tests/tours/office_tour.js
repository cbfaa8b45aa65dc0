import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const MOST = 12;
let clicks = 0;

/** A click that is counted: what a worker's thumb does. */
function click(trigger) {
    return {
        trigger,
        async run(helpers) {
            clicks += 1;
            if (clicks > MOST) {
                throw new Error(`more than ${MOST} clicks`);
            }
            await helpers.click();
        },
    };
}

/** By thumb: two visitors without a file, one with; each is talked to and counted. */
tours.add("integration_office_hours", {
    steps: () => [
        click(".o_kanban_record:not(.o_kanban_ghost) button[name=action_waiting_list]"),
        click("button[name=action_add_unnamed]"),
        { trigger: ".o_kanban_record:contains('1')" },
        click("button[name=action_add_unnamed]"),
        { trigger: ".o_kanban_record:not(.o_kanban_ghost):nth-of-type(2), .o_kanban_record:contains('2')" },
        click(".o_control_panel_main_buttons button.o-control-panel-adaptive-dropdown"),
        click(".o-control-panel-adaptive-dropdown.dropdown-menu button:contains('With a File')"),
        click(".modal [name=client_id] input"),
        click(".modal:not(.o_inactive_modal) .o_kanban_record:contains('Visiting Person')"),
        { trigger: ".modal [name=client_id] input:value('Visiting')" },
        click(".modal footer button:contains('Save'):first"),
        { trigger: "body:not(:has(.modal)) .o_kanban_record:contains('Visiting Person')" },
        click(".o_kanban_record:contains('Visiting Person') button[name=action_talk]"),
        click(".modal button[name=action_save]"),
        { trigger: "body:not(:has(.modal)) .o_kanban_record:contains('Visiting Person'):not(:has(button[name=action_talk]))" },
        click(".o_kanban_record button[name=action_count]"),
        { trigger: ".o_kanban_view:has(.o_kanban_record button[name=action_count]):not(:has(.o_kanban_record ~ .o_kanban_record button[name=action_count]))" },
        click(".o_kanban_record button[name=action_count]"),
        { trigger: ".o_kanban_view:not(:has(button[name=action_count]))" },
    ],
});
