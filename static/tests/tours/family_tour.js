import { registry } from "@web/core/registry";
import {
    countClicks,
    FIRST_OPTION,
    formShown,
    reportClicks,
    typeInto,
    typeNext,
    yearsAgo,
} from "@integration_management/../tests/tours/integration_tour_utils";

const FAMILY = [
    ["Beispielenko, Olha", 34],
    ["Beispielenko, Andrij", 36],
    ["Beispielenko, Mykola", 7],
];

/** Start counting at the kanban; "New" opens the dialog. */
function openDialog() {
    return [
        { trigger: ".o_kanban_view .o_kanban_renderer", run: countClicks },
        { content: "The kanban's own button", trigger: ".o-kanban-button-new", run: "click" },
    ];
}

function writeNote() {
    return [
        {
            trigger: ".modal [name=note] textarea",
            run: "edit We met at the door and looked at the letters.",
        },
        { content: "No person is being edited", trigger: ".modal:not(:has(.o_selected_row))" },
    ];
}

/** Choose one of several municipalities and save. */
function finishDialog(option) {
    return [
        { trigger: ".modal [name=municipality_id] input", run: "click" },
        { trigger: option, run: "click" },
        { trigger: ".modal button[name=action_save]", run: "click" },
        formShown("h1:contains('Beispielenko, Olha')"),
        {
            content: "The talk is in the file",
            trigger: ".o_field_widget[name=recent_contact_ids]:contains('Beispielenko, Andrij')",
            run: () => reportClicks("family"),
        },
    ];
}

/** A household of three in the wide dialog; leaves the family's case open. */
export function enterFamily() {
    return [
        ...openDialog(),
        ...FAMILY.flatMap(([name, age]) => [
            {
                trigger: ".modal [name=line_ids] .o_field_x2many_list_row_add a",
                run: "click",
            },
            {
                content: "A new line for the name",
                trigger:
                    ".modal [name=line_ids] .o_selected_row [name=name] input:placeholder-shown",
                async run() {
                    await typeInto(this.anchor, name);
                    await typeNext(yearsAgo(age));
                },
            },
            {
                content: "Nothing is ticked before; one click says yes",
                trigger:
                    ".modal [name=line_ids] .o_selected_row [name=consent]:not(:has(input:checked)) input[data-value=paper]",
                run: "click",
            },
            { trigger: ".modal .o_selected_row [name=consent] input[data-value=paper]:checked" },
        ]),
        ...writeNote(),
        { trigger: ".modal [name=topic_ids] input", run: "click" },
        { trigger: FIRST_OPTION, run: "click" },
        { trigger: ".modal [name=topic_ids] .o_tag" },
        ...finishDialog(".o-autocomplete--dropdown-item:contains('Aheim')"),
    ];
}

const PERSON = ".modal:not(.o_inactive_modal):has(.o_form_button_save_new)";

registry.category("web_tour.tours").add("integration_family_phone", {
    steps: () => [
        ...openDialog(),
        { trigger: ".modal [name=line_ids] .o_x2m_control_panel button", run: "click" },
        ...FAMILY.flatMap(([name, age], index) => [
            {
                content: "An empty form for each person",
                trigger: `${PERSON} [name=name] input:placeholder-shown`,
                async run() {
                    await typeInto(this.anchor, name);
                    // The “next” key of the keyboard on the screen
                    await typeNext(yearsAgo(age));
                },
            },
            {
                trigger: `${PERSON} [name=consent]:not(:has(input:checked)) input[data-value=paper]`,
                run: "click",
            },
            {
                trigger: `${PERSON} .o_form_button_save${index < 2 ? "_new" : ""}`,
                run: "click",
            },
        ]),
        { trigger: ".modal .o_kanban_record:contains('Beispielenko, Mykola')" },
        ...writeNote(),
        // A many2one is chosen from a screen of its own
        ...finishDialog(".modal:not(.o_inactive_modal) .o_kanban_record:contains('Aheim')"),
    ],
});
