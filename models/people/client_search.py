import logging

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.modules.db import has_trigram
from odoo.tools import SQL, mute_logger

from ...name_keys import Sought, name_key, name_sound, phone_numbers, sound_in_full, word_keys
from ...tools import trigram_index

_logger = logging.getLogger(__name__)

LIKE = ("ilike", "like")
# What of the contact each key is made of
FOLLOWING = {"search_key": "name", "search_sound": "name", "search_phone": "phone"}
# Of so many consonants a key fits many names: then the vowels must be near as well.
SHORT_KEY = 2
NEAR = 0.3
# Beside another word that fits, a word with a slip in it need not be as near as one alone.
BESIDE = 0.35
# From so many words on, one may be another than in the file: a middle name, a grandfather's
MANY_WORDS = 3


class IntegrationClient(models.Model):
    """Finding a client by her name in any script and spelling, date of birth or telephone.

    The keys say as much as the name. No request reads, sorts or searches by them; they only
    decide, within the rules of whoever searches, what ``display_name`` is like.

    They follow the contact by ``_keys_follow()``. Depending on it by declaration, they would make
    the ORM look for clients behind every contact an agency writes.
    """

    _inherit = "integration.client"

    search_key = fields.Char(
        compute="_compute_search_keys",
        store=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    search_sound = fields.Char(
        compute="_compute_search_keys",
        store=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    search_phone = fields.Char(
        compute="_compute_search_phone",
        store=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    _search_key_idx = models.Index(trigram_index("search_key"))
    _search_sound_idx = models.Index(trigram_index("search_sound"))

    @api.depends("partner_id")
    def _compute_search_keys(self):
        for client in self:
            client.search_key = name_key(client.partner_id.name)
            client.search_sound = name_sound(client.partner_id.name)

    @api.depends("partner_id")
    def _compute_search_phone(self):
        for client in self:
            client.search_phone = " ".join(phone_numbers(client.partner_id.phone))

    @api.model
    def _keys_follow(self, partners, names):
        """Let the keys of the clients behind ``partners`` follow what was written to ``names``."""
        followed = [key for key, name in FOLLOWING.items() if name in names]
        if not followed:
            return
        # sudo: integration.client - no role of ours writes contacts by itself, and the keys are
        # nobody's to read; archived ones are found as well
        clients = self.sudo().with_context(active_test=False)
        clients = clients.search([("partner_id", "in", partners.ids)])
        for key in followed:
            self.env.add_to_compute(self._fields[key], clients)

    def _auto_init(self):
        self._ensure_trigrams()
        return super()._auto_init()

    def _ensure_trigrams(self):
        """Create the extension that compares words, where the database does not have it yet.

        Whoever owns a database may do so. Where not, spellings are still found by their keys.
        """
        if self.pool.has_trigram:
            return
        try:
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                self.env.cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except psycopg2.Error:
            _logger.warning(
                "PostgreSQL's extension pg_trgm is missing, and Odoo's database user may not "
                "create it: names are found in other spellings, but not with slips of the keyboard."
            )
        self.pool.has_trigram = has_trigram(self.env.cr)

    # ------------------------------------------------------------
    # Searching
    # ------------------------------------------------------------

    def _search_display_name(self, operator, value):
        if operator not in LIKE or not isinstance(value, str) or not value:
            return super()._search_display_name(operator, value)
        sought = Sought(value)
        of_all = self.env.su and bool(sought.parts)
        ways = (
            Domain("file_number", operator, value),
            self._name_written(operator, value),
            self._sought_domain(sought, of_all=of_all),
        )
        # Of all clients: each way of fitting by its own index, which no OR of them would ask
        return self._any_of(*ways) if of_all else Domain.OR(ways)

    @api.model
    def _name_written(self, operator, value):
        """Return the domain of the clients whose name is written as it was typed.

        Of some the name is looked up one by one: PostgreSQL, which cannot tell how few there are
        to look at, would read all contacts of the database to join them. Of all it asks the index.
        """
        if self.env.su:
            ours = Domain("partner_id.is_integration_client", "=", True)
            return Domain("complete_name", operator, value) & ours

        def name_like(model, alias, _query):
            stored = model.env["res.partner"]._fields["complete_name"]
            name = SQL(
                "(SELECT %s FROM res_partner WHERE res_partner.id = %s)",
                SQL.identifier("res_partner", "complete_name", to_flush=stored),
                model._column(alias, "partner_id"),
            )
            typed = SQL("%s", f"%{value}%")
            if operator == "like":
                return SQL("COALESCE(%s LIKE %s, FALSE)", name, typed)
            name, typed = map(model.env.registry.unaccent, (name, typed))
            return SQL("COALESCE(%s ILIKE %s, FALSE)", name, typed)

        return Domain.custom(to_sql=name_like)

    @api.model
    def _any_of(self, *domains):
        """Return the domain of the clients in one of ``domains``, each of which is asked alone."""
        clients = self.with_context(active_test=False)
        found = [clients._search(domain).subselect() for domain in domains]
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN (%s)", SQL.identifier(alias, "id"), SQL(" UNION ").join(found)
            )
        )

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Return the best first: exact numbers and days, then the most similar names."""
        sought = Sought(name) if operator in LIKE else None
        if not sought:
            return super().name_search(name, domain, operator, limit)
        query = self._search(
            Domain("display_name", operator, name) & Domain(domain or Domain.TRUE), limit=limit
        )
        return self._best_first(self, query, sought, None)

    @api.model
    def _best_first(self, records, query, sought, reference):
        """Return (id, display name) of what a search for ``records`` has found, the best first.

        :param reference: the column that says which client it is; ``None`` if it is her herself
        """
        if query.is_empty():
            return []
        alias = query.table
        if reference:
            alias = query.join(alias, reference, self._table, "id", "ranked")
        rank = self._sought_rank(sought, alias)
        query.order = SQL("%s DESC, %s", rank, records._order_to_sql(records._order, query))
        # sudo: records - the display name masks itself; who was found is by the reader's rules
        found = records.sudo()._named(query)
        return [(record.id, record.display_name) for record in found]

    @api.model
    def _named(self, query):
        """Return who is found, with what a name is made of, and not the whole card of everybody."""
        names = ("file_number", "partner_id", "company_id")
        found = self._fetch_query(query, [self._fields[name] for name in names])
        found.partner_id.fetch(["name"])
        return found

    @api.model
    def _nameable_domain(self):
        """Return the domain of the clients whose name the current user may know."""
        return Domain.TRUE if self.env.su else Domain.FALSE

    @api.model
    def _found_by_name(self, sought, written):
        """Return, as a query, whom all that was typed fits, as far as the user may know.

        Anyone who knows names without reading files finds nobody by date of birth or telephone.

        :param written: the domain of those whose name is written as it was typed
        """
        clients = self.env["integration.client"]
        known = clients._nameable_domain()
        if sought.days or sought.phone:
            known &= Domain("in_my_files", "=", True)
        fitting = clients._sought_domain(sought, of_all=self.env.su)
        either = clients._any_of(fitting, written) if self.env.su else fitting | written
        # sudo: integration.client - of whom the user may know what is asked in the domain itself
        return clients.sudo().with_context(active_test=False)._search(either & known)

    @api.model
    def _sought_domain(self, sought, of_all=False):
        """Return the domain of the clients whom all that was typed fits.

        :param of_all: whether nothing else says of whom; then the indexes are asked
        """
        domain = Domain.TRUE if sought else Domain.FALSE
        if sought.days:
            domain &= Domain("birthdate", "in", sought.days)
        if sought.phone or sought.parts:
            domain &= Domain.custom(
                to_sql=lambda model, alias, query: model._sought_sql(sought, alias, of_all)
            )
        return domain

    # ------------------------------------------------------------
    # In the database
    # ------------------------------------------------------------

    @api.model
    def _sought_sql(self, sought, alias, of_all=False):
        """Return the condition on the table ``alias`` that number or words fit.

        It is one value to PostgreSQL (``CASE``), which else guesses word by word how many will
        fit: that takes longer than to look at a worker's files. Of all clients it is told, and
        asks the indexes, that one of two words fits.
        """
        if sought.phone:
            return SQL("%s LIKE %s", self._column(alias, "search_phone"), f"%{sought.phone}%")
        fits = [self._word_fits(alias, word) for word in sought.parts]
        fitting = SQL("CASE WHEN %s THEN TRUE ELSE FALSE END", self._all_fit(sought, alias, fits))
        if not of_all or not self.env.registry.has_trigram:
            return fitting
        # Of three words and more one may be missing: one of the first two fits.
        found = SQL("(%s)", SQL(" OR ").join(fits[:2]))
        return found if len(fits) == 1 else SQL("%s AND %s", found, fitting)

    @api.model
    def _all_fit(self, sought, alias, fits):
        """Return the condition that enough of the words fit: of two one may have a slip in it."""
        if len(fits) >= MANY_WORDS:
            one_missing = SQL(" + ").join(SQL("(%s)::int", one) for one in fits)
            return SQL("%s >= %s", one_missing, len(fits) - 1)
        if len(fits) == 1 or not self.env.registry.has_trigram:
            return SQL(" AND ").join(fits)
        sound = self._column(alias, "search_sound")
        first_near, second_near = (
            SQL("word_similarity(%s, %s) >= %s", sound_in_full(word), sound, BESIDE)
            for word in sought.parts
        )
        first, second = fits
        return SQL(
            "CASE WHEN %s THEN %s OR %s ELSE %s AND %s END",
            *(first, second, second_near, second, first_near),
        )

    @api.model
    def _word_fits(self, alias, word):
        """Return the condition that a word is, begins or resembles one of the name."""
        key, sound = self._column(alias, "search_key"), self._column(alias, "search_sound")
        said = sound_in_full(word)
        similar = self.env.registry.has_trigram
        either = []
        for one in word_keys(word):
            same = SQL("%s LIKE %s", key, f"% {one} %")
            if len(one) <= SHORT_KEY and similar:
                same = SQL("(%s AND word_similarity(%s, %s) >= %s)", same, said, sound, NEAR)
            elif len(one) > SHORT_KEY:
                # As much of it as has been typed
                same = SQL("%s LIKE %s", key, f"% {one}%")
            either.append(same)
        if similar:
            # The operator, unlike the function, asks the index.
            either.append(SQL("%s <%% %s", said, sound))
        return SQL("(%s)", SQL(" OR ").join(either))

    @api.model
    def _sought_rank(self, sought, alias):
        """Return how well a client fits: numbers and days above all names."""
        exact = SQL("4 * (%s = %s)::int", self._column(alias, "file_number"), sought.name or "")
        if sought.phone:
            phone = self._column(alias, "search_phone")
            return SQL("%s + (%s LIKE %s)::int", exact, phone, f"%{sought.phone}")
        ranks = [exact]
        if sought.days:
            day = self._column(alias, "birthdate")
            ranks.append(SQL("2 * COALESCE((%s IN %s)::int, 0)", day, tuple(sought.days)))
        key, sound = self._column(alias, "search_key"), self._column(alias, "search_sound")
        for word in sought.parts:
            keys = SQL(" OR ").join(SQL("%s LIKE %s", key, f"% {one} %") for one in word_keys(word))
            part = SQL("0.5 * COALESCE((%s)::int, 0)", keys)
            if self.env.registry.has_trigram:
                likeness = SQL("word_similarity(%s, %s)", sound_in_full(word), sound)
                part = SQL("%s + 0.5 * COALESCE(%s, 0)", part, likeness)
            ranks.append(SQL("(%s) / %s.0", part, len(sought.parts)))
        if self.env.registry.has_trigram:
            # Of two that fit the one with fewer further words, and the order of the words
            whole = " ".join(sound_in_full(word) for word in sought.parts)
            ranks.append(SQL("0.1 * COALESCE(similarity(%s, %s), 0)", whole, sound))
        return SQL("(%s)", SQL(" + ").join(ranks))

    @api.model
    def _column(self, alias, name):
        return SQL.identifier(alias, name, to_flush=self._fields[name])
