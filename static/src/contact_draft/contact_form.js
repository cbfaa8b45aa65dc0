import { onMounted, onWillUnmount, useEffect, useState, useSubEnv } from "@odoo/owl";
import { formView } from "@web/views/form/form_view";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { newKey, typedValues } from "./typed_values";

const { DateTime } = luxon;

const MODEL = "integration.contact.quick";
const KEEP = `/web/dataset/call_kw/${MODEL}/keep_draft`;
/** Seconds between two looks whether anything was typed. */
const EVERY = 3;

/**
 * The dialog of a contact: what is typed is kept on the server every few seconds, until it is
 * saved or discarded. A tab that is closed, a session that ended or a server that restarts then
 * loses nothing.
 */
export class ContactFormController extends formView.Controller {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
        this.window = newKey();
        // The window that opens a draft last is the one that writes it.
        this.takes = true;
        this.keptState = useState({ at: "", problem: "", why: "" });
        useSubEnv({ integrationKept: this.keptState, integrationKeepNow: () => this.keep() });
        this.onHidden = () => document.visibilityState === "hidden" && this.keepAlive();
        onMounted(() => {
            if (!this.model.root.data.case_id) {
                // Somebody calls: who it is, is typed first.
                this.rootRef.el.querySelector("[name=case_id] input")?.focus();
            }
            // What the dialog proposes is not typed yet.
            this.known = this.words();
            this.timer = setInterval(() => this.keep(), EVERY * 1000);
            document.addEventListener("visibilitychange", this.onHidden);
        });
        onWillUnmount(() => {
            clearInterval(this.timer);
            document.removeEventListener("visibilitychange", this.onHidden);
            if (!this.over) {
                this.keepAlive();
            }
        });
        useEffect(
            (key) => {
                // A dialog that was saved and begins anew
                if (this.key && key !== this.key) {
                    this.known = this.words();
                }
                this.key = key;
            },
            () => [this.model.root.data.draft_key]
        );
    }

    values() {
        return typedValues(this.model.root, this.rootRef.el);
    }

    words() {
        return JSON.stringify(this.values());
    }

    request(values) {
        return {
            model: MODEL,
            method: "keep_draft",
            args: [this.model.root.data.draft_key, this.window, values, this.takes],
            kwargs: { context: user.context },
        };
    }

    /** Keep what was typed since the last time; one request after the other. */
    async keep() {
        if (this.over || this.keeping) {
            return this.keeping;
        }
        const words = this.words();
        if (words === this.known) {
            return;
        }
        this.keeping = this.send(words);
        try {
            await this.keeping;
        } finally {
            this.keeping = null;
        }
    }

    async send(words) {
        let result;
        try {
            result = await rpc(KEEP, this.request(JSON.parse(words)), { silent: true });
        } catch {
            // No network, no session, a server that restarts: it is tried again in a moment.
            result = { state: "failed" };
        }
        if (this.over) {
            return;
        }
        if (result.state !== "failed") {
            this.known = words;
        }
        if (result.state === "kept") {
            this.takes = false;
            this.keptState.at = DateTime.now().toLocaleString(DateTime.TIME_WITH_SECONDS);
        }
        this.keptState.problem = result.state === "kept" ? "" : result.state;
        this.keptState.why = result.why || "";
    }

    /** Keep it by a request that outlives the page. */
    keepAlive() {
        const words = this.rootRef.el && !this.over ? this.words() : this.known;
        if (words === this.known) {
            return;
        }
        const params = this.request(JSON.parse(words));
        fetch(KEEP, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ jsonrpc: "2.0", method: "call", id: 0, params }),
            keepalive: true,
        }).catch(() => {});
    }

    /** The words of a closed tab are kept as a draft, and in no dialog that nobody sees. */
    async beforeUnload(ev) {
        this.keepAlive();
        if (this.keptState.problem) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
    }

    // ------------------------------------------------------------
    // Saved or discarded
    // ------------------------------------------------------------

    async beforeExecuteActionButton(clickParams) {
        if (clickParams.special === "cancel") {
            await this.integrationThrownAway();
            return super.beforeExecuteActionButton(...arguments);
        }
        await this.keeping;
        // Nothing is kept while it is being saved; what was refused, or never arrived, is kept again.
        this.over = true;
        let saved = false;
        try {
            if (clickParams.type === "object" && this.model.root.isNew) {
                saved = await this.saveTyped(clickParams.name);
                return false;
            }
            saved = await super.beforeExecuteActionButton(...arguments);
            return saved;
        } finally {
            this.over = saved !== false;
        }
    }

    async afterExecuteActionButton() {
        // Still there a moment later: it was refused, or the line is down.
        setTimeout(() => (this.over = false), 1000);
        return super.afterExecuteActionButton(...arguments);
    }

    /**
     * Save what was typed and press the button, in one request: no dialog is kept for it.
     * Return whether it was saved.
     */
    async saveTyped(button) {
        const record = this.model.root;
        if (!(await record.checkValidity({ displayNotification: true }))) {
            return false;
        }
        this.saveKey ||= newKey();
        const args = JSON.stringify([this.saveKey, button, await record.getChanges()]);
        await this.action.doActionButton({
            type: "object",
            name: "save_typed",
            resModel: MODEL,
            resIds: [],
            // The action service takes an apostrophe for a quotation mark.
            args: args.replaceAll("'", "\\u0027"),
            context: record.context,
        });
        return true;
    }

    async integrationThrownAway() {
        this.over = true;
        await this.keeping;
        try {
            await this.orm.silent.call(MODEL, "discard_draft", [this.model.root.data.draft_key]);
        } catch {
            // It is offered again then, and deleted after a week.
        }
    }
}

registry.category("views").add("integration_contact_quick", {
    ...formView,
    Controller: ContactFormController,
});
