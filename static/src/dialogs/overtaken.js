import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    serializeDate,
    serializeDateTime,
} from "@web/core/l10n/dates";
import { x2ManyCommands } from "@web/core/orm_service";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

const OURS = "integration.";
const COMPARED = ["char", "text", "date", "datetime", "selection", "many2one"];
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

/** A value as it goes to the server, and as it comes back from there. */
function sent({ type }, value) {
    if (!value) {
        return false;
    }
    return (
        { date: serializeDate, datetime: serializeDateTime, many2one: ({ id }) => id }[type]?.(
            value
        ) ?? value
    );
}

/** A value that the server has read, in words. */
function inWords({ type, selection }, value) {
    if (!value) {
        return "–";
    }
    switch (type) {
        case "date":
            return formatDate(deserializeDate(value));
        case "datetime":
            return formatDateTime(deserializeDateTime(value));
        case "selection":
            return selection.find(([key]) => key === value)?.[1] || value;
        case "many2one":
            return value[1];
    }
    return value;
}

/** A value that was chosen here, in words. */
function typed(field, value) {
    return field.type === "many2one"
        ? value?.display_name || "–"
        : inWords(field, sent(field, value));
}

/** Collect what the form was opened with, of all that was changed or deleted in it. */
function knownWords(record, found = {}, gone = false) {
    for (const name of record.fieldNames) {
        const field = record.fields[name];
        if (LISTS.includes(field.type)) {
            const list = record.data[name];
            for (const row of list?.records || []) {
                knownWords(row, found, gone);
            }
            for (const [command, id] of field.type === "one2many" ? list?._commands || [] : []) {
                const row = command === x2ManyCommands.DELETE && list._cache[id];
                if (row) {
                    knownWords(row, found, true);
                }
            }
        } else if (
            COMPARED.includes(field.type) &&
            record.resId &&
            !field.readonly &&
            (gone ? name in record._values : name in record._changes)
        ) {
            const key = `${record.resModel},${record.resId}`;
            found[key] = { ...found[key], [name]: sent(field, record._values[name]) };
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
        const fields = row?.fields || (await this.model.orm.call(model, "fields_get", [names]));
        const versions = names.map((name) => ({
            name,
            label: fields[name].string,
            theirs: inWords(fields[name], now[name]),
            mine: row ? typed(fields[name], row.data[name]) : _t("Deleted"),
        }));
        const mine = await new Promise((answer) =>
            this.model.dialog.add(
                OvertakenDialog,
                { versions, choose: answer },
                { onClose: () => answer(null) }
            )
        );
        if (mine) {
            const seen = Object.fromEntries(
                names.map((name) => [name, Array.isArray(now[name]) ? now[name][0] : now[name]])
            );
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
