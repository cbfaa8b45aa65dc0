"""Two incidents: one that ends a case, and one whose warning holds."""

from datetime import timedelta

# The family whose neighbour shouts at visitors
WARNED = 4


def end_for_protection(case, day):
    """Record why a case ends to protect the worker."""
    case.env["integration.incident"].create(
        {
            "case_id": case.id,
            "date": day - timedelta(days=1),
            "level": "threat",
            "place": "office",
            "description": "Schlug mit der Faust auf den Tisch und drohte, „draußen zu warten“.",
            "measures": "Gespräch abgebrochen, Leitung sofort informiert, Hausverbot geprüft.",
            "police": True,
        }
    )


def warn(family):
    """Warn of one household, and let visits there be made by two."""
    if family.household.number != WARNED:
        return
    case = family.cases[0].case
    case.env["integration.incident"].create(
        {
            "case_id": case.id,
            "date": max(case.date_start, family.county.today - timedelta(days=40)),
            "level": "insult",
            "place": "visit",
            "description": "Ein Bekannter im Treppenhaus beschimpfte die Fachkraft lautstark.",
            "measures": "In der Teamsitzung besprochen.",
            "warning": "Im Treppenhaus nicht allein: Besuche zu zweit oder Treffen im Büro.",
        }
    )
    case.two_person_rule = True
