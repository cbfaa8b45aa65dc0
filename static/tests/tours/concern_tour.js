import { registry } from "@web/core/registry";
import { FIRST_OPTION, formShown } from "@integration_management/../tests/tours/integration_tour_utils";

const SEND = ".o_statusbar_buttons button:contains('Absenden')";

/** Whoever speaks for a municipality raises a concern, from her start page. */
registry.category("web_tour.tours").add("integration_concern_raise", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_form_view [name=kind_id] input", run: "click" },
        { trigger: FIRST_OPTION, run: "click" },
        { trigger: ".o_form_view [name=text] textarea", run: "edit Musik bis nach Mitternacht" },
        { trigger: SEND, run: "click" },
        { trigger: ".o_form_saved .alert:contains('eingegangen')" },
        { trigger: `.o_form_view:not(:has(${SEND}))` },
        formShown("[name=told] .o_arrow_button_current:contains('Eingegangen')"),
    ],
});

/** The case worker takes it over and answers by a fixed text. */
registry.category("web_tour.tours").add("integration_concern_answer", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name=kind_id]", run: "click" },
        { trigger: "[name=text] :contains('Mitternacht'), [name=text]:contains('Mitternacht')" },
        { trigger: "button[name=action_take_over]", run: "click" },
        { trigger: "button[name=action_answer]", run: "click" },
        {
            content: "The usual answer is proposed, and nothing is typed",
            trigger: ".modal [name=text]:contains('Verschwiegenheit'):not(:has(textarea))",
        },
        { trigger: ".modal button[name=action_save]", run: "click" },
        formShown("[name=answer_text]:contains('Verschwiegenheit')"),
    ],
});

/** The municipality reads the answer; her words are gone. */
registry.category("web_tour.tours").add("integration_concern_read", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell:contains('Beantwortet')", run: "click" },
        formShown("[name=answer_text]:contains('Verschwiegenheit')"),
        { trigger: ".o_form_view:not(:contains('Mitternacht'))" },
    ],
});
