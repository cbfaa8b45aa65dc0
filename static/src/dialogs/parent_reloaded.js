import { patch } from "@web/core/utils/patch";
import { X2ManyFieldDialog } from "@web/views/fields/relational_utils";

/**
 * A form shows at once what was saved in a dialog over it: a note added through a talk also stands
 * among the notes of the case. Where the form itself has changes, they stay and it is read anew
 * when they are saved.
 */
patch(X2ManyFieldDialog.prototype, {
    async save() {
        const saved = await super.save(...arguments);
        const form = this.props.record._parentRecord;
        if (saved && form?.resId && form.resModel.startsWith("integration.")) {
            if (!(await form.isDirty())) {
                await form.load();
            }
        }
        return saved;
    },
});
