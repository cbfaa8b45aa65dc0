import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

const OURS = "integration.";
const WORDS = ["char", "text"];
const LISTS = ["one2many", "many2many"];

/** Two versions of the same words, and which of them shall stand. */
export class OvertakenDialog extends Component {
    static template = "integration_management.OvertakenDialog";
    static components = { Dialog };
    static props = { versions: Array, choose: Function, close: Function };

    choose(mine) {
        this.props.choose(mine);
        this.props.close();
    }
}

/** Collect what the form was opened with, of all words that were changed in it. */
function knownWords(record, found = {}) {
    for (const name of record.fieldNames) {
        const { type } = record.fields[name];
        if (LISTS.includes(type)) {
            for (const row of record.data[name]?.records || []) {
                knownWords(row, found);
            }
        } else if (WORDS.includes(type) && record.resId && name in record._changes) {
            const key = `${record.resModel},${record.resId}`;
            found[key] = { ...found[key], [name]: record._values[name] || false };
        }
    }
    return found;
}

/** Find the row of the form that an id belongs to: the record itself or one of its lines. */
function findRow(record, model, id) {
    if (record.resModel === model && record.resId === id) {
        return record;
    }
    for (const name of record.fieldNames.filter((n) => LISTS.includes(record.fields[n].type))) {
        for (const row of record.data[name]?.records || []) {
            const found = findRow(row, model, id);
            if (found) {
                return found;
            }
        }
    }
}

patch(Record.prototype, {
    get context() {
        const context = super.context;
        return this.integrationKnown
            ? { ...context, integration_known: this.integrationKnown }
            : context;
    },

    async _save(options = {}) {
        if (!this.resId || !this.resModel.startsWith(OURS)) {
            return super._save(options);
        }
        this.integrationKnown = { ...knownWords(this), ...this.integrationSeen };
        const overtaken = (error) => error?.data?.context?.integration_overtaken;
        const onError = options.onError && ((error, ways) =>
            overtaken(error) ? { error } : options.onError(error, ways));
        let result;
        try {
            result = await super._save(onError ? { ...options, onError } : options);
        } catch (error) {
            if (!overtaken(error)) {
                throw error;
            }
            result = { error };
        } finally {
            this.integrationKnown = null;
        }
        return result?.error && overtaken(result.error)
            ? this._integrationAsk(overtaken(result.error), options)
            : result;
    },

    async _integrationAsk([model, id, names], options) {
        const [now] = await this.model.orm.read(model, [id], names);
        const row = findRow(this, model, id);
        const versions = names.map((name) => ({
            name,
            label: row.fields[name].string,
            theirs: now[name] || "–",
            mine: row.data[name] || "–",
        }));
        const mine = await new Promise((answer) =>
            this.model.dialog.add(
                OvertakenDialog,
                { versions, choose: answer },
                { onClose: () => answer(null) }
            )
        );
        if (mine) {
            const seen = Object.fromEntries(names.map((name) => [name, now[name]]));
            this.integrationSeen = { [`${model},${id}`]: seen };
            try {
                return await this._save(options);
            } finally {
                this.integrationSeen = null;
            }
        }
        if (mine === false) {
            this._discard();
            await this._load();
        }
        return false;
    },
});
