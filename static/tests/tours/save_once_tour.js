import { registry } from "@web/core/registry";
import { newDeadline } from "@integration_management/../tests/tours/integration_tour_utils";

/** Let the next save reach the server twice, as when its first answer was lost on the way back. */
function deliverTwice() {
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url) {
        this.integrationUrl = url;
        return open.apply(this, arguments);
    };
    XMLHttpRequest.prototype.send = async function (body) {
        if (this.integrationUrl?.endsWith("/web_save")) {
            Object.assign(XMLHttpRequest.prototype, { open, send });
            const headers = { "Content-Type": "application/json" };
            await fetch(this.integrationUrl, { method: "POST", headers, body });
        }
        return send.call(this, body);
    };
}

const SAVE = ".o_form_button_save:visible";

/** A new form is saved twice by one press, and there is one record. */
registry.category("web_tour.tours").add("integration_save_once", {
    steps: () => [
        ...newDeadline("Olena", "Two photographs"),
        { trigger: SAVE, run: () => deliverTwice() },
        { trigger: SAVE, run: "click" },
        {
            trigger:
                "body:not(:has(.o_form_status_indicator_buttons:not(.invisible))) button[name=action_done]",
        },
    ],
});
