/**
 * Walks over the pages as a client does, from the language to the signature.
 *
 * No tour: the pages have nothing of the backend in them, its tours neither.
 */
(async () => {
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const find = async (selector) => {
        for (let tries = 0; tries < 900; tries++) {
            const el = document.querySelector(selector);
            if (el) {
                return el;
            }
            await wait(50);
        }
        const alert = document.querySelector("[role=alert]");
        throw new Error(`not there: ${selector}; ${alert ? alert.textContent : "no alert"}`);
    };
    const press = async (selector) => {
        const el = await find(selector);
        const { width, height } = el.getBoundingClientRect();
        if (Math.min(width, height) < 44) {
            throw new Error(`too small for a finger: ${selector}`);
        }
        el.click();
        await wait(50);
    };
    const seen = (text) => console.log(`seen: ${text}`);
    /** Wait until the page shows another step: a busy machine takes its time. */
    const leave = async (step) => {
        for (let tries = 0; tries < 900; tries++) {
            if (document.querySelector(".o_signing").dataset.step !== step) {
                return;
            }
            await wait(50);
        }
        throw new Error(`still at ${step}`);
    };
    const checkWidth = () => {
        if (document.documentElement.scrollWidth > window.innerWidth) {
            throw new Error("wider than the screen");
        }
    };
    const draw = async () => {
        const canvas = await find("canvas");
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const point = (type, x, y, buttons) =>
            canvas.dispatchEvent(
                new PointerEvent(type, {
                    pointerId: 1, isPrimary: true, bubbles: true, buttons,
                    clientX: left + width * x, clientY: top + height * y,
                })
            );
        point("pointerdown", 0.2, 0.5, 1);
        for (let step = 1; step < 20; step++) {
            point("pointermove", 0.2 + step / 40, 0.5 + (step % 4) / 20, 1);
            await wait(20);
        }
        point("pointerup", 0.7, 0.5, 0);
        await wait(50);
    };

    try {
        const { language, refuse } = window.signingWalk;
        await find(`[data-language=${language}]`);
        const offered = [...document.querySelectorAll("[data-language]")];
        const named = offered.every((button) => button.lang === button.dataset.language);
        seen(`chooser ${document.querySelector(".o_signing").lang} ${named}`);
        await press(`[data-language=${language}]`);
        const page = await find(".o_signing[data-step=text]");
        checkWidth();
        seen(`dir ${page.dir} lang ${page.lang} ${document.documentElement.dir}`);
        const text = await find("article");
        seen(`text ${text.dir} ${text.lang} ${getComputedStyle(text).direction}`);
        await press("footer .o_signing_main");
        await leave("text");
        let asked = 0;
        while (document.querySelector("[data-answer]")) {
            const { step } = document.querySelector(".o_signing").dataset;
            if (document.querySelector("[aria-pressed=true]")) {
                throw new Error("an answer is set beforehand");
            }
            await press("footer .o_signing_main");
            seen(`alert ${(await find("[role=alert]")).textContent.trim()}`);
            await press(`[data-answer=${refuse.includes(asked) ? "no" : "yes"}]`);
            checkWidth();
            await press("footer .o_signing_main");
            await leave(step);
            asked++;
        }
        seen(`asked ${asked}`);
        if (asked > 1) {
            await find(".o_signing[data-step=answers] .o_signing_summary");
            await press("footer .o_signing_main");
        }
        const field = (await find("canvas")).getBoundingClientRect();
        if (field.bottom > document.querySelector("footer").getBoundingClientRect().top) {
            throw new Error("the field to sign in does not fit the screen");
        }
        await press("footer .o_signing_main");
        seen(`alert ${(await find("[role=alert]")).textContent.trim()}`);
        await draw();
        checkWidth();
        // Two taps
        const save = await find("footer .o_signing_main");
        save.click();
        save.click();
        await find(".o_signing[data-step=done]");
        const paper = await fetch((await find("a.o_signing_main")).href);
        seen(`paper ${paper.status} ${paper.headers.get("content-type")}`);
        const wandered = await fetch("/odoo/integration-persons");
        seen(`wandered ${new URL(wandered.url).pathname}`);
        await press("header button:last-child");
        (await find("#signing_password")).value = "wrong";
        seen(`panel ${document.querySelector(".o_signing_worker").lang}`);
        await press(".o_signing_worker .o_signing_main");
        seen(`wrong ${(await find(".o_signing_worker [role=alert]")).textContent.trim()}`);
        console.log("signing walked");
    } catch (error) {
        console.error(error.message);
    }
})();
