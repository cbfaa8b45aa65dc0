from odoo import models

# Where each role begins its day, the role with most work first
START_PAGES = {
    "caseworker": "integration_day_tile_action",
    "lead": "integration_day_tile_action",
    "dpo": "integration_day_tile_action",
    # Before reporting, whose rights it brings along
    "admin": "integration_first_steps_action",
    "reporting": "integration_report_action",
    "county": "integration_report_action",
    "accommodation": "integration_arrival_action_entered",
    "municipality": "integration_concern_action_raised",
}


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Let everybody with a role begin at her work, unless she chose another start page.

        Without one Odoo opens the first app, which is its chat.
        """
        info = super().session_info()
        if not info.get("home_action_id"):
            page = self._integration_start_page()
            if page:
                info["home_action_id"] = page.id
        return info

    def _integration_start_page(self):
        """Return the action at which the user begins, or None without any role."""
        for role, name in START_PAGES.items():
            if self.env.user.has_group(f"integration_management.group_{role}"):
                # sudo: ir.actions - which action it is; what it shows follows her rights
                return self.env.ref(f"integration_management.{name}").sudo()
        return None
