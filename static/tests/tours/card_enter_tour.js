import { press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";

const BUTTON = ".o_kanban_record button[name=action_new_contact]";

/** Enter on a button of a card presses the button, and does not open the card. */
registry.category("web_tour.tours").add("integration_card_enter", {
    steps: () => [
        {
            trigger: BUTTON,
            async run() {
                this.anchor.focus();
                await press("Enter");
            },
        },
        { content: "The dialog, and the board behind it", trigger: ".modal [name=note] textarea" },
        { trigger: "body:has(.o_kanban_view)" },
    ],
});
