import { registry } from "@web/core/registry";

/** A draft gets a second goal, is agreed, and a step is ticked on its card. */
registry.category("web_tour.tours").add("integration_plan", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('I pass the B1 exam')" },
        {
            content: "In a draft nothing can be ticked yet",
            trigger: ".o_kanban_record li:contains('Register for the course') input:disabled",
        },
        { trigger: "button:contains('Add a goal')", run: "click" },
        { trigger: ".modal [name=area_id] input", run: "edit Health" },
        { trigger: ".o-autocomplete--dropdown-item:contains('Health')", run: "click" },
        { trigger: ".modal [name=name] textarea", run: "edit A doctor for the children" },
        { trigger: ".modal .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".modal .o_selected_row [name=name] input", run: "edit Call the practice" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        {
            content: "The new card bears the step before anything is saved",
            trigger: ".o_kanban_record:contains('A doctor for the children') li:contains('Call the practice')",
        },
        { trigger: ".o_form_statusbar button:contains('Agree'):not([disabled])", run: "click" },
        { trigger: ".modal button[name=action_agree]", run: "click" },
        { trigger: ".o_form_statusbar button[name=action_review]" },
        {
            content: "Tick in place",
            trigger: ".o_kanban_record li:contains('Register for the course') input:enabled",
            run: "click",
        },
        { trigger: ".o_kanban_record li:contains('Register for the course') input:checked" },
        { trigger: "body:not(:has(.modal)) .o_form_view:not(:has(.o_form_status_indicator_buttons:not(.invisible)))" },
        { trigger: "button[name=action_new_version]", run: "click" },
        { trigger: ".alert:contains('stays in force')" },
        {
            content: "Only the open step goes on",
            trigger: ".o_kanban_record:contains('I pass the B1 exam'):not(:contains('Register for the course'))",
        },
    ],
});
