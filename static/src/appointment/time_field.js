import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A time of day as the device itself asks for it: a wheel for the thumb on a phone. Empty is no time. */
export class IntegrationTimeField extends Component {
    static template = "integration_management.TimeField";
    static props = { ...standardFieldProps };

    get clock() {
        const minutes = Math.round((this.props.record.data[this.props.name] || 0) * 60);
        const digits = (number) => String(number).padStart(2, "0");
        return minutes ? `${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}` : "";
    }

    onChange(ev) {
        const [hours, minutes] = ev.target.value.split(":").map(Number);
        const time = ev.target.value ? hours + minutes / 60 : 0;
        return this.props.record.update({ [this.props.name]: time });
    }
}

registry.category("fields").add("integration_time", {
    component: IntegrationTimeField,
    displayName: _t("Time"),
    supportedTypes: ["float"],
});
