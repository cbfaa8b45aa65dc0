import { registry } from "@web/core/registry";

const SAVED =
    "body:not(:has(.modal)):not(:has(.o_form_status_indicator_buttons:not(.invisible))) .o_form_view";

/** Two clicks take a goal over; the one that waits for words gets them; goals are moved by hand. */
registry.category("web_tour.tours").add("integration_goal_library", {
    steps: () => [
        { trigger: ".o_kanban_record .badge:contains('Words missing')" },
        { trigger: ".o_integration_library", run: "click" },
        {
            content: "What waits for words is looked for first",
            trigger: ".modal .o_searchview_facet:contains('Language')",
        },
        { trigger: ".modal .o_data_row .o_data_cell:contains('Pass the B1 examination')", run: "click" },
        { trigger: `${SAVED} .o_kanban_record:contains('Pass the B1 examination')` },
        { trigger: "body:not(:has(.badge:contains('Words missing')))" },
        { trigger: ".o_integration_library", run: "click" },
        { trigger: "body:not(:has(.modal .o_searchview_facet)) .modal .o_data_row" },
        { trigger: ".modal .o_data_row .o_data_cell:contains('Travel alone by bus')", run: "click" },
        { trigger: `${SAVED} .o_kanban_record:contains('Travel alone by bus')` },
        {
            trigger: ".o_kanban_record:contains('Travel alone by bus')",
            run: "drag_and_drop(.o_kanban_record:contains('A flat of our own'))",
        },
        { trigger: ".o_form_button_save:visible", run: "click" },
        { trigger: SAVED },
    ],
});
