import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("integration_register", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:contains('Beispiel')" },
        { trigger: ".o_list_view thead .o_list_record_selector input", run: "click" },
        { trigger: ".o_list_view button[name=action_register]", run: "click" },
        {
            content: "A release is proposed",
            trigger: ".modal .o_data_row:contains('Beispiel'):contains('Schweigepflichtentbindung')",
        },
        { trigger: ".modal button[name=action_register]", run: "click" },
        { content: "One registered", trigger: ".modal .alert-success:contains('1')" },
        {
            content: "One left out, by the file number",
            trigger: ".modal .alert-warning:not(:contains('Ohne'))",
        },
        { trigger: ".modal button[name=action_download]" },
        { trigger: ".modal .modal-footer button.btn-secondary:contains('Schließen')", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_list_view" },
    ],
});

registry.category("web_tour.tours").add("integration_timeline", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Beispiel') .fw-bold", run: "click" },
        { trigger: ".o_form_view .nav-link[name=timeline]", run: "click" },
        {
            content: "A mark for the talk and the course",
            trigger: ".o_integration_timeline_lane:contains('Gespräche') .o_point",
        },
        { trigger: ".o_integration_timeline_lane:contains('Sprachkurse') .o_period" },
        { trigger: ".o_integration_timeline_lane button:contains('Sprachkurse')", run: "click" },
        {
            content: "The list shows courses alone",
            trigger:
                ".o_integration_timeline:not(:has(.o_integration_timeline_entry:contains('Hausbesuch')))",
        },
        { trigger: ".o_integration_timeline_entry button", run: "click" },
        { trigger: ".o_form_view [name=kind_id]" },
    ],
});
