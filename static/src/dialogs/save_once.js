import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

const OURS = "integration.";

/** Return a key that no other form has; also without https, where there is no randomUUID. */
function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A new form sends the same key with each of its saves: if an answer gets lost and the user
 * presses again, the server finds the record by it and does not make a second one.
 */
patch(Record.prototype, {
    get context() {
        const context = super.context;
        return this.integrationSaving
            ? { ...context, integration_save_key: this.integrationSaveKey }
            : context;
    },

    async _save() {
        if (this.resId || !this.resModel.startsWith(OURS)) {
            return super._save(...arguments);
        }
        this.integrationSaveKey ||= newKey();
        this.integrationSaving = true;
        try {
            return await super._save(...arguments);
        } finally {
            this.integrationSaving = false;
        }
    },
});
