"""Concerns of the last months: raised by a municipality or told to a worker, answered or open."""

from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationImporter

from odoo.addons.integration_management.tools import EntryDay

from ..organisation.county import MODULE

SPEAKER = f"{MODULE}.demo_user_sonja"
TOWN = "Markdorf"
# Days ago, kind, by whom, words, who answers after how many days; nobody: it waits
RAISED = (
    (118, "house", "landlord", "Im Treppenhaus der Gehrenbergstraße 8 steht seit Tagen Sperrmüll.",
     "felix", 2),
    (97, "school", "school", "Die Grundschule erreicht die Eltern der zweiten Klasse nicht.",
     "elif", 3),
    (71, "noise", "neighbour", "Nachbarn klagen über Musik nach 22 Uhr am Wochenende.",
     "felix", 1),
    (52, "report", "municipality", "Bitte prüfen, ob in der Wohnung mehr Personen leben.",
     "felix", 4),
    (33, "dues", "municipality", "Die Stadtkasse hat offene Abfallgebühren in der Seestraße.",
     "elif", 6),
    (12, "noise", "neighbour", "Wieder Lärm im Hof, diesmal am Nachmittag.", "felix", 1),
    (6, "worry", "neighbour", "Seit einer Woche sind die Rollläden im zweiten Stock zu.", "", 0),
    (2, "house", "landlord", "Die Mülltonnen werden nicht zur Straße gestellt.", "", 0),
)  # fmt: skip
# Days ago, municipality, kind, by whom, words, worker, days to the answer; -1: not yet
TOLD = (
    (84, "Friedrichshafen", "school", "school", "Der Kindergarten fragt nach einem Dolmetscher.",
     "ahmet", 1),
    (40, "Überlingen", "papers", "authority", "Das Bürgerbüro vermisst Unterlagen zur Anmeldung.",
     "david", 0),
    (19, "Friedrichshafen", "noise", "neighbour", "Die Nachbarin unten hört nachts Schritte.",
     "anna", 2),
    (4, "Friedrichshafen", "work", "other", "Ein Betrieb sucht Auszubildende und fragt nach.",
     "ahmet", -1),
    (1, "Friedrichshafen", "house", "landlord", "Im Keller fehlen Schlüssel.", "anna", -1),
)  # fmt: skip


def create_concerns(county):
    """Raise them on their days, and let the workers answer on theirs."""
    _speak_german(county.env)
    speaker = county.env.ref(SPEAKER)
    # sudo: res.users - what the administration says in its dialog
    speaker.sudo().integration_municipality_id = county.municipality(TOWN)
    company = speaker.company_id.ids
    env = county.env(
        user=speaker.id, su=False, context={"allowed_company_ids": company, "lang": "de_DE"}
    )
    for ago, kind, party, text, worker, days in RAISED:
        concern = _raise(county, env, ago, kind, party, text)
        # sudo: integration.concern - whoever works there most, but for a few that are nobody's
        concern.sudo()._as_system().user_id = county.users[worker] if worker else False
        if worker:
            _answer(county, concern, worker, ago - days)
    for ago, town, kind, party, text, worker, days in TOLD:
        own = county.env_of(worker)
        concern = _raise(county, own, ago, kind, party, text, county.municipality(town))
        if days >= 0:
            _answer(county, concern, worker, ago - days)


def _speak_german(env):
    """Read the German of the answers now: Odoo does so after the demo, and they are copied."""
    rows = env["ir.model.data"].search(
        [("module", "=", MODULE), ("model", "=", "integration.concern.answer")]
    )
    translations = TranslationImporter(env.cr, verbose=False)
    path = file_path(f"{MODULE}/i18n/de.po")
    translations.load_file(path, "de_DE", xmlids=set(rows.mapped("complete_name")))
    translations.save()
    env.invalidate_all()


def _on(county, env, ago):
    """Return ``env`` on the day so many days ago."""
    day = county.day(ago)
    context = dict(env.context, integration_entry_day=EntryDay(day.year, day.month, day.day))
    return env(context=context)


def _raise(county, env, ago, kind, party, text, town=None):
    values = {"municipality_id": town} if town else {}
    return _on(county, env, ago)["integration.concern"].create(
        {
            "kind_id": county.env.ref(f"{MODULE}.concern_kind_{kind}").id,
            "party": party,
            "text": text,
            **values,
        }
    )


def _answer(county, concern, worker, ago):
    theirs = concern.with_env(_on(county, county.env_of(worker), ago))
    theirs.action_take_over()
    theirs._answer(theirs.kind_id.answer_id)
