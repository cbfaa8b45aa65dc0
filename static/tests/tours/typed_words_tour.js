import { press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";

const NOTE = ".modal [name=note] textarea";
const ASKED = ".modal:contains('Discard what was typed?')";

function escape() {
    return press("Escape");
}

/** Escape and the cross ask before they throw away a note; an empty dialog closes at once. */
registry.category("web_tour.tours").add("integration_typed_words", {
    steps: () => [
        { trigger: "button[name=action_new_contact]", run: "click" },
        { trigger: NOTE },
        { content: "Nothing typed yet", trigger: ".modal .btn-close", run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_new_contact]", run: "click" },
        { trigger: NOTE, run: "edit What cannot be said again" },
        { trigger: NOTE, run: escape },
        {
            content: "What Enter presses keeps them",
            trigger: `${ASKED} button.btn-primary:contains('Go on typing')`,
            run: "click",
        },
        { trigger: `body:not(:has(${ASKED})) .modal .btn-close`, run: "click" },
        { content: "A second Escape keeps the words as well", trigger: ASKED, run: escape },
        { trigger: `body:not(:has(${ASKED})) ${NOTE}:value('What cannot be said again')` },
        { trigger: NOTE, run: escape },
        { trigger: `${ASKED} button:contains('Discard')`, run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_new_contact]" },
    ],
});
