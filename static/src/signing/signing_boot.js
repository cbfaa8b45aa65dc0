import { App, whenReady } from "@odoo/owl";
import { getTemplate } from "@web/core/templates";
import { SigningApp } from "./signing_app";

whenReady(() => {
    const data = JSON.parse(document.getElementById("integration_signing_data").textContent);
    const app = new App(SigningApp, { getTemplate, props: data, env: {} });
    app.mount(document.body);
});
