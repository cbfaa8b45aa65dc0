import { Component, markRaw, onWillStart, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { omit, pick } from "@web/core/utils/objects";
import { createElement } from "@web/core/utils/xml";
import { Record } from "@web/model/relational_model/record";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { getBasicEvalContext } from "@web/model/relational_model/utils";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";
import { isX2Many } from "@web/views/utils";

const NOT_IN_A_FIELD = ":not(field *)";
// Attributes that name a field without asking for its value
const NAMES = ["name", "field_id", "for"];

/** Whether a page is shown as soon as the form is, as far as its arch tells. */
function isShownFirst(page) {
    const shown = [...page.parentElement.children].filter(
        (other) => other.tagName === "page" && !["1", "True"].includes(other.getAttribute("invisible"))
    );
    const first = shown.find((other) => other.getAttribute("autofocus") === "autofocus");
    return page === (first || shown[0]);
}

/**
 * The lists of a form that nothing shows or asks for before their tab is opened.
 *
 * A list stays out that also stands elsewhere, that a modifier, domain or context names, or that a
 * field or widget of the form needs.
 */
export function listsOfTabs({ xmlDoc, fieldNodes, widgetNodes }, fields) {
    const found = new Set();
    const needed = new Set();
    for (const node of xmlDoc.querySelectorAll(`field${NOT_IN_A_FIELD}`)) {
        const name = node.getAttribute("name");
        const pages = `notebook${NOT_IN_A_FIELD} > page`;
        const page = node.closest(pages);
        const hidden = page && !isShownFirst(page) && !page.parentElement.closest(pages);
        (hidden && isX2Many(fields[name]) ? found : needed).add(name);
    }
    for (const info of [...Object.values(fieldNodes), ...Object.values(widgetNodes)]) {
        let { fieldDependencies = [] } = info.field || info.widget || {};
        if (typeof fieldDependencies === "function") {
            fieldDependencies = fieldDependencies(info);
        }
        fieldDependencies.forEach(({ name }) => needed.add(name));
    }
    const asked = [...xmlDoc.querySelectorAll("*"), xmlDoc]
        .flatMap((node) => [...node.attributes])
        .filter(({ name }) => !NAMES.includes(name))
        .map(({ value }) => value)
        .join(" ");
    const words = new Set(asked.match(/\w+/g));
    return [...found].filter((name) => !needed.has(name) && !words.has(name));
}

/** The record of a form whose lists are read when their tab is opened. */
export class TabsRecord extends Record {
    setup(config, data, options) {
        // What was read after the record, as it came from the server
        this._readLater = markRaw({});
        super.setup(config, data, options);
    }

    /** Whether all of these fields have been read that are to be read. */
    hasRead(names) {
        return names.every((name) => !this._isUnread(name));
    }

    /** Read those of these fields that have not been read yet. */
    read(names) {
        return this.model.mutex.exec(() => this._read(names));
    }

    _isUnread(name) {
        return !this._parentRecord && name in this.model.tabFields && !(name in this.data);
    }

    async _read(names) {
        const unread = names.filter((name) => this._isUnread(name));
        if (!unread.length) {
            return;
        }
        const activeFields = pick(this.model.tabFields, ...unread);
        const config = { ...this.config, activeFields };
        const [data] = await this.model._loadRecords(config, getBasicEvalContext(config));
        const values = pick(data, ...unread);
        Object.assign(this._readLater, values);
        this.model._updateConfig(
            this.config,
            { activeFields: { ...this.activeFields, ...activeFields } },
            { reload: false }
        );
        // Nothing else changes: who watches the other fields is left alone
        const lists = this._parseServerValues(values);
        Object.assign(this._values, lists);
        Object.assign(this.data, lists);
        this._setEvalContext();
    }

    /** An answer that was on its way when a tab was opened lacks its lists: they stay. */
    _setData(data, options) {
        const later = pick(this._readLater, ...this.fieldNames);
        this._readLater = markRaw({ ...later, ...pick(data, ...Object.keys(later)) });
        super._setData({ ...later, ...data }, options);
    }

    /** A value that the server changes in a tab never opened is a change as well. */
    async _getOnchangeValues(changes) {
        const values = await super._getOnchangeValues(changes);
        await this._read(Object.keys(values || {}));
        return values;
    }
}

export class TabsModel extends RelationalModel {
    static Record = TabsRecord;

    setup(params, services) {
        super.setup(params, services);
        this.listsOfTabs = params.listsOfTabs;
        // Known with the first load: the form's active fields that a tab alone shows, by name
        this.tabFields = null;
    }

    /** A new record is read whole: its defaults may stand in any tab. */
    _getNextConfig(currentConfig, params) {
        const config = super._getNextConfig(currentConfig, params);
        if (!this.tabFields) {
            this.tabFields = pick(config.activeFields, ...this.listsOfTabs);
            config.activeFields = omit(config.activeFields, ...this.listsOfTabs);
        }
        if (!config.resId) {
            config.activeFields = { ...config.activeFields, ...this.tabFields };
        }
        return config;
    }

    _onchange(config, params) {
        const activeFields = config.isRoot
            ? { ...config.activeFields, ...this.tabFields }
            : config.activeFields;
        return super._onchange({ ...config, activeFields }, params);
    }
}

/** In place of a tab whose lists have not been read: reads them. */
export class TabReader extends Component {
    static template = xml`<t/>`;
    static props = { record: Object, fieldNames: Array };

    setup() {
        onWillStart(() => {
            const read = this.props.record.read(this.props.fieldNames);
            // Shown as an error, and tried again when the tab is opened again: the form stays
            return read.catch((error) => void Promise.reject(error));
        });
    }
}

/** Shows a tab once its lists have been read. */
export class TabsCompiler extends FormCompiler {
    compileNotebook(el, params) {
        const notebook = super.compileNotebook(el, params);
        for (const slot of notebook.children) {
            const record = "__comp__.props.record";
            const fieldNames = slot.getAttribute("fieldNames");
            const shown = createElement("t", { "t-if": `${record}.hasRead(${fieldNames})` });
            shown.append(...slot.childNodes);
            const reader = createElement("TabReader", { record, fieldNames });
            reader.setAttribute("t-else", "");
            reader.setAttribute("t-key", `${record}.id`);
            slot.append(shown, reader);
        }
        return notebook;
    }
}

export class TabsRenderer extends FormRenderer {
    static components = { ...FormRenderer.components, TabReader };
}

export class TabsController extends FormController {
    // On a phone the menu of a form stands there though nothing is in it; this one does not.
    static components = { ...FormController.components, CogMenu };

    get modelParams() {
        const listsInTabs = listsOfTabs(this.archInfo, this.props.fields);
        return { ...super.modelParams, listsOfTabs: listsInTabs };
    }
}

/** A form that reads the lists of a tab when the tab is opened. */
registry.category("views").add("integration_tabs", {
    ...formView,
    Compiler: TabsCompiler,
    Controller: TabsController,
    Model: TabsModel,
    Renderer: TabsRenderer,
});
