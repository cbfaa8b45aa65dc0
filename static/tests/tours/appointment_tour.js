import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** By thumb: from My Day to the appointment, the contact that it was, and the next one. */
tours.add("integration_appointment_held", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Appointments Today')", run: "click" },
        { trigger: ".o_kanban_record:contains('Arranged Person') button[name=action_held]", run: "click" },
        { trigger: ".modal [name=date_next] input, .modal [name=date_next] button", run: "click" },
        { trigger: ".o_datetime_picker .o_today + .o_date_item_cell, .o_datetime_picker .o_date_item_cell:not([disabled]):last", run: "click" },
        {
            trigger: ".modal [name=time_next] input[type=time]",
            run: ({ anchor }) => {
                anchor.value = "14:30";
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: ".modal button[name=action_save]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_kanban_view:not(:has(.o_kanban_record:contains('Arranged Person')))" },
    ],
});

/** A new one from the case: nothing but a day and a time, and the hint at what collides. */
tours.add("integration_appointment_new", {
    steps: () => [
        { trigger: "button[name=action_new_appointment]", run: "click" },
        {
            trigger: ".modal [name=date] input, .modal [name=date] button",
            run: "click",
        },
        { trigger: ".o_datetime_picker .o_date_item_cell:not([disabled]):last", run: "click" },
        {
            trigger: ".modal [name=time] input[type=time]",
            run: ({ anchor }) => {
                anchor.value = "10:30";
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: ".modal [name=time] input:value('10:30')" },
        { trigger: ".modal footer button:contains('Save'):first", run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_open_appointments]:contains('10:30')" },
    ],
});

/** On a device with the clock of another country the calendar shows the hour of the place. */
tours.add("integration_appointment_elsewhere", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row", run: () => (luxon.Settings.defaultZone = "Europe/London") },
        { trigger: ".o_switch_view.o_calendar", run: "click" },
        { trigger: ".o_calendar_view .fc-event", run: "click" },
        // Its end as well: an hour early it would end at half past ten
        { trigger: ".o_cw_popover .fa-clock-o + span:contains('10:30'):contains('11:')" },
    ],
});

/** The message is copied by one press, as the dialog says. */
tours.add("integration_appointment_reminded", {
    steps: () => [
        {
            trigger: "button[name=action_remind]",
            run: () => (navigator.clipboard.writeText = (text) => console.log(`copied: ${text}`)),
        },
        { trigger: "button[name=action_remind]", run: "click" },
        { trigger: ".modal .o_clipboard_button:contains('Copy the Message')", run: "click" },
        { trigger: ".modal footer .btn:contains('Close')", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_view" },
    ],
});
