/**
 * Signs in the fewest presses there are, and counts what the hand does: each press on a button,
 * and the stroke. Typing the password and Enter are free.
 */
(async () => {
    let clicks = 0;
    window.addEventListener("click", () => clicks++, true);
    const find = async (selector) => {
        for (let tries = 0; tries < 900; tries++) {
            const el = document.querySelector(selector);
            if (el) {
                return el;
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`not there: ${selector}`);
    };
    const press = async (selector) => (await find(selector)).click();
    const draw = async () => {
        const canvas = await find("canvas");
        const { left, top, width, height } = canvas.getBoundingClientRect();
        canvas.addEventListener("pointerdown", () => clicks++, true);
        const point = (type, part, buttons) =>
            canvas.dispatchEvent(
                new PointerEvent(type, {
                    pointerId: 1, isPrimary: true, bubbles: true, buttons,
                    clientX: left + width * part, clientY: top + height * part,
                })
            );
        point("pointerdown", 0.2, 1);
        for (const part of [0.3, 0.4, 0.5, 0.6]) {
            point("pointermove", part, 1);
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        point("pointerup", 0.7, 0);
        await new Promise((resolve) => setTimeout(resolve, 50));
    };

    try {
        await press(`[data-language=${window.signingLanguage}]`);
        await press(".o_signing[data-step=text] footer .o_signing_main");
        while (!document.querySelector(".o_signing[data-step=sign]")) {
            const asked = await find("[data-answer=yes], .o_signing_summary");
            if (asked.matches("[data-answer]")) {
                asked.click();
                await find("[data-answer=yes][aria-pressed=true]");
            }
            const { step } = document.querySelector(".o_signing").dataset;
            await press("footer .o_signing_main");
            await find(`.o_signing:not([data-step=${step}])`);
        }
        await draw();
        await press("footer .o_signing_main");
        await find(".o_signing[data-step=done]");
        // Back to the worker, who types her password
        await press("header button:last-child");
        await find("#signing_password:focus");
        console.log(`clicks signed: ${clicks}`);
        console.log("signing walked");
    } catch (error) {
        console.error(error.message);
    }
})();
