import { registry } from "@web/core/registry";
import {
    countClicks,
    formShown,
    reportClicks,
} from "@integration_management/../tests/tours/integration_tour_utils";

/** From the outreach list to the case; nothing that is known of the arrival is typed again. */
registry.category("web_tour.tours").add("integration_arrival", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row", run: countClicks },
        { trigger: ".o_data_row .o_data_cell:contains('Tourstraße 4')", run: "click" },
        { trigger: "button[name=action_accept]", run: "click" },
        {
            content: "The name is there",
            trigger: ".modal [name=line_ids] .o_data_row:contains('Beispielenko, Olha')",
        },
        {
            trigger: ".modal [name=line_ids] .o_data_row .o_data_cell[name=consent]",
            run: "click",
        },
        {
            content: "Nobody has consented until somebody says so",
            trigger:
                ".modal [name=line_ids] .o_selected_row [name=consent]:not(:has(input:checked)) input[data-value=paper]",
            run: "click",
        },
        { trigger: ".modal .o_selected_row [name=consent] input[data-value=paper]:checked" },
        { trigger: ".modal button[name=action_save]", run: "click" },
        formShown("h1:contains('Beispielenko, Olha')"),
        { trigger: ".o_form_view", run: () => reportClicks("arrival") },
    ],
});
