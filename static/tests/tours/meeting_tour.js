import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** A worker says that she comes, and brings in a topic. */
tours.add("integration_meeting_topic", {
    steps: () => [
        { trigger: "button[name=action_come]", run: "click" },
        { trigger: ".alert:contains('Noted: you come')" },
        { trigger: "button[name=action_new_topic]", run: "click" },
        { trigger: ".modal [name=name] input", run: "edit Places in courses" },
        { trigger: ".modal footer button:contains('Save'):first", run: "click" },
        { trigger: "body:not(:has(.modal)) [name=topic_ids]:contains('Places in courses')" },
    ],
});

/** The coordinator notes that it was held, writes minutes and a decision, and finishes them. */
tours.add("integration_meeting_minutes", {
    steps: () => [
        { trigger: "button[name=action_held]", run: "click" },
        { trigger: ".o_notebook a[name=minutes]", run: "click" },
        { trigger: "[name=minutes] textarea", run: "edit Everybody was there." },
        { trigger: ".o_notebook a[name=decisions]", run: "click" },
        { trigger: "[name=decision_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: "[name=decision_ids] .o_selected_row [name=name] input", run: "edit Write a list" },
        { trigger: "[name=decision_ids] .o_selected_row [name=attendance_id] input", run: "edit worker_b" },
        { trigger: ".o-autocomplete--dropdown-item:contains('worker_b') a", run: "click" },
        { trigger: "[name=decision_ids] .o_selected_row [name=who] input:value('Agency B')" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved", run: () => {} },
        { trigger: "button[name=action_close]", run: "click" },
        { trigger: ".modal footer button:contains('Finish Minutes')", run: "click" },
        { trigger: "button[name=action_reopen]" },
    ],
});

/** The worker finds on My Day what she is to do, and says that it is done. */
tours.add("integration_meeting_decision", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Decisions of Meetings')", run: "click" },
        { trigger: ".o_data_row:contains('Write a list') button[name=action_done]", run: "click" },
        { trigger: "body:not(:has(.o_data_row:contains('Write a list')))" },
    ],
});
