import { press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import {
    FIRST_OPTION,
    countClicks,
    reportClicks,
    typeInto,
} from "@integration_management/../tests/tours/integration_tour_utils";

const NOTE = ".modal [name=note] textarea";
const KEPT = ".modal .o_integration_kept:contains('Kept as your draft')";
const tours = registry.category("web_tour.tours");

/** Let what is typed arrive nowhere, as without a network, until it is called again. */
function cutTheLine() {
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url) {
        this.integrationUrl = url;
        return open.apply(this, arguments);
    };
    XMLHttpRequest.prototype.send = function (body) {
        if (this.integrationUrl.endsWith("/keep_draft")) {
            this.dispatchEvent(new Event("error"));
            return;
        }
        return send.call(this, body);
    };
    return () => Object.assign(XMLHttpRequest.prototype, { open, send });
}

let mend;

/** A note is typed, and the window is gone before it is saved. */
tours.add("integration_draft_typed", {
    steps: () => [
        { trigger: "button[name=action_new_contact]", run: "click" },
        { trigger: NOTE, run: () => (mend = cutTheLine()) },
        { trigger: NOTE, run: "edit What cannot be said again" },
        {
            content: "No connection: it is said, and the text stays",
            trigger: ".modal .o_integration_kept:contains('Not kept yet')",
            run: () => mend(),
        },
        { trigger: `.modal:has(${KEPT.replace(".modal ", "")}) ${NOTE.replace(".modal ", "")}:value('What cannot be said again')` },
    ],
});

/** Another session, another tab: it is offered, gone on with and saved. */
tours.add("integration_draft_again", {
    steps: () => [
        { trigger: "button[name=action_new_contact]", run: "click" },
        { trigger: ".modal .o_integration_draft:contains('You were writing')" },
        { trigger: ".modal .o_integration_go_on", run: "click" },
        { trigger: `body:not(:has(.o_integration_draft)) ${NOTE}:value('What cannot be said again')`, run: "edit What cannot be said again, and more" },
        { trigger: ".modal button[name=action_save]", run: "dblclick" },
        { trigger: "body:not(:has(.modal)) button[name=action_new_contact]" },
    ],
});

/** What is discarded is gone on the server as well. */
tours.add("integration_draft_discarded", {
    steps: () => [
        { trigger: "button[name=action_new_contact]", run: "click" },
        { trigger: NOTE, run: "edit Nothing of use" },
        { trigger: KEPT },
        { trigger: ".modal footer button:contains('Discard')", run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_new_contact]", run: "click" },
        { trigger: NOTE },
        { trigger: ".modal:not(:has(.o_integration_draft)) .btn-close", run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_new_contact]" },
    ],
});

/** From My Day, by the icon: a talk with a topic and a note. */
tours.add("integration_draft_from_day", {
    steps: () => [
        { trigger: ".o_integration_day", run: countClicks },
        { trigger: ".o_integration_new_contact button", run: "click" },
        { trigger: ".modal [name=case_id] input", run: ({ anchor }) => typeInto(anchor, "Olena") },
        { trigger: `${FIRST_OPTION}:contains('Olena')`, run: "click" },
        { trigger: ".modal [name=topic_ids] input", run: "click" },
        { trigger: FIRST_OPTION, run: "click" },
        { trigger: NOTE, run: "edit She asked for the letter." },
        { trigger: ".modal button[name=action_save]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_integration_day", run: () => reportClicks("day") },
        { content: "By the keys as well", trigger: "body", run: () => press(["alt", "shift", "k"]) },
        { trigger: NOTE.replace("[name=note] textarea", "[name=case_id] input") },
        { trigger: ".modal .btn-close", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_integration_day" },
    ],
});
