"""Agreement sheets of some plans: signed by hand and scanned, or read out and interpreted."""

from ...models.signing.agreement_words import frozen, typed_words
from ..consent.signed_papers import signed_paper
from ..people.family import INTERPRETER
from .translations import TRANSLATIONS

# Of so many plans in a language one is signed by hand and scanned, one read out, one waits for its
# signature, and one has no sheet yet
EVERY = 4


def make_sheets(county):
    """Make the sheets of the plans whose clients speak a language with translations."""
    counted = dict.fromkeys(TRANSLATIONS, 0)
    companies = [company.id for company in county.companies.values()]
    plans = county.env["integration.plan"].search(
        [("state", "=", "agreed"), ("company_id", "in", companies)], order="id"
    )
    for plan in plans:
        client = plan.client_id
        spoken = client.language_ids.filtered(lambda language: language.code in TRANSLATIONS)[:1]
        agreed = all(person.consent_state == "given" for person in plan._gate_clients())
        running = plan.case_id.state == "open" and not client._is_minor(plan.date_agreed)
        if spoken and agreed and running:
            counted[spoken.code] += 1
            make_sheet(plan, spoken, counted[spoken.code] % EVERY)


def make_sheet(plan, language, turn):
    """Make the sheet of ``plan`` as its worker would have made it."""
    if not turn:
        return
    mine = plan.with_user(plan.case_id.user_id).with_context(
        allowed_company_ids=plan.company_id.ids
    )
    known = TRANSLATIONS[language.code]
    typed = {key: known[text] for key, text in typed_words(mine._agreed_words()) if text in known}
    sheets = mine.env["integration.agreement.sheet"]
    words = frozen(sheets._words(mine, language, typed))
    vals = {"plan_id": plan.id, "language_id": language.id, "words": words}
    if turn == 1:
        number = plan.case_id.file_number
        vals["attachment"] = signed_paper(number, plan.date_agreed)
        vals["date_signed"] = plan.date_agreed
    elif turn == 2:
        vals.update(form="read_out", date_signed=plan.date_agreed, interpreter=INTERPRETER)
    sheets._as_system().create(vals)
