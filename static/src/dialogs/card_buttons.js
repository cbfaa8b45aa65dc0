import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { patch } from "@web/core/utils/patch";
import { useEffect } from "@odoo/owl";

/**
 * A button on a card answers Enter. The kanban listens to Enter for opening the card under the
 * focus, and would swallow it for the buttons in the card as well.
 */
patch(KanbanRenderer.prototype, {
    setup() {
        super.setup();
        useEffect(
            (board) => {
                if (!board || !this.props.list.resModel.startsWith("integration.")) {
                    return;
                }
                const keep = (ev) => {
                    if (ev.key === "Enter" && ev.target.matches("button, a")) {
                        ev.stopPropagation();
                    }
                };
                board.addEventListener("keydown", keep);
                return () => board.removeEventListener("keydown", keep);
            },
            () => [this.rootRef.el]
        );
    },
});
