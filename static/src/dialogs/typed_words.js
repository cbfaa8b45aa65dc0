import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { FormController } from "@web/views/form/form_controller";
import { patch } from "@web/core/utils/patch";
import { useService } from "@web/core/utils/hooks";
import { X2ManyFieldDialog } from "@web/views/fields/relational_utils";

const OURS = "integration.";

/**
 * Escape and the cross close a dialog of ours only after asking, once something was typed in it:
 * the words of a talk are not said a second time. The button "Discard" says what it does.
 */
patch(Dialog.prototype, {
    async dismiss() {
        if (this.data.integrationMayClose && !(await this.data.integrationMayClose())) {
            return;
        }
        return super.dismiss(...arguments);
    },
});

/**
 * @param {Function} thrownAway is called once the user has said that what was typed may go
 */
function askBeforeClosing(component, resModel, record, thrownAway = () => {}) {
    const dialogs = useService("dialog");
    if (!component.env.dialogData || !resModel?.startsWith(OURS)) {
        return;
    }
    component.env.dialogData.integrationMayClose = async () => {
        if (!(await record().isDirty())) {
            return true;
        }
        return new Promise((answer) =>
            dialogs.add(ConfirmationDialog, {
                title: _t("Discard what was typed?"),
                body: _t("Nothing in this window has been saved yet."),
                // The first button is what Enter presses: it loses nothing
                confirmLabel: _t("Go on typing"),
                confirm: () => answer(false),
                cancelLabel: _t("Discard"),
                cancel: async () => {
                    await thrownAway();
                    answer(true);
                },
                dismiss: () => answer(false),
            })
        );
    };
}

patch(FormController.prototype, {
    setup() {
        super.setup(...arguments);
        askBeforeClosing(
            this,
            this.props.resModel,
            () => this.model.root,
            () => this.integrationThrownAway?.()
        );
    },
});

patch(X2ManyFieldDialog.prototype, {
    setup() {
        super.setup(...arguments);
        askBeforeClosing(this, this.props.record.resModel, () => this.record);
    },
});
