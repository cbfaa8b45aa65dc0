import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { TabsModel, TabsRecord } from "../form_tabs/form_tabs";

/** A case that has been read together with what stands at a glance above its tabs. */
export class GlanceRecord extends TabsRecord {
    /** An answer without it, as after a save, leaves the former one alone. */
    _setData(data, options) {
        if ("glance" in data) {
            this.glance = { told: data.glance };
        }
        super._setData(data, options);
    }
}

/**
 * Asks for the glance along with the case, whenever the case is loaded; a save does not ask for it.
 *
 * A glance that fails costs this block alone: then the case is read without it.
 */
export class GlanceModel extends TabsModel {
    static Record = GlanceRecord;

    async _loadData(config, cache) {
        if (!config.isRoot || !config.isMonoRecord || !config.resId) {
            return super._loadData(config, cache);
        }
        const asking = { ...config, context: { ...config.context, integration_glance: true } };
        try {
            const data = await super._loadData(asking, cache);
            config.loadId = asking.loadId;
            return data;
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            return { ...(await super._loadData(config, cache)), glance: false };
        }
    }
}

/** The form of a case: its tabs are read when they are opened, its glance with the case. */
registry.category("views").add("integration_case", {
    ...registry.category("views").get("integration_tabs"),
    Model: GlanceModel,
});
