import { registry } from "@web/core/registry";
import { newDeadline } from "@integration_management/../tests/tours/integration_tour_utils";

const tours = registry.category("web_tour.tours");
const LOST = ".o_notification:contains('Connection lost')";
const NOTE = "[name=note] textarea";
const SAVE = ".modal button[name=action_save]";

let mend = () => {};

/** What Odoo writes of a cut line is what is tested; any other error fails the tour. */
function quiet() {
    const { error } = console;
    console.error = (...words) =>
        String(words[0]).includes("couldn't be established") || error.apply(console, words);
}

/**
 * Let requests to an address fail until the line is mended.
 *
 * "offline": they leave no more; "gateway": something between answers 502; "answer": they arrive,
 * and what the server answers gets lost on the way.
 */
function cut(address, how) {
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url) {
        this.integrationUrl = url;
        return open.apply(this, arguments);
    };
    XMLHttpRequest.prototype.send = async function (body) {
        if (!this.integrationUrl.includes(address)) {
            return send.call(this, body);
        }
        if (how === "answer") {
            const headers = { "Content-Type": "application/json" };
            await fetch(this.integrationUrl, { method: "POST", headers, body });
        }
        if (how === "gateway") {
            Object.defineProperty(this, "status", { value: 502 });
            return this.dispatchEvent(new Event("load"));
        }
        return this.dispatchEvent(new Event("error"));
    };
    mend = () => Object.assign(XMLHttpRequest.prototype, { open, send });
}

/** Press a button while the line is cut: it is said, and what was typed stays. */
function pressed(button, typed, address, how) {
    return [
        { content: `${address} ${how}`, trigger: button, run: () => cut(address, how) },
        { trigger: button, run: "click" },
        { content: "It is said", trigger: LOST },
        { content: "The text stays", trigger: typed, run: () => mend() },
        { trigger: `body:not(:has(${LOST}))` },
    ];
}

/** The dialog of a contact, over a bad line to the end. */
tours.add("integration_weak_contact", {
    steps: () => [
        { trigger: "button[name=action_new_contact]", run: quiet },
        { trigger: "button[name=action_new_contact]", run: "click" },
        { trigger: `.modal ${NOTE}`, run: "edit She has the letter" },
        ...pressed(SAVE, `.modal ${NOTE}:value('She has the letter')`, "/save_typed", "offline"),
        ...pressed(SAVE, `.modal ${NOTE}:value('She has the letter')`, "/save_typed", "gateway"),
        { trigger: `.modal ${NOTE}`, run: "edit She has the letter, and more" },
        {
            content: "What is typed since is kept as before",
            trigger: ".modal .o_integration_kept:contains('Kept as your draft')",
        },
        ...pressed(SAVE, `.modal ${NOTE}:value('She has the letter, and more')`, "/save_typed", "answer"),
        { trigger: SAVE, run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_new_contact]" },
    ],
});

const TIME = ".modal [name=time] input[type=time]";
const BOOKED = ".modal footer button:contains('Save'):first";

/** An appointment, over a bad line: one in the end. */
tours.add("integration_weak_appointment", {
    steps: () => [
        { trigger: "button[name=action_new_appointment]", run: quiet },
        { trigger: "button[name=action_new_appointment]", run: "click" },
        { trigger: ".modal [name=date] input, .modal [name=date] button", run: "click" },
        { trigger: ".o_datetime_picker .o_date_item_cell:not([disabled]):last", run: "click" },
        {
            trigger: TIME,
            run: ({ anchor }) => {
                anchor.value = "10:30";
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: `${TIME}:value('10:30')` },
        ...pressed(BOOKED, `${TIME}:value('10:30')`, "/web_save", "offline"),
        ...pressed(BOOKED, `${TIME}:value('10:30')`, "/web_save", "gateway"),
        ...pressed(BOOKED, `${TIME}:value('10:30')`, "/web_save", "answer"),
        { trigger: BOOKED, run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_open_appointments]:contains('10:30')" },
    ],
});

const WORDS = ".o_form_view [name=note] input:value('Two photographs')";
const SAVED = ".o_form_button_save:visible";

/** A form of its own, over a bad line: one in the end, also if one leaves it meanwhile. */
tours.add("integration_weak_form", {
    steps: () => [
        { trigger: ".o_form_view", run: quiet },
        ...newDeadline("Olena", "Two photographs"),
        ...pressed(SAVED, WORDS, "/web_save", "offline"),
        { content: "Whoever leaves saves", trigger: WORDS, run: () => cut("/web_save", "offline") },
        { trigger: ".o_navbar_apps_menu + .o_menu_brand, .o_menu_brand", run: "click" },
        { content: "It is said", trigger: LOST },
        { content: "The text stays", trigger: WORDS, run: () => mend() },
        { trigger: `body:not(:has(${LOST}))` },
        ...pressed(SAVED, WORDS, "/web_save", "answer"),
        { trigger: SAVED, run: "click" },
        {
            trigger:
                "body:not(:has(.o_form_status_indicator_buttons:not(.invisible))) button[name=action_done]",
        },
    ],
});
