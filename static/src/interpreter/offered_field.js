import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Who may interpret, as buttons in the order of the server: one tap chooses, a second one takes it back. */
export class IntegrationOfferedField extends Component {
    static template = "integration_management.OfferedField";
    static props = { ...standardFieldProps, offer: String };

    get offered() {
        return this.props.record.data[this.props.offer] || [];
    }

    get chosen() {
        return this.props.record.data[this.props.name];
    }

    choose(one) {
        const again = this.chosen && this.chosen.id === one.id;
        return this.props.record.update({
            [this.props.name]: again ? false : { id: one.id, display_name: one.name },
        });
    }
}

registry.category("fields").add("integration_offered", {
    component: IntegrationOfferedField,
    displayName: _t("Offered"),
    supportedTypes: ["many2one"],
    extractProps: ({ options }) => ({ offer: options.offer }),
});
