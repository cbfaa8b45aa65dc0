import { click } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import {
    countClicks,
    formShown,
    reportClicks,
} from "@integration_management/../tests/tours/integration_tour_utils";

const PERSONS = ".o_integration_glance .o_home";

/** Unfold the household, which a phone shows folded. */
function unfold() {
    return {
        trigger: PERSONS,
        async run() {
            if (!this.anchor.open) {
                await click(`${PERSONS} > summary`);
            }
        },
    };
}

/** Open the dialog of an event from the case page. */
function happen(event) {
    return [
        { trigger: `${PERSONS} .o_events summary`, run: "click" },
        { trigger: `${PERSONS} button[name=${event}]`, run: "click" },
    ];
}

/** What was done is told, and the page behind shows it. */
function told(words) {
    return [
        { trigger: `.o_notification:contains('${words}')` },
        { content: "The dialog is closed", trigger: "body:not(:has(.modal))" },
    ];
}

registry.category("web_tour.tours").add("integration_birth", {
    steps: () => [
        formShown(PERSONS),
        unfold(),
        { trigger: `${PERSONS}:contains('Beispielenko, Olha')`, run: countClicks },
        ...happen("birth"),
        { trigger: ".modal [name=name] input", run: "edit Beispielenko, Danylo" },
        {
            content: "The parent is known",
            trigger: ".modal [name=client_id] input:value('Beispielenko, Olha')",
        },
        { trigger: ".modal [name=consent] input[data-value=paper]", run: "click" },
        { trigger: ".modal button[name=action_save]", run: "click" },
        ...told("20"),
        {
            trigger: `${PERSONS}:contains('Beispielenko, Danylo')`,
            run: () => reportClicks("birth"),
        },
    ],
});

registry.category("web_tour.tours").add("integration_separation", {
    steps: () => [
        formShown(PERSONS),
        unfold(),
        { trigger: `${PERSONS}:contains('Beispielenko, Andrij')`, run: countClicks },
        ...happen("separation"),
        {
            trigger: ".modal [name=leaving_ids] label:contains('Beispielenko, Andrij')",
            run: "click",
        },
        { content: "It says what will happen", trigger: ".modal [name=consequences]:contains('•')" },
        { trigger: ".modal [name=protected_address] input", run: "click" },
        { trigger: ".modal button[name=action_save]", run: "click" },
        ...told("20"),
        {
            content: "Whoever left does not stand there any more",
            trigger: `${PERSONS}:not(:contains('Beispielenko, Andrij'))`,
            run: () => reportClicks("separation"),
        },
    ],
});
