from odoo import fields, models


class IntegrationFiguresDecision(models.Model):
    """What was decided about tables by trait, topic or answer, and who was counted in them then.

    What is decided later must fit what is printed already; see ``figures/protection/decisions.py``.
    Ids without a name, and once a client is erased, numbers in their place that are nobody's. No
    role has a right to them; the engine alone reads and writes them.
    """

    _name = "integration.figures.decision"
    _description = "Decision on Tables of Figures"
    _order = "calendar_year, number, id"

    calendar_year = fields.Integer(
        required=True, help="Year of the tables, or 0 for topics and answers of any time."
    )
    number = fields.Integer(
        string="Sequence", required=True, help="Decisions of a year, one after the other."
    )
    rule = fields.Char(required=True, help="Rule that is counted.")
    area = fields.Integer(required=True, help="Life area of which the list is, or 0.")
    employer = fields.Integer(
        required=True, default=0, help="Employer whose tables these are, or 0 for all of a county."
    )
    # No foreign keys: what is deleted one day must not change what was printed.
    tables = fields.Json(help="Table, period, persons by category, categories that are hidden.")

    _one_at_a_time = models.UniqueIndex("(calendar_year, number, rule, area, employer)")
