import { registry } from "@web/core/registry";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { calendarView } from "@web/views/calendar/calendar_view";

/** Where all of it takes place, whatever the clock of the device says. */
const ZONE = "Europe/Berlin";

/** A calendar whose hours are those on the wall: also on a device that is set to another zone. */
export class LocalCalendarModel extends calendarView.Model {
    normalizeRecord(rawRecord) {
        const record = super.normalizeRecord(rawRecord);
        const { fieldMapping, isTimeHidden } = this.meta;
        for (const [key, name] of [
            ["start", fieldMapping.date_start],
            ["end", fieldMapping.date_stop],
        ]) {
            const there = deserializeDateTime(rawRecord[name], { tz: ZONE });
            const here = there.setZone("default", { keepLocalTime: true });
            record[key] = record.isAllDay ? here.startOf("day") : here;
        }
        const severalDays = record.start.day !== record.end.day;
        record.isTimeHidden = isTimeHidden || record.isAllDay || severalDays;
        return record;
    }

    buildRawRecord(partialRecord, options) {
        const there = (moment) => moment && moment.setZone(ZONE, { keepLocalTime: true });
        const { start, end } = partialRecord;
        const record = { ...partialRecord, start: there(start), end: there(end) };
        return super.buildRawRecord(record, options);
    }
}

registry.category("views").add("integration_calendar", {
    ...calendarView,
    Model: LocalCalendarModel,
});
