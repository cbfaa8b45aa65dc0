import { press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import { enterFamily } from "@integration_management/../tests/tours/family_tour";
import {
    FIRST_OPTION,
    countClicks,
    formShown,
    menu,
    reportClicks,
} from "@integration_management/../tests/tours/integration_tour_utils";

/** Enter a goal of the first life area offered, with one step. */
function goal(words, step) {
    return [
        { trigger: ".o_field_widget[name=line_ids] .o_x2m_control_panel button", run: "click" },
        { trigger: ".modal [name=area_id] input", run: "click" },
        { trigger: FIRST_OPTION, run: "click" },
        { trigger: ".modal [name=name] textarea", run: `edit ${words}` },
        { trigger: ".modal .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".modal .o_selected_row [name=name] input", run: `edit ${step}` },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: `body:not(:has(.modal)) .o_kanban_record:contains('${words}')` },
    ];
}

/** From the case: a plan with two goals, agreed. */
function makePlan() {
    return [
        { trigger: ".o_statusbar_buttons button[name=action_new_plan]", run: "click" },
        ...goal("I speak with the teacher myself", "Ask for the day of the parents"),
        ...goal("A flat of our own", "Look at adverts every week"),
        {
            content: "Two goals, so the plan can be agreed",
            trigger: ".o_statusbar_buttons button.btn-primary:not([disabled])",
            run: "click",
        },
        { trigger: ".modal button[name=action_agree]", run: "click" },
        formShown(".o_statusbar_buttons:has(button[name=action_review])"),
    ];
}

/** Ask for the figures of this month, and hand those on the screen to the test. */
function askForFigures() {
    return [
        ...menu("integration_menu_reports", "integration_report_wizard_menu"),
        { trigger: ".modal [name=preset] input", run: "click" },
        { content: "This month", trigger: ".o_select_menu_item:first", run: "click" },
        { trigger: ".modal button[name=action_show]", run: "click" },
        {
            trigger: "body:not(:has(.modal)) .o_figures_overview",
            run() {
                const cells = this.anchor.querySelectorAll(".o_figures_number");
                console.log(`figures: ${[...cells].map((cell) => cell.textContent.trim())}`);
            },
        },
    ];
}

/** From the kanban: a talk with mother and child, with topic and note. */
function documentTalk() {
    return [
        { trigger: ".o_kanban_view .o_kanban_renderer", run: countClicks },
        {
            content: "The button on the card",
            trigger:
                ".o_kanban_record:contains('Beispielenko, Olha') button[name=action_new_contact]",
            run: "click",
        },
        {
            content: "The child is present, too",
            trigger: ".modal [name=client_ids] .o-checkbox:contains('Mykola') input",
            run: "click",
        },
        { trigger: ".modal [name=topic_ids] input", run: "click" },
        { trigger: FIRST_OPTION, run: "click" },
        { trigger: ".modal [name=note] textarea", run: "edit The letter was about the school." },
        { trigger: ".modal button[name=action_save]", run: "click" },
        {
            trigger: "body:not(:has(.modal)) .o_kanban_renderer",
            run: () => reportClicks("quick"),
        },
    ];
}

/** From the kanban: close the case with a note, then begin a new episode. */
function closeAndReopen() {
    return [
        {
            trigger: ".o_kanban_record .fw-bold:contains('Beispielenko, Olha')",
            run: "click",
        },
        { trigger: ".o_statusbar_buttons button[name=action_close]", run: "click" },
        {
            content: "Open steps are listed before the plan ends with the case",
            trigger: ".modal [name=done_step_ids] .o-checkbox",
        },
        { trigger: ".modal [name=closure_reason_id] input", run: "click" },
        { trigger: ".o_select_menu_item:first", run: "click" },
        { trigger: ".modal [name=note] textarea", run: "edit Goals reached, thank you." },
        { trigger: ".modal button[name=action_close]", run: "click" },
        formShown(".o_statusbar_buttons:has(button[name=action_undo_close])"),
        { trigger: ".o_statusbar_buttons button[name=action_reopen]", run: "click" },
        { trigger: ".modal [name=reason] input", run: "edit Notice to quit the flat" },
        { trigger: ".modal button[name=action_reopen]", run: "click" },
        formShown("h1:contains('/ 2')"),
        formShown("[name=reopening_note]:contains('Notice to quit')"),
    ];
}

registry.category("web_tour.tours").add("integration_way", {
    steps: () => [
        ...enterFamily(),
        ...makePlan(),
        ...askForFigures(),
        ...menu("integration_menu_cases", "integration_menu_cases_my"),
        ...documentTalk(),
        ...askForFigures(),
        ...menu("integration_menu_cases", "integration_menu_cases_my"),
        ...closeAndReopen(),
    ],
});

registry.category("web_tour.tours").add("integration_figures", { steps: askForFigures });

/** Look for the family in a search view and find nothing. */
function searchInVain(name) {
    return [
        { trigger: ".o_searchview_input", run: `fill ${name}` },
        { trigger: ".o_searchview_input", run: () => press("Enter") },
        { trigger: `.o_searchview_facet:contains('${name}')` },
        {
            trigger: `.o_content:not(:contains('${name}')):not(:has(.o_kanban_record:not(.o_kanban_ghost), .o_data_row))`,
        },
    ];
}

registry.category("web_tour.tours").add("integration_stranger", {
    steps: () => [
        { trigger: ".o_kanban_view .o_kanban_renderer" },
        ...searchInVain("Beispielenko"),
        { trigger: ".o_switch_view.o_pivot", run: "click" },
        { trigger: ".o_pivot_view:not(:has(.o_value))" },
        ...askForFigures(),
        {
            content: "All contacts of the database",
            trigger: "body",
            run: () =>
                odoo.__WOWL_DEBUG__.root.env.services.action.doAction("contacts.action_contacts", {
                    clearBreadcrumbs: true,
                }),
        },
        { trigger: ".o_last_breadcrumb_item:not(:contains('202'))" },
        { trigger: ".o_searchview_input:not([disabled])" },
        ...searchInVain("Beispielenko"),
    ],
});
