"""Residence, housing, benefits, language, education and work of a family over time."""

from datetime import timedelta

from .households import ADULT_AGE
from .origins import benefit_for

PENSION_AGE = 66
# After this time some have found work, and some a flat of their own
SETTLED_DAYS, PRIVATE_FLAT_DAYS = 210, 280
# What was granted for a time: for every how many-th family, and within how many days it ends
RUNS_OUT = {"residence": (3, 300), "benefit": (2, 180)}
LEVELS = ["a0", "a1", "a2", "b1", "b2"]


def create_histories(family):
    """Create the histories of all members with a consent, one batch per model."""
    named = [member for member in family.members if member.consent]
    if not named:
        return
    path = family.rng.choice(family.origin.paths)
    for model, make in (
        ("residence", _residence),
        ("housing", _housing),
        ("benefit", _benefit),
        ("language.level", _language),
        ("education", _education),
        ("employment", _employment),
    ):
        vals_list = []
        for member in named:
            periods = _periods(member, make(family, member, path))
            if periods and model in RUNS_OUT:
                periods[-1]["date_to"] = _last_day(family, RUNS_OUT[model])
            vals_list += periods
        family.env[f"integration.{model}"].create(vals_list)


def _periods(member, entries):
    """Turn [(first day, values)] into values with a last day, from the birth on."""
    entries = [(max(day, member.birthdate), vals) for day, vals in entries]
    vals_list = []
    for index, (day, vals) in enumerate(entries):
        following = entries[index + 1][0] if index + 1 < len(entries) else None
        if following and following <= day:
            continue
        vals_list.append(
            dict(
                vals,
                client_id=member.client.id,
                date_from=day,
                date_to=following and following - timedelta(days=1),
            )
        )
    return vals_list


def _last_day(family, every_within):
    """Return the day on which a permit or an approval runs out, or nothing."""
    every, within = every_within
    number = family.household.number
    if number % every:
        return None
    return family.county.today + timedelta(days=10 + number * 17 % within)


def _recognised(family):
    """Return the day of the second status: between arrival and the move into the town."""
    return family.arrival + (family.start - family.arrival) * 2 // 3


def _residence(family, member, path):
    days = [family.arrival, _recognised(family)]
    return [
        (days[index], {"status_id": family.county.code("residence.status", code)})
        for index, code in enumerate(path)
    ]


def _housing(family, member, path):
    def entry(day, code):
        vals = {"type_id": family.county.code("housing.type", code), "municipality_id": family.town}
        return day, vals

    moved_in = family.start - timedelta(days=10)
    ukrainian = family.household.country == "ua"
    number = family.household.number
    first = "family_friends" if ukrainian and number % 2 else "provisional_shared"
    followup = ("followup_shared", "followup_municipal", "followup_rented")[number % 3]
    entries = [entry(family.arrival + timedelta(days=60), first), entry(moved_in, followup)]
    settled = family.start + timedelta(days=PRIVATE_FLAT_DAYS)
    if "housing" not in family.household.themes and settled < family.county.today and number % 2:
        entries.append(entry(settled, "private_flat"))
    return entries


def _benefit(family, member, path):
    def entry(day, code):
        return day, {"type_id": family.county.code("benefit.type", code)}

    pensioner = member.person.age >= PENSION_AGE
    days = [family.arrival, _recognised(family)]
    entries = [
        entry(days[index], benefit_for(status, pensioner)) for index, status in enumerate(path)
    ]
    if entries[0][1] == entries[-1][1]:
        entries = entries[:1]
    if family.story.stage == "aftercare":
        entries.append(entry(_halfway(family), "none"))
    return entries


def _halfway(family):
    """Return the day when work, courses and money change for those who are settled."""
    return family.start + (family.county.today - family.start) * 3 // 5


def _language(family, member, path):
    if member.person.age < 6:
        return []
    rng = family.rng
    level = int(rng.random() < family.origin.literacy)
    german = family.county.code("language", "de")
    day, entries = family.start, []
    if not level and member.person.age >= ADULT_AGE and rng.random() < 0.15:
        entries.append(
            (day, {"language_id": german, "level": "second_script", "source": "estimate"})
        )
        day += timedelta(days=120)
    while day <= family.county.today and level < len(LEVELS):
        entries.append(
            (
                day,
                {
                    "language_id": german,
                    "level": LEVELS[level],
                    "source": "certificate" if level > 1 else "estimate",
                },
            )
        )
        day += timedelta(days=rng.randint(130, 220))
        level += 1
    return entries


def _education(family, member, path):
    rng, age = family.rng, member.person.age
    if age < 6:
        return []
    if age < ADULT_AGE:
        return [(family.start, {"school": "at_school", "vocation": "none"})]
    qualified = "qualification" in family.household.themes
    school = rng.choice(["primary", "lower_secondary", "upper_secondary", "university_entrance"])
    vals = {
        "school": "university_entrance" if qualified else school,
        "vocation": "degree" if qualified else rng.choice(["none", "semi_skilled", "training"]),
        "recognition": rng.choice(["applied", "partial"]) if qualified else "not_sought",
    }
    return [(family.start, vals)]


def _employment(family, member, path):
    rng, age = family.rng, member.person.age
    if age < 15:
        return []
    if age < ADULT_AGE:
        return [(family.start, {"status": "student"})]
    if age >= PENSION_AGE:
        return [(family.start, {"status": "pension"})]
    toddlers = any(other.person.age < 2 for other in family.members)
    if toddlers and member.person.gender == "female":
        return [(family.start, {"status": "care"})]
    entries = [(family.start, {"status": rng.choice(["course", "course", "seeking"])})]
    if (family.county.today - family.start).days > SETTLED_DAYS:
        settled = ["full_time", "full_time", "part_time"]
        if "vocation" in family.household.themes:
            settled = ["trainee"]
        elif family.story.stage != "aftercare":
            settled += ["mini_job", "seeking"]
        entries.append((_halfway(family), {"status": rng.choice(settled)}))
    return entries
