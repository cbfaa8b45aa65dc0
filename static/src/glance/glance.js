import { Component, onWillDestroy, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const MODULE = "integration_management";

/**
 * The case at a glance, above the tabs: how to reach the family, who lives there, what comes next.
 *
 * It comes with the case (glance_form.js) and is fetched anew once a save has changed what it
 * tells; the server sends what the reader may read.
 */
export class Glance extends Component {
    static template = "integration_management.Glance";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        // On a phone the talks come first: household and releases unfold with a tap.
        this.small = this.env.isSmall;
        this.state = useState({ told: null, failed: false });
        this.asked = 0;
        this.glance = undefined;
        this.key = "";
        useRecordObserver((record) => this.follow(record));
        onWillDestroy(() => this.asked++);
    }

    /** Show what came with the record; fetch it if a save has changed the record since. */
    follow(record) {
        const { state, consent_state, person_count, user_id } = record.data;
        const key = JSON.stringify([record.resId, state, consent_state, person_count, user_id?.id]);
        const [glance, before] = [record.glance, this.key];
        this.key = key;
        if (glance && glance !== this.glance) {
            this.glance = glance;
            this.asked++;
            Object.assign(this.state, { told: glance.told || null, failed: !glance.told });
        } else if (key !== before) {
            this.load(record.resId);
        }
    }

    /** Fetch it without keeping the form waiting. */
    async load(resId) {
        const mine = ++this.asked;
        let told = null;
        let failed = false;
        try {
            told = resId ? await this.fetch(resId) : null;
        } catch {
            failed = true;
        }
        if (mine === this.asked) {
            Object.assign(this.state, { told, failed });
        }
    }

    fetch(resId) {
        const context = { integration_show_name: true };
        return this.orm.silent.call("integration.case", "get_glance", [[resId]], { context });
    }

    call(phone) {
        return `tel:${phone.replace(/[^+\d]/g, "")}`;
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
            context: { integration_show_name: true },
        });
    }

    /** Open the dialog of a family event, filled in with this case. */
    happen(event, clientId) {
        const context = { default_case_id: this.props.record.resId, integration_show_name: true };
        if (clientId) {
            context.default_client_id = clientId;
        }
        return this.action.doAction(`${MODULE}.integration_family_${event}_action`, {
            additionalContext: context,
            onClose: () => this.props.record.load(),
        });
    }
}

registry.category("view_widgets").add("integration_case_glance", { component: Glance });
