import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...name_keys import PARTICLES, word_keys, words_of
from ...tools import ALIKE, UNSEEN

# How file numbers of clients and households look, whether one of them exists or not
FILE_NUMBER = re.compile(r"(?<![\d+])(?:19|20)\d{2}\s?[-/]\s?\d{5}(?!\d)")
# After one of these a single word of a name tells who is meant.
CALLED = frozenset(
    """
    herr herrn frau familie fam hr fr klient klientin klientfamilie mr mrs ms family client
    """.split()
)
# “Klient/in” is one word that is written as two.
ENDINGS = frozenset({"in", "innen"})
# How near a word is to one of a name whose sounds are the same
NEAR = 0.75
WORD = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*")


class IntegrationNameless(models.AbstractModel):
    """Words that people outside a file read: neither file numbers nor names of clients.

    Whoever writes is told of names that she may know anyway: of files open to her, and of the cards
    of her employer where these are shown. So a refusal tells nothing new. Anybody else, such as the
    coordination, who knows no client, is refused what looks like a file number, whether there is
    one or not. What this cannot see, a rule of the house must: the help of the fields says it.
    """

    _name = "integration.nameless"
    _inherit = ["integration.door"]
    _description = "Words without Names of Clients"

    # The fields whose words everybody of the county, or of the employer, reads
    _nameless_fields = frozenset()

    @api.model
    def _never_default_fields(self):
        # What comes by the context has passed no check.
        return super()._never_default_fields() | self._nameless_fields

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            self._check_nameless(vals)
        return vals_list

    def _before_write(self, change):
        super()._before_write(change)
        self._check_nameless(change.vals)

    @api.model
    def _check_nameless(self, vals):
        """Refuse words that name a client, or hold what looks like a file number.

        :raises ValidationError: naming the field, and never repeating the words
        """
        names = [name for name in sorted(self._nameless_fields) if vals.get(name)]
        for name in names:
            if self._holds_file_number(vals[name]):
                raise ValidationError(
                    self.env._(
                        "“%s” holds what looks like a file number. Others read this: leave "
                        "numbers and names of clients out, and describe the matter in general.",
                        self._labels({name}),
                    )
                )
        if names and not self.env.su:
            self._check_no_client_named({name: vals[name] for name in names})

    @api.model
    def _holds_file_number(self, text):
        text = unicodedata.normalize("NFKC", str(text).translate(UNSEEN))
        return bool(FILE_NUMBER.search("".join(ALIKE.get(sign, sign) for sign in text)))

    @api.model
    def _check_no_client_named(self, texts):
        known = None
        for name, text in texts.items():
            said = self._said(text)
            if not said:
                continue
            if known is None:
                known = self._known_names()
            if any(known.is_named(one, other) for one, other in said):
                raise ValidationError(
                    self.env._(
                        "“%s” seems to name a client whose file or card is open to the author. "
                        "Others read this: describe the matter without the person. If somebody "
                        "else of that name is meant, write the office instead.",
                        self._labels({name}),
                    )
                )

    @api.model
    def _said(self, text):
        """Return the pairs of words that stand side by side, and (word, None) after a title."""
        pairs, former, called = set(), None, False
        for said in spelled(text):
            word = said[0]
            if called and word in ENDINGS:
                continue
            if called:
                pairs.add((said, None))
            elif former:
                pairs.add((former, said))
            called = word in CALLED
            former = None if called else said
        return pairs

    @api.model
    def _known_names(self):
        """Return the names of the clients that the user may know anyway."""
        clients = self.env["integration.client"]
        known = clients._nameable_domain() if clients.has_access("read") else Domain.FALSE
        cards = self.env["integration.client.card"]
        # sudo: integration.client - the names of whom the user may read, as is asked here, or whose
        # card she finds; they are compared with her own words and told to nobody
        clients = clients.sudo().with_context(active_test=False)
        query = clients._search(known)
        ids = set(query)
        if cards.has_access("read"):
            ours = Domain("company_id", "in", self.env.user.company_ids.ids)
            # sudo: integration.client.card - nothing is shown, so nothing is logged as a search; by
            # the rules of the card itself, as is asked next
            known_cards = cards.sudo().search(ours).sudo(False)
            ids.update(known_cards._filtered_access("read").ids)
        return KnownNames(self._names_of(ids))

    @api.model
    def _names_of(self, ids):
        if not ids:
            return []
        self.env["res.partner"].flush_model(["name"])
        rows = self.env.execute_query(
            SQL(
                """SELECT partner.name FROM integration_client client
                     JOIN res_partner partner ON partner.id = client.partner_id
                    WHERE client.id IN %s""",
                tuple(ids),
            )
        )
        return [name for (name,) in rows if name]


def spelled(text):
    """Yield (word in Latin letters, whether it was written in these) of a text."""
    for match in WORD.finditer(str(text).translate(UNSEEN)):
        letters = [sign for sign in match[0] if sign.isalpha()]
        latin = all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters)
        for word in words_of(match[0]):
            if word not in PARTICLES:
                yield word, latin


class KnownNames:
    """Names that somebody knows, found by the sounds of their words."""

    def __init__(self, names):
        # {key of a word: {(number of the name, (word, whether it is written in Latin letters))}}
        self.words = defaultdict(set)
        for number, name in enumerate(names):
            for said in spelled(name):
                for key in word_keys(said[0]):
                    self.words[key].add((number, said))

    def is_named(self, one, other):
        """Return whether two words that stand side by side are of one of the names.

        :param one: (word, whether it is written in Latin letters)
        :param other: None if ``one`` alone stands after a title, such as “Frau”
        """
        found = self._of(*one)
        if other is None or not found:
            return bool(found)
        others = self._of(*other)
        return any(
            mine != theirs
            for number in found.keys() & others.keys()
            for mine in found[number]
            for theirs in others[number]
        )

    def _of(self, word, latin):
        """Return {number of a name: words of it that sound and look like ``word``}.

        Of another script the sounds are all there is to compare: it writes no vowels, or others.
        """
        found = defaultdict(set)
        for key in word_keys(word) if len(word) > 1 else ():
            for number, (known, known_latin) in self.words.get(key, ()):
                both = latin and known_latin
                if not both or SequenceMatcher(None, word, known).ratio() >= NEAR:
                    found[number].add(known)
        return found
