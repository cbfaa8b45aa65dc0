from odoo import api, models


class IntegrationDemo(models.AbstractModel):
    """Entry point of the demo data; the code behind it is imported with the demo only."""

    _name = "integration.demo"
    _description = "Demo County"

    @api.model
    def _load_demo(self):
        """Build the demo county, once."""
        # Here, so that a database without demo never loads the invented families.
        from . import builder

        if not builder.is_built(self.env):
            builder.build(self.env)
