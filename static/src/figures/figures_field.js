import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * A page of numbers as the server wrote it. A number that opens records is a link with the
 * address of its cell; the server decides who gets one, and again what it opens.
 */
export class FiguresField extends Component {
    static template = "integration_management.FiguresField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
    }

    async onClick(ev) {
        const link = ev.target.closest("[data-cell]");
        if (!link) {
            return;
        }
        ev.preventDefault();
        // What was typed above the numbers decides on what they open.
        if ((await this.props.record.isDirty()) && !(await this.props.record.save())) {
            return;
        }
        const { resModel, resId } = this.props.record;
        const cell = JSON.parse(link.dataset.cell);
        const action = await this.orm.call(resModel, "action_open_cell", [[resId], cell]);
        await this.action.doAction(action);
        if (action.params?.note) {
            this.notification.add(action.params.note, { type: "info" });
        }
    }
}

registry.category("fields").add("integration_figures", {
    component: FiguresField,
    displayName: _t("Figures"),
    supportedTypes: ["html"],
});
