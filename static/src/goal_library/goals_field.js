import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

const LIBRARY = "integration.goal.template";

/** Goals or steps, moved by hand while the plan is a draft: an agreed one has its order on paper. */
export class PlanPartsField extends X2ManyField {
    get rendererProps() {
        const props = super.rendererProps;
        props.archInfo = {
            ...props.archInfo,
            recordsDraggable: props.archInfo.recordsDraggable && this.canCreate,
        };
        return props;
    }
}

/**
 * The goals of a plan, which are also taken over from the library.
 *
 * The plan is saved first, for the server copies the words; nothing typed before is lost.
 */
export class GoalsField extends PlanPartsField {
    static template = "integration_management.GoalsField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.dialog = useService("dialog");
    }

    async openLibrary() {
        const plan = this.props.record;
        if (!(await plan.save())) {
            return;
        }
        const waiting = this.list.records.find((goal) => goal.data.words_missing);
        this.dialog.add(SelectCreateDialog, {
            resModel: LIBRARY,
            title: _t("Take Goals from the Library"),
            noCreate: true,
            domain: [["company_id", "in", [false, plan.data.company_id?.id || false]]],
            context: {
                list_view_ref: "integration_management.integration_goal_template_view_list_choose",
                // A goal that waits for its words comes first
                ...(waiting && { search_default_area_id: waiting.data.area_id.id }),
            },
            onSelected: async (ids) => {
                await this.orm.call("integration.plan", "action_take_goals", [[plan.resId], ids]);
                await plan.load();
            },
        });
    }
}

export const goalsField = {
    ...x2ManyField,
    component: GoalsField,
    displayName: _t("Goals with a library"),
    supportedTypes: ["one2many"],
};

export const planPartsField = {
    ...x2ManyField,
    component: PlanPartsField,
    supportedTypes: ["one2many"],
};

registry.category("fields").add("integration_goals", goalsField);
registry.category("fields").add("integration_plan_parts", planPartsField);
