import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";

const PHONE = "[name=phone] input";
const ASKED = ".modal:contains('Changed by somebody else meanwhile')";

/** Save the telephone number from another place, as a colleague does. */
async function colleagueSaves(number) {
    const id = parseInt(window.location.pathname.match(/(\d+)$/)[1]);
    await rpc("/web/dataset/call_kw/integration.client/web_save", {
        model: "integration.client",
        method: "web_save",
        args: [[id], { phone: number }, {}],
        kwargs: {},
    });
}

function typed(number) {
    return [
        { trigger: `.o_form_view ${PHONE}`, run: `edit ${number}` },
        { trigger: ".o_form_button_save:visible", run: "click" },
    ];
}

/** The second of two editors sees both versions, and chooses. */
registry.category("web_tour.tours").add("integration_overtaken", {
    steps: () => [
        { trigger: `.o_form_view ${PHONE}`, run: () => colleagueSaves("07071 111") },
        ...typed("07071 222"),
        { trigger: `${ASKED} .o_integration_theirs:contains('07071 111')` },
        { trigger: `${ASKED} .o_integration_mine:contains('07071 222')` },
        { trigger: `${ASKED} .o_integration_go_on`, run: "click" },
        { content: "What was typed is still there", trigger: `body:not(:has(.modal)) ${PHONE}:value('07071 222')` },
        { trigger: ".o_form_button_save:visible", run: "click" },
        { trigger: `${ASKED} .o_integration_take_mine`, run: "click" },
        {
            trigger:
                "body:not(:has(.modal)):not(:has(.o_form_status_indicator_buttons:not(.invisible))) .o_form_view",
        },
        { trigger: `.o_form_view ${PHONE}:value('07071 222')`, run: () => colleagueSaves("07071 333") },
        ...typed("07071 444"),
        { trigger: `${ASKED} .o_integration_take_theirs`, run: "click" },
        { trigger: `body:not(:has(.modal)) ${PHONE}:value('07071 333')` },
    ],
});
