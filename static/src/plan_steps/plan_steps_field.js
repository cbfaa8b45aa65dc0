import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime } = luxon;

/**
 * The steps of a goal on its card: who does what by when, ticked in place.
 *
 * A tick is saved at once, for it is set in the middle of a talk.
 */
export class PlanStepsField extends Component {
    static template = "integration_management.PlanStepsField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.owners = {
            client: _t("Client"),
            worker: _t("Case worker"),
            third: _t("Third party"),
            volunteer: _t("Volunteer"),
        };
    }

    get steps() {
        return this.props.record.data[this.props.name].records.map((step) => {
            const { name, owner, owner_words: who, state, date_due: due } = step.data;
            return {
                key: step.id,
                resId: step.resId,
                name,
                state,
                owner: who || this.owners[owner] || "",
                due: due ? formatDate(due) : "",
                overdue: state === "open" && due && due < DateTime.local().startOf("day"),
            };
        });
    }

    get tickable() {
        return this.props.record.data.plan_state === "agreed";
    }

    async toggle(step) {
        const { root } = this.props.record.model;
        if (!step.resId || !(await root.save())) {
            return;
        }
        // What the hand meant, not the opposite of what somebody else has made of it meanwhile.
        const method = step.state === "done" ? "action_open_again" : "action_tick_off";
        await this.orm.call("integration.plan.step", method, [[step.resId]]);
        await root.load();
    }
}

export const planStepsField = {
    component: PlanStepsField,
    displayName: _t("Steps of a goal"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "name", type: "char" },
        { name: "owner", type: "selection", selection: [] },
        { name: "owner_words", type: "char" },
        { name: "date_due", type: "date" },
        { name: "state", type: "selection", selection: [] },
    ],
};

registry.category("fields").add("integration_plan_steps", planStepsField);
