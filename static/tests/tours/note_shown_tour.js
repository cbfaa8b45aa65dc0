import { registry } from "@web/core/registry";

const WORDS = "What was said on the telephone";
const NOTE = ".modal:last [name=body] textarea";

/** A note that is added through a talk stands among the notes of the case at once. */
registry.category("web_tour.tours").add("integration_note_shown", {
    steps: () => [
        { trigger: ".o_form_view .nav-link[name=contacts]", run: "click" },
        { trigger: "[name=recent_contact_ids] .o_data_row .o_data_cell", run: "click" },
        { trigger: ".modal [name=note_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: NOTE, run: `edit ${WORDS}` },
        { trigger: ".modal:last .o_form_button_save", run: "click" },
        { trigger: ".modal:only-of-type .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal)) .nav-link[name=notes]", run: "click" },
        { trigger: `[name=note_ids] .o_data_row:contains('${WORDS}')` },
    ],
});
