"""The German translation is complete, current and addresses nobody as "Sie" or "du"."""

import re
from collections import Counter

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader, code_translations

from ..common import MODULE

PLACEHOLDER = re.compile(r"%%|%\(\w+\)[a-z]|%[a-z]|\{\{.*?\}\}|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
TRANSLATED_ATTRIBUTE = re.compile(r'(title|aria-label|alt|placeholder)="[^"]*"')
# Impersonal, as forms and notices of the county are worded. "sie", "ihr", "ihre" in small
# letters are allowed: they stand for persons and things talked about. Nothing else is: where
# "Sie" or "Ihr" would only be capital at the start of a sentence, another word will do.
ADDRESS = re.compile(
    r"\b(Sie|Ihnen|Ihr(e[mnrs]?)?)\b|\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(e[mnrs]?)?|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?)\b"
)
# The county standard writes both sexes: "Klient/in", or "die Klientin oder der Klient".
ONE_SEX = re.compile(
    r"(?<!oder der )(?<!oder dem )\b(Klient|Integrationsmanager|Mitarbeiter|Zeuge|Verfasser)\b(?!/)"
)

# One word for one thing: whoever reads two looks for two things.
SYNONYMS = re.compile(r"\b(Mandate?[ns]?|Datenschutzinformation(en)?|Standards? des Landkreises)\b")


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()
        cls.exported = cls._exported_terms()
        cls.german = polib.pofile(file_path(f"{MODULE}/i18n/de.po"))
        cls.template = polib.pofile(file_path(f"{MODULE}/i18n/{MODULE}.pot"))

    @classmethod
    def _exported_terms(cls):
        """Return {(source, occurrence): comments} of what Odoo would export now."""
        reader = TranslationModuleReader(cls.env.cr, modules=[MODULE])
        terms = {}
        for _module, kind, name, res_id, source, _value, comments in reader:
            place = f"code:{name}" if kind == "code" else f"{kind}:{name}:{res_id}"
            terms[source, place] = set(comments)
        return terms

    # ------------------------------------------------------------
    # Completeness
    # ------------------------------------------------------------
    def test_german_is_current(self):
        self._assert_current(self.german)

    def test_template_is_current(self):
        self._assert_current(self.template)

    def _assert_current(self, file):
        """Compare text, place and kind: Odoo looks a translation up by all three."""
        written = {
            (entry.msgid, place): set(entry.comment.split("\n"))
            for entry in file
            for place, _line in entry.occurrences
        }
        missing = [
            term for term in self.exported.keys() - written.keys() if not self._is_foreign(term)
        ]
        self._assert_none(missing, "are not in the file; export the terms again")
        obsolete = [
            term for term in written.keys() - self.exported.keys() if not self._may_be_absent(term)
        ]
        self._assert_none(obsolete, "are no longer in the module; remove them")
        unlike = [
            term
            for term, comments in self.exported.items()
            if term in written and not comments <= written[term]
        ]
        self._assert_none(unlike, "lack the comment by which Odoo finds them")
        doubles = [msgid for msgid, count in Counter(e.msgid for e in file).items() if count > 1]
        self._assert_none(doubles, "stand in the file twice")

    def test_everything_is_translated(self):
        untranslated = [entry.msgid for entry in self.german if not entry.msgstr]
        self._assert_none(untranslated, "have no translation")
        fuzzy = [entry.msgid for entry in self.german if entry.fuzzy or entry.obsolete]
        self._assert_none(fuzzy, "are marked as fuzzy or obsolete")

    # ------------------------------------------------------------
    # Form
    # ------------------------------------------------------------
    def test_placeholders_agree(self):
        self._assert_alike(lambda text: Counter(PLACEHOLDER.findall(text)))

    def test_tags_agree(self):
        self._assert_alike(
            lambda text: Counter(TRANSLATED_ATTRIBUTE.sub(r"\1", tag) for tag in TAG.findall(text))
        )

    def _assert_alike(self, parts):
        unlike = [
            (entry.msgid, entry.msgstr)
            for entry in self.german
            if parts(entry.msgid) != parts(entry.msgstr)
        ]
        self._assert_none(unlike, "differ in what must stay the same")

    def test_wording(self):
        addressed = [entry.msgstr for entry in self.german if ADDRESS.search(entry.msgstr)]
        self._assert_none(addressed, "address the reader")
        one_sex = [entry.msgstr for entry in self.german if ONE_SEX.search(entry.msgstr)]
        self._assert_none(one_sex, "name one sex only")
        other = [entry.msgstr for entry in self.german if SYNONYMS.search(entry.msgstr)]
        self._assert_none(other, "use another word than the rest for the same thing")

    # ------------------------------------------------------------
    # Effect
    # ------------------------------------------------------------
    def test_german_reaches_the_user(self):
        if "de_DE" not in dict(self.env["res.lang"].get_installed()):
            self.env["res.lang"]._activate_lang("de_DE")
            self.env.ref(f"base.module_{MODULE}")._update_translations("de_DE", overwrite=True)
        german = self.env(context={"lang": "de_DE"})
        self.assertEqual(german.ref(f"{MODULE}.area_housing").name, "Wohnen")
        self.assertEqual(german.ref(f"{MODULE}.integration_menu_cases").name, "Fälle")
        self.assertEqual(
            german["integration.case"].fields_get(["file_number"])["file_number"]["string"],
            "Aktenzeichen",
        )
        code = code_translations.get_python_translations(MODULE, "de_DE")
        self.assertEqual(code["Unnamed talk"], "Gespräch ohne Namen")

    # ------------------------------------------------------------
    # Fields of other modules
    # ------------------------------------------------------------
    # Other modules bring fields into our models too, e.g. the calendar its count of meetings.
    # Which ones there are depends on what is installed: translated, but not compared.
    def _is_foreign(self, term):
        """Return whether a term is about a field that no module we depend on brings."""
        field = self._field_of(term)
        if field is None:
            return False
        modules = set(field._modules) - {MODULE}
        return bool(modules) and not modules & self._dependencies()

    def _may_be_absent(self, term):
        """Return whether a term is about a field that another module could have brought."""
        match = re.match(r"model:ir\.model\.fields,\w+:\w+\.field_(\w+?)__", term[1])
        if not match or self._field_of(term) is not None:
            return False
        model = self.env.get(match[1].replace("_", "."))
        return model is not None and (bool(model._inherits) or "activity_ids" in model._fields)

    def _field_of(self, term):
        """Return the field a term is about, if it is about one and it exists."""
        prefix, _colon, xmlid = term[1].rpartition(":")
        if not prefix.startswith("model:ir.model.fields,"):
            return None
        record = self.env.ref(xmlid, raise_if_not_found=False)
        return self.env[record.model]._fields.get(record.name) if record else None

    def _dependencies(self):
        if not hasattr(self, "_depends_on"):
            module = self.env.ref(f"base.module_{MODULE}")
            above = module.upstream_dependencies(exclude_states=("uninstallable",))
            self._depends_on = {"base", *above.mapped("name")}
        return self._depends_on

    def _assert_none(self, found, what):
        """Fail with the first of ``found`` in words a translator can work with."""
        listed = "\n".join(f"  {item!r}" for item in sorted(found)[:30])
        self.assertFalse(found, f"{len(found)} {what}:\n{listed}")
