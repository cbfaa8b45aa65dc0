"""What talks are about, by phase and by the family's themes (codes of topics and channels)."""

# Weighted channels by phase: from outreach to office hours (county standard 3.1)
CHANNELS = {
    "getting_to_know": {
        "home_visit": 60,
        "outreach_elsewhere": 8,
        "office_hours": 12,
        "telephone": 20,
    },
    "assessment": {"home_visit": 40, "office_hours": 22, "appointment": 22, "telephone": 16},
    "planning": {
        "home_visit": 15,
        "office_hours": 30,
        "appointment": 35,
        "telephone": 12,
        "messenger": 8,
    },
    "accompaniment": {
        "home_visit": 7,
        "office_hours": 43,
        "appointment": 18,
        "telephone": 16,
        "messenger": 10,
        "accompanying": 4,
        "video": 2,
    },
    "aftercare": {"office_hours": 45, "telephone": 35, "messenger": 20},
}

# Shortest and longest duration in minutes
DURATIONS = {
    "home_visit": (40, 90),
    "outreach_elsewhere": (15, 40),
    "office_hours": (15, 45),
    "appointment": (30, 60),
    "telephone": (5, 20),
    "messenger": (5, 15),
    "email": (5, 15),
    "video": (20, 40),
    "accompanying": (60, 150),
    "case_work": (10, 45),
}

# Where one can see the family, not the client alone
TOGETHER = {"home_visit", "appointment", "office_hours", "outreach_elsewhere"}

ARRIVAL = (
    "letter_explained",
    "form_help",
    "documents",
    "health_system",
    "tenancy",
    "allocation",
    "mobility",
    "neighbourhood",
    "bank_account",
    "course_advice",
    "benefits",
)
EVERYDAY = (
    "letter_explained",
    "letter_explained",
    "form_help",
    "authority_call",
    "documents",
    "benefits",
    "letter_drafted",
    "health_insurance",
    "volunteers",
    "club",
    "housing_costs",
    "residence_title",
)
THEMES = {
    "language": (
        "course_advice",
        "course_registration",
        "course_registration",
        "course_progress",
        "course_progress",
        "language_practice",
    ),
    "work": (
        "job_search",
        "job_search",
        "application_documents",
        "payslip",
        "everyday_work",
        "work_permit",
        "sick_note",
    ),
    "housing": (
        "housing_search",
        "housing_search",
        "tenancy",
        "viewing",
        "housing_costs",
        "housing_conflict",
    ),
    "children": ("child_care", "child_care", "child_benefits", "parenting", "child_health"),
    "school": ("school_enrolment", "school_talk", "school_support", "school_leaving"),
    "health": ("doctor", "health_system", "health_insurance", "mental_strain"),
    "finances": ("debts", "budgeting", "instalments", "bank_account", "purchase_contract"),
    "asylum": (
        "asylum_letter",
        "residence_title",
        "lawyer_contact",
        "hearing",
        "family_reunification",
        "legal_question",
    ),
    "vocation": ("career_choice", "training_place", "training_support"),
    "qualification": ("recognition", "recognition", "further_training", "vocational_language"),
    "participation": ("club", "volunteers", "neighbourhood", "language_practice"),
}
UNNAMED = (
    "letter_explained",
    "form_help",
    "benefits",
    "course_advice",
    "housing_search",
    "mobility",
    "health_system",
    "child_care",
    "documents",
)
# Said instead of what needs a consent that somebody did not give
PLAIN = "letter_explained"

# Nobody talks about these in the first weeks
LATER = {
    "course_progress",
    "payslip",
    "everyday_work",
    "sick_note",
    "training_support",
    "school_leaving",
    "instalments",
    "further_training",
}


def pool(themes, phase):
    """Return the topics that may come up, those of the themes several times."""
    early = phase in ("getting_to_know", "assessment")
    own = [topic for theme in themes for topic in THEMES[theme]]
    if early:
        own = [topic for topic in own if topic not in LATER]
    return [*(ARRIVAL if early else EVERYDAY), *own, *own]
