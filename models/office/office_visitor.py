from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import local_today, same_words

STATES = [("waiting", "Waiting"), ("with_me", "With Me"), ("done", "Done"), ("left", "Gone")]
# Who is still to be talked to
HERE = ("waiting", "with_me")
LONGEST_WORD = 20
MOST_PERSONS = 30


class IntegrationOfficeVisitor(models.Model):
    """Somebody on the list of one day of office hours.

    With a client it lies in her file: that she came is known to whoever has an access entry.
    Without one there is a number and at most a word to call somebody by, which goes in the night.
    """

    _name = "integration.office.visitor"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Visitor of Office Hours"
    _order = "session_id desc, number, id"
    _check_company_auto = True
    _needs_file_consent = True
    # In the night what was not ticked off is, also where the consent has ended meanwhile.
    _ending_fields = frozenset({"state", "name"})
    _fixed_fields = frozenset({"session_id", "client_id"})
    _system_fields = frozenset({"number", "state", "arrived_at", "contact_id", "appointment_id"})

    session_id = fields.Many2one(
        "integration.office.session",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="session_id.company_id",
        string="Employer",
        store=True,
        precompute=True,
        index=True,
        readonly=True,
    )
    date = fields.Date(
        related="session_id.date", string="Day", store=True, precompute=True, index=True
    )
    client_id = fields.Many2one(
        "integration.client",
        string="Person with a File",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('in_my_files', '=', True), ('consent_state', '=', 'given')]",
        help="Empty for somebody without a file.",
    )
    name = fields.Char(
        string="Called",
        help="A first name or a word to call somebody by. It is cleared in the night.",
    )
    number = fields.Integer(readonly=True, copy=False, help="The turn in which they came.")
    person_count = fields.Integer(string="Persons", default=1)
    arrived_at = fields.Datetime(string="Came At", default=fields.Datetime.now, readonly=True)
    state = fields.Selection(
        STATES,
        required=True,
        default="waiting",
        readonly=True,
        copy=False,
        group_expand=True,
        index=True,
    )
    appointment_id = fields.Many2one(
        "integration.appointment",
        string="Had Booked",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    # The talk that is counted; in whose file it stands is for the talk to say.
    contact_id = fields.Many2one(
        "integration.contact", copy=False, groups=fields.NO_ACCESS, check_company=True
    )

    _word_of_nobody = models.Constraint(
        "CHECK(client_id IS NULL OR name IS NULL)", "With a file there is no word beside it."
    )

    @api.model
    def _in_my_files_domain(self):
        """Return those without a file, and those whose file is open to the reader."""
        return Domain("client_id", "=", False) | super()._in_my_files_domain()

    @api.depends("client_id", "number", "session_id")
    @api.depends_context("uid", "lang", "integration_show_name")
    def _compute_display_name(self):
        # Number or name as of the client; never the word of somebody without a file.
        for visitor in self:
            visitor.display_name = visitor.client_id.display_name or self.env._(
                "No. %s", visitor.number or "…"
            )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        last = {}
        for vals in vals_list:
            session = self.env["integration.office.session"].browse(vals.get("session_id") or [])
            self._check_open(session)
            if session.id not in last:
                # sudo: integration.office.session - its turn alone, for numbers and who is on it
                session.sudo()._take_turns()
                last[session.id] = self._last_number(session)
            last[session.id] += 1
            vals["number"] = last[session.id]
            if vals.get("client_id"):
                vals["name"] = False
        return vals_list

    @api.model
    def _last_number(self, session):
        # sudo: integration.office.visitor - the number alone, also after those of closed files
        visitors = self.sudo().search(
            Domain("session_id", "=", session.id), order="number desc, id desc", limit=1
        )
        return visitors.number

    @api.model
    def _check_open(self, session):
        """Refuse somebody on the list of a session that is cancelled or has not come yet."""
        if not session.exists():
            raise UserError(self.env._("Choose the session of office hours."))
        session.check_access("read")
        if session.state == "cancelled":
            raise UserError(
                self.env._(
                    "%s is cancelled: nobody is on its list. Let it take place after all first.",
                    session.display_name,
                )
            )
        if session.date > local_today(self.env):
            raise UserError(
                self.env._(
                    "%s: the day has not come yet. Give somebody a time instead.",
                    session.display_name,
                )
            )

    def _locked_fields(self):
        if self.state == "done":
            return super()._locked_fields() | {"person_count", "name"}
        return super()._locked_fields()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_talked(self):
        """Let a slip be taken off the list, and nothing that was counted."""
        # sudo: integration.office.visitor - the field of its own talk, which no request reads
        if self.sudo().contact_id:
            raise UserError(self.env._("Who was talked to is counted and stays on the list."))

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("person_count", "name")
    def _check_values(self):
        for visitor in self:
            if not 1 <= visitor.person_count <= MOST_PERSONS:
                raise ValidationError(
                    self.env._(
                        "No. %(number)s: between 1 and %(most)s persons come together.",
                        number=visitor.number,
                        most=MOST_PERSONS,
                    )
                )
            if len(visitor.name or "") > LONGEST_WORD:
                raise ValidationError(
                    self.env._(
                        "No. %(number)s: a short word is enough, %(most)s signs at most.",
                        number=visitor.number,
                        most=LONGEST_WORD,
                    )
                )

    @api.constrains("session_id", "client_id", "name", "state")
    def _check_once(self):
        """Refuse somebody twice on the list of a day, by file or by word.

        The reader of a file reads its other entry as well, so nobody learns anything by it.
        """
        for visitor in self.filtered(lambda v: v.state in HERE):
            # sudo: integration.office.visitor - entries of the same client, or without any
            others = self.sudo().search(
                Domain("session_id", "=", visitor.session_id.id)
                & Domain("client_id", "=", visitor.client_id.id)
                & Domain("state", "in", HERE)
                & Domain("id", "!=", visitor.id)
            )
            if visitor.client_id and others:
                raise ValidationError(
                    visitor.client_id._about_file(
                        self.env._(
                            "she or he is on the list already (no. %s). Go on with that entry.",
                            others[0].number,
                        )
                    )
                )
            same = others.filtered(lambda other, v=visitor: same_words(other.name, v.name))
            if same:
                raise ValidationError(
                    self.env._(
                        "No. %s on the list is called the same. Add a letter, or go on with that "
                        "entry.",
                        same[0].number,
                    )
                )
