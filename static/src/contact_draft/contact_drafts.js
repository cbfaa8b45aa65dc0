import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useService } from "@web/core/utils/hooks";

const DRAFT = "integration.contact.draft";

/** What the user was writing, offered when the dialog is opened. */
export class ContactDrafts extends Component {
    static template = "integration_management.ContactDrafts";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ drafts: [] });
        const { context, resId } = this.props.record;
        onWillStart(async () => {
            if (resId || context.integration_draft) {
                return;
            }
            const caseId = this.props.record.data.case_id?.id || false;
            this.state.drafts = await this.orm
                .call(DRAFT, "get_offered", [caseId])
                .catch(() => []);
        });
    }

    async goOn(draft) {
        // What was typed here already is a draft of its own.
        await this.env.integrationKeepNow?.();
        await this.action.doAction(await this.orm.call(DRAFT, "action_go_on", [[draft.id]]));
    }

    async discard(draft) {
        await this.orm.call(DRAFT, "action_discard", [[draft.id]]);
        this.state.drafts = this.state.drafts.filter(({ id }) => id !== draft.id);
    }
}

/** Whether what is typed is kept: said discreetly, for whoever looks. */
export class ContactKept extends Component {
    static template = "integration_management.ContactKept";
    static props = { ...standardWidgetProps };

    setup() {
        this.kept = useState(this.env.integrationKept || { at: "", problem: "", why: "" });
    }
}

const widgets = registry.category("view_widgets");
widgets.add("integration_contact_drafts", { component: ContactDrafts });
widgets.add("integration_contact_kept", { component: ContactKept });
