import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";

const RETURN_KEY = "integration_signing_return";

/** The way back for the worker: her password, or logging out. */
export class WorkerPanel extends Component {
    static template = "integration_management.WorkerPanel";
    static props = { words: Object, close: { type: Function, optional: true } };

    setup() {
        this.state = useState({ message: "", busy: false });
        this.password = useRef("password");
        onMounted(() => this.password.el.focus());
    }

    async unlock() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const password = this.password.el.value;
            const answer = await rpc("/integration/sign/unlock", { password });
            if (answer === true) {
                window.location.replace(sessionStorage.getItem(RETURN_KEY) || "/odoo");
                return;
            }
            this.state.message = answer.wait
                ? this.props.words.brake.replace("{seconds}", answer.wait)
                : this.props.words.wrong;
            this.password.el.value = "";
        } catch {
            this.state.message = this.props.words.offline;
        }
        this.state.busy = false;
    }
}
