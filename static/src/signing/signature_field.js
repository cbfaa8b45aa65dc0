/* global SignaturePad */

import { Component, onWillUnmount, useEffect, useRef } from "@odoo/owl";

/** A field to sign in with finger or pen; what was drawn survives the turning of the device. */
export class SignatureField extends Component {
    static template = "integration_management.SignatureField";
    static props = { label: String, onChange: Function, pad: Object };

    setup() {
        this.canvas = useRef("canvas");
        const fit = () => this.fit();
        useEffect(
            (canvas) => {
                this.signature = new SignaturePad(canvas, { minWidth: 1.5, maxWidth: 3 });
                this.signature.addEventListener("endStroke", () => this.changed());
                this.props.pad.clear = () => {
                    this.signature.clear();
                    this.changed();
                };
                this.fit();
                if (this.props.pad.strokes) {
                    this.signature.fromData(this.props.pad.strokes);
                    this.changed();
                }
            },
            () => [this.canvas.el]
        );
        window.addEventListener("resize", fit);
        onWillUnmount(() => window.removeEventListener("resize", fit));
    }

    /** Give the canvas as many dots as the screen shows, or strokes lie beside the finger. */
    fit() {
        const { el } = this.canvas;
        const strokes = this.signature.toData();
        const ratio = Math.max(window.devicePixelRatio || 1, 1);
        el.width = el.clientWidth * ratio;
        el.height = el.clientHeight * ratio;
        el.getContext("2d").scale(ratio, ratio);
        this.signature.clear();
        this.signature.fromData(strokes);
    }

    changed() {
        const empty = this.signature.isEmpty();
        this.props.pad.strokes = empty ? null : this.signature.toData();
        this.props.onChange(empty ? null : this.signature.toDataURL("image/png"));
    }
}
