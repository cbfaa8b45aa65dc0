import { rpcBus } from "@web/core/network/rpc";

import { tooPale } from "./contrast";

const QUIET = 75; // ms without a request after which a screen counts as complete
const FADED = 600; // ms after which nothing is faded in or out any more
const FIRST_RECORD =
    ".o_content .o_data_row .o_data_cell:not(:has(button, input, a)), " +
    ".o_content .o_kanban_record:not(.o_kanban_ghost) .fw-bold";

const pending = new Set();
rpcBus.addEventListener("RPC:REQUEST", ({ detail }) => pending.add(detail.data.id));
rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => pending.delete(detail.data.id));

function pause(duration) {
    return new Promise((resolve) => setTimeout(resolve, duration));
}

/** Wait until the screen has asked for everything it wants, twice in a row. */
async function settled() {
    for (let calm = 0; calm < 2; calm = pending.size ? 0 : calm + 1) {
        await pause(QUIET);
    }
}

/** Wait until what is being closed is no longer there. */
async function gone(selector) {
    for (let turn = 0; turn < 100 && document.querySelector(selector); turn++) {
        await pause(QUIET);
    }
    await settled();
}

async function tellPale(screen) {
    const content = document.querySelector(".o_dialog .modal-content, .o_action .o_content");
    if (content && tooPale(content).length) {
        // What is being faded in is not what people read
        await pause(FADED);
        tooPale(content).forEach((text) => console.log(`pale: ${screen}: ${text}`));
    }
}

function isOpen() {
    return Boolean(document.querySelector(".o_dialog"));
}

function refuseDialog(screen, selector = ".o_dialog") {
    const dialog = document.querySelector(selector);
    if (dialog) {
        throw new Error(`${screen}: ${dialog.textContent}`);
    }
}

/** Open the menus of an app that the user has but the skipped, and the first record in each. */
export async function openMenus(appName, skipped) {
    try {
        const { action, menu } = odoo.__WOWL_DEBUG__.root.env.services;
        const app = menu.getApps().find((item) => item.xmlid === appName);
        const items = menu
            .getAll()
            .filter((item) => item.appID === app.id && item.id !== app.id && item.actionID);
        const names = items.map((item) => item.xmlid.split(".")[1]);
        console.log(`has: ${names.join(",")}`);
        const opened = [];
        for (const [index, { actionID, xmlid }] of items.entries()) {
            if (skipped.includes(names[index])) {
                continue;
            }
            const { target, type } = await action.loadAction(actionID);
            await action.doAction(actionID, { clearBreadcrumbs: true });
            await settled();
            await tellPale(names[index]);
            refuseDialog(xmlid, ".o_error_dialog");
            const inDialog = target === "new" || (type === "ir.actions.server" && isOpen());
            if (inDialog) {
                document.querySelector(".o_dialog .btn-close").click();
                await gone(".o_dialog");
            }
            refuseDialog(xmlid);
            const record = !inDialog && document.querySelector(FIRST_RECORD);
            if (record) {
                record.click();
                await settled();
                await tellPale(`${names[index]}, first record`);
                refuseDialog(`${xmlid}, first record`);
            }
            opened.push(names[index]);
        }
        console.log(`opened: ${opened.join(",")}`);
        console.log("all menus opened");
    } catch (error) {
        console.error(error.message);
    }
}
