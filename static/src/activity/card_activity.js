import { ActivityButton } from "@mail/core/web/activity_button";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COLOURS = {
    overdue: "text-danger",
    today: "text-warning",
    planned: "text-success",
};

/**
 * The button of the next activity on a card. What is planned is asked for when the button is
 * pressed: a page of cards needs no more than whether something is due.
 */
export class CardActivity extends ActivityButton {
    static props = standardFieldProps;

    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    get buttonClass() {
        const { activity_state, activity_type_icon } = this.props.record.data;
        if (!activity_state) {
            return "fa-clock-o btn-link text-dark";
        }
        return `${COLOURS[activity_state]} ${activity_type_icon || "fa-tasks"}`;
    }

    get title() {
        const { activity_summary, activity_state } = this.props.record.data;
        return activity_state && activity_summary ? activity_summary : super.title;
    }

    async onClick() {
        if (this.popover.isOpen) {
            this.popover.close();
            return;
        }
        const { record } = this.props;
        const { resId, resModel } = record;
        const activityIds = await this.orm.search("mail.activity", [
            ["res_model", "=", resModel],
            ["res_id", "=", resId],
        ]);
        this.popover.open(this.buttonRef.el, {
            activityIds,
            resId,
            resModel,
            onActivityChanged: () => {
                record.load();
                this.popover.close();
            },
        });
    }
}

registry.category("fields").add("integration_activity", {
    component: CardActivity,
    supportedTypes: ["selection"],
    fieldDependencies: [
        { name: "activity_summary", type: "char" },
        { name: "activity_type_icon", type: "char" },
    ],
});
