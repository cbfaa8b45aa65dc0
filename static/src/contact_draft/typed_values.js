import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";

const LISTS = ["one2many", "many2many"];

/** Return a key that nothing else has; also without https, where there is no randomUUID. */
export function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sent({ type }, value) {
    if (LISTS.includes(type)) {
        return [...value.currentIds].filter(Number.isInteger);
    }
    if (!value) {
        return value ?? false;
    }
    return { date: serializeDate, datetime: serializeDateTime, many2one: ({ id }) => id }[type]?.(
        value
    ) ?? value;
}

/**
 * Return what is in the form as plain values, by field.
 *
 * What is being typed at this very moment is read from the page: to ask the fields for it would
 * interrupt whoever types.
 */
export function typedValues(record, root) {
    const values = {};
    for (const name of record.fieldNames) {
        values[name] = sent(record.fields[name], record.data[name]);
        const words = ["char", "text"].includes(record.fields[name].type);
        const field = words && root?.querySelector(`.o_field_widget[name="${name}"]`);
        const input = field && field.querySelector("textarea, input");
        if (input) {
            values[name] = input.value || false;
        }
    }
    return values;
}
