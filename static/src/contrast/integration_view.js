import { View } from "@web/views/view";
import { patch } from "@web/core/utils/patch";

/** Our own views, whatever their type, bear a class by which contrast.scss finds them. */
patch(View.prototype, {
    async loadView(props) {
        if (!props.resModel.startsWith("integration.")) {
            return super.loadView(props);
        }
        const className = `${props.className || ""} o_integration_view`.trim();
        return super.loadView({ ...props, className });
    },
});
