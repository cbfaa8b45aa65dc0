import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** A wish from the case, a club of the directory, and the day of the first meeting. */
tours.add("integration_volunteer_match", {
    steps: () => [
        { trigger: "button[name=action_new_match]", run: "click" },
        { trigger: ".modal [name=need] textarea", run: "edit Football for the son" },
        { trigger: ".modal [name=service_id] input", run: "edit Sports Club" },
        { trigger: ".o-autocomplete--dropdown-item:contains('Sports Club Example') a", run: "click" },
        { trigger: ".modal [name=date_start] input, .modal [name=date_start] button", run: "click" },
        { trigger: ".o_datetime_picker .o_today", run: "click" },
        { trigger: ".modal footer button:contains('Save'):first", run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_open_matches]:contains('1')" },
    ],
});
