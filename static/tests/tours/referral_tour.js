import { registry } from "@web/core/registry";
import {
    FIRST_OPTION,
    countClicks,
    reportClicks,
} from "@integration_management/../tests/tours/integration_tour_utils";

/** From the card of a case: a talk about one topic; `more` is done before it is saved. */
function talk(name, topic, more) {
    return [
        { trigger: ".o_kanban_view .o_kanban_record:contains('Beispiel')", run: countClicks },
        {
            trigger: ".o_kanban_record:contains('Beispiel') button[name=action_new_contact]",
            run: "click",
        },
        { trigger: ".modal [name=topic_ids] input", run: `edit ${topic}` },
        { trigger: `.o-autocomplete--dropdown-item:contains('${topic}')`, run: "click" },
        ...more,
        { trigger: ".modal button[name=action_save]", run: "click" },
        {
            trigger: "body:not(:has(.modal)) .o_kanban_renderer",
            run: () => reportClicks(name),
        },
    ];
}

registry.category("web_tour.tours").add("integration_referral", {
    steps: () => [
        ...talk("plain", "Papiere", []),
        ...talk("referral", "Familienzusammenführung", [
            { trigger: ".modal .alert-warning:contains('sofort')" },
            { trigger: ".modal [name=refer_service_ids] input", run: "click" },
            { trigger: FIRST_OPTION, run: "click" },
        ]),
        ...talk("offered", "Wohnungssuche", [
            {
                content: "The dialog hears from the server what the topic offers",
                trigger: ".modal [name=topic_ids] .o_tag:contains('Wohnungssuche')",
                run: () => new Promise((resolve) => setTimeout(resolve, 1500)),
            },
            { trigger: ".modal [name=refer_service_ids] input", run: "click" },
            {
                content: "Offered is what serves the area and the place of the case, nothing else",
                trigger:
                    ".o-autocomplete--dropdown-menu:contains('Wohnraumhilfe'):not(:contains('Migration')):not(:contains('Ferne'))",
            },
            { trigger: FIRST_OPTION, run: "click" },
        ]),
    ],
});

registry.category("web_tour.tours").add("integration_stopped", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains('Beispiel') button[name=action_new_contact]",
            run: "click",
        },
        { trigger: ".modal [name=topic_ids] input", run: "edit Vertrag für" },
        { trigger: ".o-autocomplete--dropdown-item:contains('Vertrag für')", run: "click" },
        { content: "It speaks at the moment of choosing", trigger: ".modal .alert-danger" },
        { trigger: ".modal [name=note] textarea", run: "edit Words that must not get lost" },
        { trigger: ".modal button[name=action_save]", run: "click" },
        { trigger: ".modal:contains('nicht')", content: "The refusal" },
        { trigger: ".modal:last .modal-footer button.btn-primary", run: "click" },
        {
            content: "What was typed is still there; without the topic it is saved",
            trigger: ".modal [name=topic_ids] .o_delete",
            run: "click",
        },
        { trigger: ".modal:not(:has(.alert-danger)) [name=note]" },
        { trigger: ".modal button[name=action_save]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_kanban_renderer" },
    ],
});
