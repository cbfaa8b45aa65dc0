import { registry } from "@web/core/registry";
import {
    countClicks,
    reportClicks,
} from "@integration_management/../tests/tours/integration_tour_utils";

/** By thumb: out to a house visit and back again. */
registry.category("web_tour.tours").add("integration_house_visit", {
    steps: () => [
        { trigger: ".o_form_view .o_statusbar_buttons", run: countClicks },
        {
            content: "On a telephone the buttons of the case lie behind one",
            trigger: ".o_statusbar_buttons button.dropdown-toggle",
            run: "click",
        },
        { trigger: ".o-dropdown--menu button[name=action_visit_out]", run: "click" },
        { trigger: ".modal button[name=action_out]", run: "click" },
        {
            trigger: "body:not(:has(.modal)) .o_form_view button[name=action_visit_back]",
            run: "click",
        },
        { trigger: ".o_form_view:not(:has(button[name=action_visit_back]))" },
        { trigger: ".o_form_view", run: () => reportClicks("visit") },
    ],
});
