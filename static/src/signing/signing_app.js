import { Component, onMounted, useEffect, useRef, useState } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";
import { SignatureField } from "./signature_field";
import { WorkerPanel } from "./worker_panel";

/**
 * The pages a client signs on: language, text, each question by itself, signature, copy.
 *
 * Every word comes from the server, in the client's language. No answer is set beforehand, and
 * nothing is written before the last page.
 */
export class SigningApp extends Component {
    static template = "integration_management.SigningApp";
    static components = { SignatureField, WorkerPanel };
    static props = { pages: { optional: true }, problem: String, worker: Object, path: String };

    setup() {
        const { pages } = this.props;
        const signed = Boolean(pages && pages.signed);
        this.pad = {};
        this.main = useRef("main");
        this.state = useState({
            language: signed ? pages.languages[0] : null,
            step: signed ? "done" : "language",
            answers: {},
            signature: null,
            message: "",
            detail: "",
            busy: false,
            worker: !pages,
        });
        // The way back of the browser leads one page back, never out.
        onMounted(() => {
            window.addEventListener("popstate", () => {
                history.pushState(null, "");
                this.back();
            });
        });
        useEffect(
            () => {
                this.main.el.scrollTo(0, 0);
                this.main.el.focus();
            },
            () => [this.state.step]
        );
    }

    get words() {
        return this.state.language.words;
    }

    get text() {
        return this.state.language.text;
    }

    /** The names of the pages in the order in which they come. */
    get steps() {
        const asked = this.text.questions.map(({ key }) => `ask_${key}`);
        // One answer was on the screen a moment ago: a page that repeats it says nothing new.
        const summary = asked.length > 1 ? ["answers"] : [];
        return ["language", "text", ...asked, ...summary, "sign"];
    }

    get question() {
        return this.text.questions.find(({ key }) => this.state.step === `ask_${key}`);
    }

    get progress() {
        const place = this.steps.indexOf(this.state.step);
        return place > 0 ? `${place} / ${this.steps.length - 1}` : "";
    }

    get mayGoBack() {
        return this.steps.includes(this.state.step) && this.state.step !== "language";
    }

    chooseLanguage(language) {
        history.pushState(null, "");
        this.state.language = language;
        document.documentElement.lang = language.lang;
        document.documentElement.dir = language.dir;
        this.show("text");
    }

    show(step) {
        Object.assign(this.state, { step, message: "", detail: "" });
    }

    answer(agreed) {
        this.state.answers[this.question.key] = agreed;
        this.state.message = "";
    }

    next() {
        const { question } = this;
        if (question && !(question.key in this.state.answers)) {
            this.state.message = this.words.choose_first;
            return;
        }
        if (question && this.props.pages.kind !== "consent" && !this.state.answers[question.key]) {
            this.show("nothing");
            return;
        }
        this.show(this.steps[this.steps.indexOf(this.state.step) + 1]);
    }

    back() {
        if (this.state.language && this.mayGoBack && !this.state.busy) {
            this.show(this.steps[this.steps.indexOf(this.state.step) - 1]);
        }
    }

    /** After a no to a release or a plan: nothing was written, and the answer can still be changed. */
    reconsider() {
        this.state.answers = {};
        this.show("text");
    }

    setSignature(signature) {
        this.state.signature = signature;
        this.state.message = "";
    }

    async finish() {
        if (this.state.busy) {
            return;
        }
        if (!this.state.signature) {
            this.state.message = this.words.sign_first;
            return;
        }
        Object.assign(this.state, { busy: true, message: "", detail: "" });
        try {
            await rpc(`${this.props.path}/save`, {
                language_id: this.state.language.id,
                answers: this.state.answers,
                signature: this.state.signature,
            });
            this.pad.strokes = null;
            this.show("done");
        } catch (error) {
            this.state.message = this.words.failed;
            this.state.detail = error.data?.message || this.props.worker.offline;
        }
        this.state.busy = false;
    }
}
