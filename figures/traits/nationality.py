"""Groups of nationalities for local monitoring (profile B).

After the regions of the United Nations' country classification, with Germany, the European
Union (with Iceland, Liechtenstein, Norway and Switzerland: free movement) and Ukraine
(temporary protection) apart. Numbers are stored in frozen lines: never renumber them.
"""

GERMAN, UNION, UKRAINE, EUROPE, WEST_ASIA, ASIA, AFRICA, AMERICA, SEVERAL, STATELESS = range(1, 11)
UNKNOWN = -1

_REGIONS = {
    GERMAN: "DE",
    UNION: "AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE"
    " SI SK CH",
    UKRAINE: "UA",
    EUROPE: "AD AL BA BY FO GB GG GI IM JE MC MD ME MK RS RU SJ SM VA XK AX",
    WEST_ASIA: "AE AM AZ BH GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    ASIA: "AF BD BN BT CN HK ID IN IO IR JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK SG TH"
    " TJ TL TM TW UZ VN",
    AFRICA: "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY"
    " MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW",
}
GROUP_OF = {code: group for group, codes in _REGIONS.items() for code in codes.split()}


def nationality_group(codes, note) -> int:
    """Return the one group of a person; German before Union, else several if they differ."""
    groups = {GROUP_OF.get(code, AMERICA) for code in codes}
    for first in (GERMAN, UNION):
        if first in groups:
            return first
    if groups:
        return groups.pop() if len(groups) == 1 else SEVERAL
    return STATELESS if note == "stateless" else UNKNOWN
