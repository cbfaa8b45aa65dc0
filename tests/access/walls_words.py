"""A word of its own in every free text of every file, to be searched for in answers."""

import re

from odoo.tools import SQL

from odoo.addons.integration_management.models.signing.agreement_words import frozen

from ..common import MODULE

# What is neutral by design: the numbers that stand for a person everywhere else.
NEUTRAL = {
    # With a file there is no word to call somebody by
    "integration.office.visitor": {"name"},
    "integration.client": {"file_number"},
    "integration.case": {"file_number"},
    "integration.household": {"name"},
    # Technical words of Odoo's own, never typed by anybody
    "res.partner": {"color", "tz", "lang", "type"},
    "mail.activity": {"res_model", "res_name"},
    "ir.attachment": {
        "res_model",
        "res_field",
        "store_fname",
        "checksum",
        "mimetype",
        "url",
        "access_token",
    },
    # Made from the content of the paper, or a list of codes
    "integration.consent": {"attachment_name", "attachment_hash"},
    "integration.release": {"attachment_name", "attachment_hash"},
    "integration.agreement": {"words_hash"},
    "integration.agreement.sheet": {"attachment_name", "attachment_hash", "words_hash"},
    "integration.disclosure": {"kind_codes"},
    # Of a draft there are none yet; with them it would be a letter that nobody deletes.
    "integration.letter": {"words", "words_hash"},
}
PLANTED = ("char", "text", "html")
# Each field of each file gets a word of its own, so that a leak names where it came from.
SECRET = re.compile(r"xqs(\d{5})q", re.IGNORECASE)
# Nothing changes these rows, not even the system: they are written with their secrets.
APPEND_ONLY = (
    "integration.agreement",
    "integration.agreement.sheet",
    "integration.consent",
    "integration.disclosure",
)


class WallsWords:
    """Mixin of the world that plants the words."""

    @classmethod
    def _word(cls, kit, key, name):
        """Return the secret of one field of a file; ``words`` knows whose it is."""
        cls.words.append((kit, key, name))
        word = f"xqs{len(cls.words) - 1:05}q"
        return f"{word}@x.example" if "email" in name else word

    @classmethod
    def _plant(cls, kit):
        """Put a word of its own into every free text of the file, past all guards."""
        cls.env.flush_all()
        for key, records in kit.items():
            if records._auto and records._name not in APPEND_ONLY:
                cls._plant_in(records.sudo(), kit, key)
        cls.env.invalidate_all()

    @classmethod
    def _plant_in(cls, records, kit, key):
        for name in cls._free_texts(records):
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s",
                    SQL.identifier(records._table),
                    SQL.identifier(name),
                    cls._word(kit, key, name),
                    tuple(records.ids),
                )
            )

    @classmethod
    def _free_texts(cls, model):
        """Return the columns of ``model`` that somebody's words may stand in."""
        neutral = NEUTRAL.get(model._name, ())
        cls.planted[model._name] = [
            name
            for name, field in model._fields.items()
            if field.type in PLANTED
            and field.store
            and field.column_type
            and not field.translate
            and not field.company_dependent
            and name not in neutral
        ]
        return cls.planted[model._name]

    @classmethod
    def _sheets(cls, kit, plan):
        """Return the frozen words of the plan and a sheet, with secrets in all they say."""
        agreements, sheets = (
            plan.env[model] for model in ("integration.agreement", "integration.agreement.sheet")
        )
        said = {name: cls._word(kit, sheets._name, name) for name in cls._free_texts(sheets)}
        language = cls.env.ref(f"{MODULE}.language_ar")
        words = sheets._words(plan, language, {"0": said["words"]})
        sheet = sheets._as_system().create(
            dict(said, plan_id=plan.id, language_id=language.id, words=frozen(words))
        )
        cls._free_texts(agreements)
        return {
            agreements._name: agreements.search([("plan_id", "=", plan.id)]),
            sheets._name: sheet.with_env(plan.env),
        }
