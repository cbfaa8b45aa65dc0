import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const { DateTime } = luxon;

/**
 * The time line of a case: a lane for each kind of thing above, the same as a list below.
 *
 * It is fetched when the tab is opened; the server sends what the reader may read.
 */
export class Timeline extends Component {
    static template = "integration_management.Timeline";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ lanes: [], months: [], ticks: [], only: false });
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.props.record.resId) {
                return this.load(next.record.resId);
            }
        });
    }

    async load(resId) {
        this.entries = [];
        if (resId) {
            const line = await this.orm.call("integration.case", "get_timeline", [[resId]], {
                context: { integration_show_name: true },
            });
            this.entries = line.entries.map((entry, key) => ({
                ...entry,
                key,
                first: deserializeDate(entry.date),
                last: entry.until ? deserializeDate(entry.until) : DateTime.now(),
            }));
            this.first = deserializeDate(line.start).minus({ days: 14 });
            this.last = (line.end ? deserializeDate(line.end) : DateTime.now()).plus({ days: 7 });
            this.state.lanes = line.lanes.map((lane) => this.lane(lane));
            this.state.ticks = this.ticks();
        }
        this.show(false);
    }

    // ------------------------------------------------------------
    // The picture
    // ------------------------------------------------------------

    /** Return how far along the line a day lies, in percent. */
    place(day) {
        const share = (day - this.first) / (this.last - this.first);
        return Math.min(100, Math.max(0, share * 100));
    }

    /**
     * Return a lane with its marks. Periods that overlap, as of several persons of a family, stand
     * below each other.
     */
    lane(lane) {
        const own = this.entries.filter((entry) => entry.lane === lane.name);
        const marks = own.flatMap((entry) => this.mark(entry));
        const free = [];
        for (const mark of marks.filter((mark) => !mark.point)) {
            const row = free.findIndex((last) => last < mark.entry.first);
            mark.row = row < 0 ? free.length : row;
            free[mark.row] = mark.entry.last;
            mark.style += `; top: ${mark.row * 1.5 + 0.125}rem`;
        }
        return { ...lane, marks, height: `height: ${Math.max(1, free.length) * 1.5}rem` };
    }

    /** Return the mark of an entry, none if it lies outside the time of the case. */
    mark(entry) {
        if (entry.last < this.first || entry.first > this.last) {
            return [];
        }
        const left = this.place(entry.first);
        const width = this.place(entry.last) - left;
        const point = entry.until === entry.date;
        const style = point ? `left: ${left}%` : `left: ${left}%; width: max(${width}%, 6px)`;
        return [{ entry, point, style, title: this.told(entry) }];
    }

    ticks() {
        const months = this.last.diff(this.first, "months").months;
        const step = [1, 2, 3, 6, 12].find((n) => months / n <= 6) || 24;
        const ticks = [];
        let day = this.first.startOf("month").plus({ months: 1 });
        while (day < this.last) {
            if ((day.month - 1) % step === 0 || step > 12) {
                ticks.push({ label: day.toFormat("LL/yy"), style: `left: ${this.place(day)}%` });
            }
            day = day.plus({ months: 1 });
        }
        return ticks;
    }

    // ------------------------------------------------------------
    // The list
    // ------------------------------------------------------------

    /** List the entries of one lane, or of all; the latest month first. */
    show(lane) {
        this.state.only = lane;
        const shown = this.entries.filter((entry) => !lane || entry.lane === lane).reverse();
        const months = [];
        for (const entry of shown) {
            const label = entry.first.toFormat("LLLL yyyy");
            if (months.at(-1)?.label !== label) {
                months.push({ label, entries: [] });
            }
            months.at(-1).entries.push(entry);
        }
        this.state.months = months;
    }

    toggle(lane) {
        this.show(this.state.only === lane ? false : lane);
    }

    label(name) {
        return this.state.lanes.find((lane) => lane.name === name)?.label;
    }

    words(entry) {
        return [entry.title, entry.detail].filter(Boolean).join(" – ");
    }

    told(entry) {
        return [this.days(entry), this.words(entry), entry.person].filter(Boolean).join(", ");
    }

    days(entry) {
        const first = formatDate(entry.first);
        if (entry.until === entry.date) {
            return first;
        }
        return entry.until ? `${first} – ${formatDate(entry.last)}` : `${first} –`;
    }

    open(entry) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: entry.model,
            res_id: entry.id,
            views: [[false, "form"]],
            context: { integration_show_name: true },
        });
    }
}

registry.category("view_widgets").add("integration_timeline", { component: Timeline });
