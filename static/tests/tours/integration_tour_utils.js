import { click, edit, press } from "@odoo/hoot-dom";
import { formatDate } from "@web/core/l10n/dates";

const { DateTime } = luxon;

/** The first record that a many2one offers; the line shown while it searches is none. */
export const FIRST_OPTION =
    ".o-autocomplete--dropdown-item:not(:has(.o_loading)):not(.o_m2o_dropdown_option):first";

let clicks = 0;

function count() {
    clicks++;
}

/**
 * Count from now on what the hand does: every press on mouse or screen, however a step is
 * written. Typing is free, and so is Tab.
 */
export function countClicks() {
    clicks = 0;
    window.addEventListener("pointerdown", count, true);
}

/** Hand the number of clicks to the test. */
export function reportClicks(name) {
    window.removeEventListener("pointerdown", count, true);
    console.log(`clicks ${name}: ${clicks}`);
}

/** Type into a field; it takes a click only if the field does not have the focus yet. */
export async function typeInto(field, text) {
    if (document.activeElement !== field) {
        await click(field);
    }
    await edit(text);
}

/** Go on to the next field and type there. */
export async function typeNext(text) {
    await press("Tab");
    await edit(text);
}

/** Write the day so many years ago as the user of the tour would type it. */
export function yearsAgo(years) {
    return formatDate(DateTime.local().minus({ years }));
}

/** Wait until no dialog is open and the form behind it shows a record. */
export function formShown(selector = "") {
    return { trigger: `body:not(:has(.modal)) .o_form_view ${selector}` };
}

/** Open a menu of the app by its name in the code. */
export function menu(section, item) {
    return [section, item].map((name) => ({
        trigger: `[data-menu-xmlid='integration_management.${name}']`,
        run: "click",
    }));
}

/** Fill in a new appeal of today. */
export function newDeadline(client, note) {
    return [
        { trigger: ".o_form_view [name=case_id] input", run: `edit ${client}` },
        { trigger: `.o-autocomplete--dropdown-item a:contains('${client}')`, run: "click" },
        { trigger: "[name=kind_id] input", run: "edit appeal" },
        { trigger: ".o-autocomplete--dropdown-item a:contains('appeal')", run: "click" },
        { trigger: "[name=date] input, [name=date] button", run: "click" },
        { trigger: ".o_date_item_cell.o_today", run: "click" },
        { trigger: ".o_form_view [name=note] input", run: `edit ${note}` },
    ];
}
