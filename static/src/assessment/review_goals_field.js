import { Component, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { serializeDate, deserializeDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Rating, loadAnchors } from "./rating";

/** Who else takes part in the plan: strength and need of each, by area. */
export class ReviewFamilyField extends Component {
    static template = "integration_management.ReviewFamilyField";
    static components = { Rating };
    static props = { ...standardFieldProps };

    setup() {
        const orm = useService("orm");
        this.scales = [
            { name: "strength", label: _t("Strength") },
            { name: "need", label: _t("Need") },
        ];
        onWillStart(async () => {
            this.anchors = await loadAnchors(orm);
        });
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    set(line, name, value) {
        return line.update({ [name]: value });
    }
}

/** All goals of a review on one screen: what became of each, by one touch. */
export class ReviewGoalsField extends ReviewFamilyField {
    static template = "integration_management.ReviewGoalsField";

    setup() {
        super.setup();
        this.results = [
            ["open", _t("Goes on")],
            ["reached", _t("Reached")],
            ["partly", _t("Partly reached")],
            ["missed", _t("Not reached")],
            ["dropped", _t("Dropped")],
        ];
    }

    needsReason(line) {
        return ["missed", "dropped"].includes(line.data.state);
    }

    goesOn(line) {
        return ["open", "partly"].includes(line.data.state);
    }

    day(line) {
        return line.data.date_target ? serializeDate(line.data.date_target) : "";
    }

    move(line, value) {
        return line.update({ date_target: value ? deserializeDate(value) : false });
    }
}

registry.category("fields").add("integration_review_goals", {
    component: ReviewGoalsField,
    displayName: _t("Goals of a review"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "goal_id", type: "many2one", relation: "integration.plan.line", readonly: false },
        { name: "area_id", type: "many2one", relation: "integration.area" },
        { name: "name", type: "text" },
        { name: "known_state", type: "char", readonly: false },
        { name: "state", type: "selection", selection: [], readonly: false },
        { name: "reason", type: "char", readonly: false },
        { name: "date_target", type: "date", readonly: false },
        { name: "known_date", type: "date", readonly: false },
        { name: "can_move", type: "boolean", readonly: false },
        { name: "strength", type: "integer", readonly: false },
        { name: "need", type: "integer", readonly: false },
        { name: "strength_before", type: "integer" },
        { name: "need_before", type: "integer" },
    ],
});

registry.category("fields").add("integration_review_family", {
    component: ReviewFamilyField,
    displayName: _t("Ratings of the family in a review"),
    supportedTypes: ["one2many"],
    relatedFields: [
        {
            name: "client_id",
            type: "many2one",
            relation: "integration.client",
            readonly: false,
            context: "{'integration_show_name': True}",
        },
        { name: "area_id", type: "many2one", relation: "integration.area", readonly: false },
        { name: "strength", type: "integer", readonly: false },
        { name: "need", type: "integer", readonly: false },
        { name: "strength_before", type: "integer" },
        { name: "need_before", type: "integer" },
    ],
});
