import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

// "Name (number)" and what may follow, as the records of a file are shown to those who may know
const NAMED = /^.+ \(([^()]*\d[^()]*)\)(.*)$/;

/**
 * What stands in the title of a tab, in the browser's history and in its storage.
 *
 * All three outlive the screen, and are seen by whoever uses the device next or looks over a
 * shoulder. So there a person is the number of her file.
 */
export function neutralTitle(model, data, title) {
    if (!model.startsWith("integration.") && !data.is_integration_client) {
        return title;
    }
    const named = NAMED.exec(title);
    if (named) {
        return named[1] + named[2];
    }
    if (model === "integration.plan.step" && data.id) {
        const file = NAMED.exec(data.case_id?.display_name || "");
        return file ? _t("%s – Step", file[1]) : _t("Step");
    }
    return title;
}

patch(FormController.prototype, {
    displayName() {
        const root = this.model.root;
        return neutralTitle(root.resModel, { ...root.data, id: root.resId }, super.displayName());
    },
});
