from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# What says in whose file a record lies; heirs that ask for more depend on it themselves.
WHOSE = ("case_id", "client_id")
NOBODYS = SQL("(SELECT NULL::integer WHERE FALSE)")


class IntegrationInFile(models.AbstractModel):
    """Base of what lies in somebody's file: the record rules ask one question, here.

    A rule that walks from the record over its case to the access entries joins all cases, and
    is evaluated record by record when a form is opened. This field puts the question as two
    sets of ids, in a search and for records at hand alike. Whose files are open to whom is for
    the room of access to say; without it they are open to nobody.
    """

    _name = "integration.in.file"
    _description = "Record in a File"
    # Under which name the access entries know records of this very model, if they do
    _own_key = None
    # Whether whoever has the case that a record lies in may read it, whatever else says so too
    _open_with_case = False

    in_my_files = fields.Boolean(
        compute="_compute_in_my_files",
        search="_search_in_my_files",
        export_string_translation=False,
        help="Whether the reader has a current access entry to the file.",
    )

    @api.depends(lambda self: [name for name in WHOSE if name in self._fields])
    @api.depends_context("uid")
    def _compute_in_my_files(self):
        mine = self._filtered_in_my_files()
        mine.in_my_files = True
        (self - mine).in_my_files = False

    def _filtered_in_my_files(self):
        """Return those of the records that lie in files open to the current user.

        In one query at most, which cases and clients these are being asked once for all of them;
        and in none as far as it is known already in which file they lie.
        """
        if self._own_key:
            mine = self._ids_open_to_me(self._own_key)
            return self.filtered(lambda record: record.id in mine)
        known = self._known_files()
        mine = {*known._lying_open()._ids, *self._in_open_cases()._ids}
        if others := (self - known).filtered(lambda record: record.id not in mine):
            domain = Domain("id", "in", others.ids) & self._in_my_files_domain()
            # sudo: self - this is the record rule's own question
            mine.update(self.sudo().with_context(active_test=False)._search(domain))
        return self.filtered(lambda record: record.id in mine)

    def _in_open_cases(self):
        """Return those of the records whose case is known and open, where that is enough.

        Such are those that were written just now.
        """
        if not self._open_with_case:
            return self.browse()
        known, mine = self._fields["case_id"]._get_cache(self.env), self._ids_open_to_me("case_id")
        return self.filtered(lambda record: known.get(record.id) in mine)

    def _known_files(self):
        """Return those about which case and client say all, and are known already.

        Of a model that asks another question, none.
        """
        asks_more = type(self)._in_my_files_domain is not IntegrationInFile._in_my_files_domain
        return self.browse() if asks_more else self._at_hand()

    def _at_hand(self):
        """Return the stored ones of the records whose case and client need not be fetched."""
        unknown = {
            id_
            for name in self._filing_columns()
            for id_ in self._fields[name]._cache_missing_ids(self)
        }
        return self.browse(id_ for id_ in self._ids if id_ and id_ not in unknown)

    def _lying_open(self):
        """Return those that lie in files open to the reader, by their columns alone."""
        found = self
        for name in self._filing_columns():
            open_to_me = self._ids_open_to_me(name)
            # sudo: self - this is the record rule's own question
            found = found.filtered(lambda r, n=name, ids=open_to_me: r.sudo()[n].id in ids)
        return found

    def _search_in_my_files(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._in_my_files_domain()

    @api.model
    def _in_my_files_domain(self):
        """Return the domain of the records that lie in files open to the current user.

        What lies in a case and concerns a relative of its client is open to those who may read of
        both: a relative may refuse that a file is shared which the client shares.
        """
        if self._own_key:
            return Domain("id", "in", self._open_to_me(self._own_key))
        return Domain.AND(
            Domain(name, "in", self._open_to_me(name)) for name in self._filing_columns()
        )

    @api.model
    def _filing_columns(self):
        if "case_id" not in self._fields:
            return ["client_id"]
        return ["case_id", "client_id"] if self._concerns_relatives() else ["case_id"]

    @api.model
    def _concerns_relatives(self):
        """Return whether records of the model may concern another person than the case's client."""
        client = self._fields.get("client_id")
        return bool(client and client.store and not client.related)

    @api.model
    def _open_to_me(self, key):
        """Return the set of ``key`` (case_id, client_id, partner_id) open to the current user."""
        return NOBODYS

    @api.model
    def _ids_open_to_me(self, key):
        """Return what ``_open_to_me`` selects, as ids."""
        return frozenset()
