import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** Where the worker goes on when the device is given back. */
export const RETURN_KEY = "integration_signing_return";

/**
 * Leave the backend for the pages the client signs on.
 *
 * What is on the screen is emptied first: a browser shows the page it comes from, as it was
 * left, before it asks the server, and the client may press “back”.
 */
function signOnScreen(env, action) {
    // What the backend noted of the screens she was on is not for the next pair of hands.
    for (const key of ["current_action", "current_state"]) {
        browser.sessionStorage.removeItem(key);
    }
    browser.sessionStorage.setItem(RETURN_KEY, browser.location.href);
    browser.addEventListener("pageshow", (ev) => ev.persisted && browser.location.reload());
    document.body.classList.add("invisible");
    browser.location.replace(action.params.url);
}

registry.category("actions").add("integration_sign_on_screen", signOnScreen);
