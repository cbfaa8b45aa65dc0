import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Rating, loadAnchors } from "./rating";

/**
 * The areas of an assessment: touch an area to speak about it, then its strength and need.
 *
 * What was not talked about has no line. A goal is made by one touch; the assessment is saved
 * first.
 */
export class AssessmentLinesField extends Component {
    static template = "integration_management.AssessmentLinesField";
    static components = { Rating };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ areas: [], busy: false });
        this.scales = [
            { name: "strength", label: _t("Strength") },
            { name: "need", label: _t("Need") },
        ];
        onWillStart(async () => {
            [this.anchors] = await Promise.all([
                loadAnchors(this.orm),
                this.loadAreas(...this.whose(this.props)),
            ]);
        });
        onWillUpdateProps((props) => {
            const whose = this.whose(props);
            return String(whose) === this.loaded ? undefined : this.loadAreas(...whose);
        });
    }

    /** The case and the person that is assessed: areas depend on her consents. */
    whose({ record }) {
        return [record.data.case_id?.id || false, record.data.client_id?.id || false];
    }

    async loadAreas(caseId, clientId) {
        this.loaded = String([caseId, clientId]);
        this.state.areas =
            caseId && !this.props.readonly
                ? await this.orm.call("integration.assessment", "get_areas", [caseId, clientId])
                : [];
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get lines() {
        return this.list.records;
    }

    get open() {
        const taken = new Set(this.lines.map((line) => line.data.area_id?.id));
        return this.state.areas.filter((area) => !taken.has(area.id));
    }

    async once(act) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await act();
        } finally {
            this.state.busy = false;
        }
    }

    add(area) {
        return this.once(() =>
            this.list.addNewRecord({
                position: "bottom",
                mode: "readonly",
                context: { default_area_id: area.id },
            })
        );
    }

    set(line, name, value) {
        return line.update({ [name]: value });
    }

    remove(line) {
        return this.once(() => this.list.delete(line));
    }

    makeGoal(line) {
        return this.once(async () => {
            const area = line.data.area_id.id;
            const { root } = this.props.record.model;
            if (!(await root.save())) {
                return;
            }
            const saved = this.lines.find((other) => other.data.area_id.id === area);
            await this.orm.call("integration.assessment.line", "action_make_goal", [
                [saved.resId],
            ]);
            await root.load();
            this.notification.add(_t("The goal stands in the draft of the plan."), {
                type: "success",
            });
        });
    }
}

registry.category("fields").add("integration_assessment_lines", {
    component: AssessmentLinesField,
    displayName: _t("Areas of an assessment"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "area_id", type: "many2one", relation: "integration.area", readonly: false },
        { name: "strength", type: "integer", readonly: false },
        { name: "need", type: "integer", readonly: false },
        { name: "resource", type: "char", readonly: false },
        { name: "strength_before", type: "integer" },
        { name: "need_before", type: "integer" },
        { name: "goal_state", type: "selection", selection: [] },
    ],
});
