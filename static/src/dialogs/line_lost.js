import { patch } from "@web/core/utils/patch";
import { ConnectionLostError } from "@web/core/network/rpc";
import { FormController } from "@web/views/form/form_controller";

/**
 * Whoever leaves a form without a connection is told that it is lost, and stays where she is.
 * Odoo looks for what the server has said, which is nothing, and shows an error of the program.
 */
patch(FormController.prototype, {
    async onSaveError(error) {
        if (error instanceof ConnectionLostError) {
            throw error;
        }
        return super.onSaveError(...arguments);
    },
});
