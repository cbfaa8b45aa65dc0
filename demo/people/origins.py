"""Languages and usual ways of residence by country of origin; typical, not statistical."""

from dataclasses import dataclass

RECOGNISED = ("permission_to_stay", "refugee_25_2_1")
SUBSIDIARY = ("permission_to_stay", "subsidiary_25_2_2")
BAN = ("permission_to_stay", "deportation_ban_25_3")
PENDING = ("arrival_certificate", "permission_to_stay")
TOLERATED = ("permission_to_stay", "toleration_60a")
OPPORTUNITY = ("toleration_60a", "opportunity_104c")
IN_TRAINING = ("toleration_60a", "toleration_60c")


@dataclass(frozen=True)
class Origin:
    """``paths``: sequences of residence status codes, one of which a family gets.

    ``literacy``: share of the adults who begin above A0.
    """

    languages: tuple
    paths: tuple
    literacy: float = 0.5


ORIGINS = {
    "ua": Origin(("uk", "ru"), (("temporary_protection_24",),), 0.8),
    "sy": Origin(("ar",), (RECOGNISED, SUBSIDIARY, SUBSIDIARY), 0.7),
    "af": Origin(("prs", "ps"), (BAN, RECOGNISED, ("admission_22",)), 0.4),
    "er": Origin(("ti",), (RECOGNISED, SUBSIDIARY), 0.5),
    "iq": Origin(("kmr", "ar"), (SUBSIDIARY, TOLERATED, RECOGNISED), 0.5),
    "ir": Origin(("fa",), (RECOGNISED,), 0.8),
    "tr": Origin(("tr",), (PENDING, RECOGNISED), 0.8),
    "gm": Origin(("mnk", "en"), (OPPORTUNITY, IN_TRAINING), 0.6),
    "so": Origin(("so",), (SUBSIDIARY, BAN), 0.3),
    "cm": Origin(("fr",), (PENDING, TOLERATED), 0.8),
    "ge": Origin(("ka", "ru"), (TOLERATED, PENDING), 0.7),
    "ng": Origin(("en",), (PENDING,), 0.7),
    "pk": Origin(("ur",), (TOLERATED,), 0.5),
    "ve": Origin(("es",), (PENDING,), 0.9),
}

# Legal circle of the benefit that goes with a status
BASIC_SUPPORT = {
    "temporary_protection_24",
    "refugee_25_2_1",
    "subsidiary_25_2_2",
    "deportation_ban_25_3",
    "admission_22",
    "opportunity_104c",
}


def benefit_for(status, pensioner):
    """Return the code of the benefit that usually goes with a residence status."""
    if status in BASIC_SUPPORT:
        return "sgb_12" if pensioner else "sgb_2"
    return "asylblg_3" if status == "arrival_certificate" else "asylblg_2"
