import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const OPEN = { trigger: "button[name=action_new_contact]", run: "click" };
const NAME = { trigger: ".modal [name=interpreter_id] button:contains('Noor Beispiel')", run: "click" };
const SAVE = [
    { trigger: ".modal [name=interpreter_id] button[aria-pressed=true]:contains('Noor Beispiel')" },
    { trigger: ".modal [name=interpreter_used] input:checked" },
    { trigger: ".modal button[name=action_save]", run: "click" },
    { trigger: "body:not(:has(.modal))" },
];

/** A client who needs somebody: one tap on the name, nothing else. */
tours.add("integration_interpreter_tap", { steps: () => [OPEN, NAME, ...SAVE] });

/** One who was not known to need somebody: “With Interpreter”, and the name. */
tours.add("integration_interpreter_tick_and_tap", {
    steps: () => [
        OPEN,
        { trigger: ".modal:not(:has([name=interpreter_id] button)) [name=interpreter_used] input", run: "click" },
        NAME,
        ...SAVE,
    ],
});
