"""No case of before has an incident, so none is warned of: the new column needs no reckoning."""


def migrate(cr, version):
    """Add the column empty; reckoned by the ORM, each case would bear the day of the update.

    :param version: the installed version; empty when the module is installed anew
    """
    if version:
        cr.execute("ALTER TABLE integration_case ADD COLUMN IF NOT EXISTS warning_until date")
