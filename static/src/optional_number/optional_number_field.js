import { registry } from "@web/core/registry";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";

/** A number that is mostly left out: 0 stands as nothing, with words of what holds without one. */
export class OptionalNumberField extends IntegerField {
    static template = "integration_management.OptionalNumberField";
    static props = { ...IntegerField.props, placeholder: { type: String, optional: true } };

    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }
}

registry.category("fields").add("integration_optional_number", {
    ...integerField,
    component: OptionalNumberField,
    extractProps: (info, dynamicInfo) => ({
        ...integerField.extractProps(info, dynamicInfo),
        placeholder: info.attrs.placeholder,
    }),
});
