from odoo import models


class IntegrationLogged(models.AbstractModel):
    """Base of models whose reading is logged; the room of access says how."""

    _name = "integration.logged"
    _description = "Model Whose Reading is Logged"

    # The words of the file: reading them on a list of any length opens the files.
    _content_fields = frozenset()
