import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useCommand } from "@web/core/commands/command_hook";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

const ACTION = "integration_management.integration_contact_quick_action";

/**
 * A new contact from wherever somebody is, so that a call is written down while it rings: by the
 * icon in the bar, by Alt+Shift+K, or by its name in the palette (Ctrl+K).
 */
export class NewContact extends Component {
    static template = "integration_management.NewContact";
    static props = {};

    setup() {
        this.action = useService("action");
        this.state = useState({ shown: false });
        onWillStart(async () => {
            this.state.shown = await user.hasGroup("integration_management.group_caseworker");
        });
        useCommand(_t("New contact: write down a talk or a call"), () => this.open(), {
            isAvailable: () => this.state.shown,
        });
    }

    open() {
        return this.action.doAction(ACTION);
    }
}

registry
    .category("systray")
    .add("integration_management.NewContact", { Component: NewContact }, { sequence: 40 });
