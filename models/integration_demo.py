from odoo import api, models


class IntegrationDemo(models.AbstractModel):
    """Entry point of the demo data; the code behind it is imported with the demo only."""

    _name = "integration.demo"
    _description = "Demo County"

    @api.model
    def _load_demo(self):
        """Build the demo county, once."""
        from ..demo import builder  # noqa: PLC0415 - not part of a database without demo

        if not builder.is_built(self.env):
            builder.build(self.env)
