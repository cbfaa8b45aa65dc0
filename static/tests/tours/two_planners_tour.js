import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";

const ASKED = ".modal:contains('Changed by somebody else meanwhile')";

/** Save a value of the first goal from another place, as a colleague does. */
async function colleagueSaves(values) {
    const plan = parseInt(window.location.pathname.match(/(\d+)$/)[1]);
    const call = (model, method, args) =>
        rpc(`/web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs: {} });
    const [goal] = await call("integration.plan.line", "search", [[["plan_id", "=", plan]]]);
    await call("integration.plan.line", "write", [[goal], values]);
}

const SAVED =
    "body:not(:has(.modal)):not(:has(.o_form_status_indicator_buttons:not(.invisible))) .o_form_view";

/** A goal that a colleague has changed is neither overwritten nor deleted unseen. */
registry.category("web_tour.tours").add("integration_two_planners", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('I pass the B1 exam')", run: "click" },
        {
            trigger: ".modal [name=date_target] input",
            run: () => colleagueSaves({ date_target: "2031-03-04" }),
        },
        { trigger: ".modal [name=date_target] input", run: "edit 05/06/2031" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_button_save:visible", run: "click" },
        { content: "In words, as a date is read", trigger: `${ASKED} .o_integration_theirs:contains('2031')` },
        { trigger: `${ASKED} .o_integration_mine:contains('2031')` },
        { trigger: `${ASKED} .o_integration_take_mine`, run: "click" },
        { trigger: SAVED },
        { trigger: ".o_kanban_record:contains('I pass the B1 exam')", run: "click" },
        {
            trigger: ".modal .o_btn_remove",
            run: async (helpers) => {
                await colleagueSaves({ name: "A colleague's words" });
                await helpers.click();
            },
        },
        { trigger: "body:not(:has(.modal)) .o_form_button_save:visible", run: "click" },
        { trigger: `${ASKED} .o_integration_theirs:contains('words')` },
        { trigger: `${ASKED} .o_integration_mine:contains('Deleted')` },
        { trigger: `${ASKED} .o_integration_take_theirs`, run: "click" },
        { trigger: `${SAVED} .o_kanban_record:contains('words')` },
    ],
});
