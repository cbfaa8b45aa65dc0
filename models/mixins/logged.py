from odoo import models

from .door import SYSTEM


class IntegrationLogged(models.AbstractModel):
    """Base of models whose reading is logged; the room of access says how."""

    _name = "integration.logged"
    _description = "Model Whose Reading is Logged"

    # The words of the file: reading them on a list of any length opens the files.
    _content_fields = frozenset()
    # Whether nobody but the author ever reads it: her own words are no opening, and go with the
    # file when she loses it.
    _author_alone = False

    def _unseen(self):
        """Return the model as our own code groups it: what nobody is shown opens no file."""
        return self.with_context(integration_unseen=SYSTEM)
