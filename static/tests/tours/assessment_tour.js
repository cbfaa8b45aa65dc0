import { press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import {
    countClicks,
    reportClicks,
} from "@integration_management/../tests/tours/integration_tour_utils";

/** Touch an area, then type strength and need. */
function assess(number, strength, need) {
    const line = `.o_integration_assessed:nth-child(${number})`;
    return [
        { trigger: ".o_integration_area:not([disabled]):first", run: "click" },
        {
            trigger: `${line} .o_integration_rating:first`,
            async run() {
                this.anchor.focus();
                await press(strength);
            },
        },
        { trigger: `${line} [data-scale=strength] [aria-checked=true]:contains('${strength}')` },
        {
            content: "The digit went on to the need by itself",
            trigger: `${line} [data-scale=need]:focus`,
            run: () => press(need),
        },
        { trigger: `${line} [data-scale=need] [aria-checked=true]:contains('${need}')` },
    ];
}

function makeGoal(number) {
    const line = `.o_integration_assessed:nth-child(${number})`;
    return [
        { trigger: `${line} .o_integration_goal:not([disabled])`, run: "click" },
        { trigger: `${line} .badge:contains('draft of the plan')` },
        { trigger: ".o_form_view .o_integration_area:not([disabled])" },
    ];
}

registry.category("web_tour.tours").add("integration_assessment", {
    steps: () => [
        { trigger: ".o_form_view .oe_title", run: countClicks, timeout: 60000 },
        { trigger: ".o_statusbar_buttons button[name=action_new_assessment]", run: "click" },
        ...assess(1, "2", "4"),
        ...assess(2, "3", "5"),
        ...assess(3, "1", "3"),
        ...makeGoal(1),
        ...makeGoal(2),
        ...makeGoal(3),
        { trigger: "[name=profile] svg", run: () => reportClicks("assessment") },
    ],
});

/** The goal that waits for words gets those of the first entry that the library has for it. */
function takeWords(area, words) {
    return [
        { trigger: "body:not(:has(.modal)) .o_integration_library", run: "click" },
        { trigger: `.modal .o_searchview_facet:contains('${area}')` },
        { trigger: `.modal .o_data_row .o_data_cell:contains('${words}')`, run: "click" },
        {
            trigger: `body:not(:has(.modal)) .o_form_view .o_kanban_record:contains('${words}')`,
        },
    ];
}

registry.category("web_tour.tours").add("integration_whole_plan", {
    steps: () => [
        { trigger: ".o_form_view .oe_title", run: countClicks, timeout: 60000 },
        { trigger: ".o_statusbar_buttons button[name=action_new_assessment]", run: "click" },
        ...assess(1, "2", "4"),
        ...assess(2, "3", "5"),
        ...assess(3, "1", "3"),
        ...makeGoal(1),
        ...makeGoal(2),
        ...makeGoal(3),
        { trigger: "button[name=action_open_plan]", run: "click" },
        ...takeWords("General", "Keep papers and appointments in order"),
        ...takeWords("Housing", "Find a flat of one"),
        ...takeWords("Working life", "Find work with social insurance"),
        { trigger: ".o_form_statusbar button:contains('Agree'):not([disabled])", run: "click" },
        { trigger: ".modal button[name=action_agree_and_sign]", run: "click" },
        { trigger: ".modal button[name=action_sign_on_screen]", run: "click" },
        {
            content: "The press that hands the device over leaves the backend: it is added",
            trigger: ".modal button[name=action_hand_over]",
            run: () => reportClicks("plan"),
        },
    ],
});

function settle(number, result) {
    const goal = `.modal .o_integration_reviewed:nth-child(${number})`;
    return [
        { trigger: `${goal} [data-result=${result}]`, run: "click" },
        { trigger: `${goal} [data-result=${result}][aria-checked=true]` },
    ];
}

registry.category("web_tour.tours").add("integration_review", {
    steps: () => [
        { trigger: ".o_form_view .oe_title", run: countClicks, timeout: 60000 },
        { trigger: "button[name=action_review]", run: "click" },
        ...settle(1, "reached"),
        ...settle(2, "reached"),
        ...settle(3, "partly"),
        ...settle(4, "reached"),
        ...settle(5, "dropped"),
        { trigger: ".modal .o_integration_reason", run: "edit Moved away" },
        {
            trigger: ".modal .o_integration_reviewed:nth-child(1) [data-scale=strength]",
            async run() {
                this.anchor.focus();
                await press("4");
            },
        },
        { trigger: ".modal [data-scale=strength] [aria-checked=true]:contains('4')" },
        { trigger: ".modal [name=note] textarea", run: "edit A good half year." },
        { trigger: ".modal button[name=action_record]", run: "click" },
        {
            trigger: "body:not(:has(.modal)) .o_form_view",
            run: () => reportClicks("review"),
        },
    ],
});
