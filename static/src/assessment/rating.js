import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { onWillStart } from "@odoo/owl";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export const LEVELS = [1, 2, 3, 4, 5];
const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
const words = {};

/** Return the words of the values, asked for once for each employer. */
export function loadAnchors(orm) {
    const company = user.activeCompany?.id;
    words[company] ??= orm.call("integration.rating", "get_anchors", []).catch((error) => {
        delete words[company];
        throw error;
    });
    return words[company];
}

/**
 * Five values to choose from by touch, digits or arrows, with the words of the chosen one.
 *
 * A digit goes on to the next rating; 0, Delete or a second touch take a value back.
 */
export class Rating extends Component {
    static template = "integration_management.Rating";
    static props = {
        label: { type: String, optional: true },
        scale: String,
        level: Number,
        before: { type: Number, optional: true },
        anchors: Object,
        readonly: { type: Boolean, optional: true },
        onSelect: Function,
    };

    get levels() {
        return LEVELS;
    }

    get words() {
        return this.props.anchors[this.props.level] || "";
    }

    title(level) {
        return `${level} – ${this.props.anchors[level] || ""}`;
    }

    select(level) {
        if (!this.props.readonly) {
            this.props.onSelect(level === this.props.level ? 0 : level);
        }
    }

    onKeydown(ev) {
        if (this.props.readonly || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        const { level } = this.props;
        if (LEVELS.includes(Number(ev.key))) {
            this.props.onSelect(Number(ev.key));
            this.goOn(ev.currentTarget);
        } else if (ev.key in STEPS) {
            this.props.onSelect(Math.min(5, Math.max(1, level + STEPS[ev.key])));
        } else if (["0", "Delete", "Backspace"].includes(ev.key)) {
            this.props.onSelect(0);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** Set the focus on the next rating of the screen, so that digits suffice. */
    goOn(current) {
        const root = current.closest(".o_form_view, .modal") || document;
        const all = [...root.querySelectorAll(".o_integration_rating")];
        all[all.indexOf(current) + 1]?.focus();
    }
}

/** A number of 1 to 5 on a form; option `scale` names the words. */
export class RatingField extends Component {
    static template = "integration_management.RatingField";
    static components = { Rating };
    static props = { ...standardFieldProps, scale: String };

    setup() {
        const orm = useService("orm");
        onWillStart(async () => {
            this.anchors = await loadAnchors(orm);
        });
    }

    get label() {
        return this.props.record.fields[this.props.name].string;
    }

    select(level) {
        return this.props.record.update({ [this.props.name]: level });
    }
}

registry.category("fields").add("integration_rating", {
    component: RatingField,
    displayName: _t("Rating"),
    supportedTypes: ["integer"],
    extractProps: ({ options }) => ({ scale: options.scale }),
});
