from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...models.mixins.once import once
from ...tools import local_today
from ..people.family_person import AGREED


class IntegrationFamilyOfAge(models.TransientModel):
    """A child has come of age: she is asked herself, and gets a case, stays, or leaves the file.

    What her guardians agreed to and she does not is refused by her answer (§§ 2, 1626 BGB;
    county standard 2.2: each person consents for herself).
    """

    _name = "integration.family.of.age"
    _inherit = ["integration.family.event"]
    _description = "Coming of Age"

    client_id = fields.Many2one(readonly=False)
    date_of_age = fields.Date(related="client_id.date_of_age", related_sudo=False)
    consent = fields.Selection(
        [
            ("paper", "Yes, on paper"),
            ("all", "Yes to everything, on paper"),
            ("oral", "Yes, orally"),
            ("refused", "No"),
        ],
        help="“Yes” means the counselling file; “to everything” also sharing with colleagues, "
        "transfer on hand-over, messenger and health data, as ticked on the form.",
    )
    witness = fields.Char(help="Required for a consent given orally.")
    interpreter = fields.Char(help="Who interpreted, if anybody did.")
    outcome = fields.Selection(
        [("case", "Gets a case of her or his own"), ("family", "Stays in the case of the family")],
        default="case",
        help="After a “No” the person leaves the family's case, and nothing is written about "
        "her or him any more.",
    )
    municipality_id = fields.Many2one(
        "integration.municipality",
        compute="_compute_municipality_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', allowed_municipality_ids)]",
    )
    allowed_municipality_ids = fields.Many2many(
        "integration.municipality", compute="_compute_allowed_municipality_ids"
    )

    @api.model
    def _about_client(self, case):
        return False

    @api.depends("client_id")
    def _compute_municipality_id(self):
        for dialog in self:
            client = dialog.client_id
            dialog.municipality_id = client._current_case().municipality_id if client else False

    @api.depends("client_id")
    def _compute_allowed_municipality_ids(self):
        mandated = self.env["integration.family.new"]._mandated()
        for dialog in self:
            dialog.allowed_municipality_ids = mandated

    @once
    def action_save(self):
        """Record the own answer, and open the case or let the person leave the family's.

        :raises UserError: she is a minor still, or no answer is chosen
        """
        self.ensure_one()
        client = self._person()
        self._check_decides(client)
        self.env["integration.consent"].create(self._answer(client))
        if self.consent == "refused":
            return self._leave(client)
        if self.outcome == "case" and not client.case_ids:
            case = self.env["integration.case"].create(
                {"client_id": client.id, "municipality_id": self.municipality_id.id}
            )
            return self._told(
                self.env._("Consent recorded"),
                self.env._("File %s: a case of her or his own was opened.", case.file_number),
            )
        return self._told(
            self.env._("Consent recorded"),
            self.env._("File %s: accompanied as before.", client.file_number),
        )

    def _check_decides(self, client):
        """Refuse an answer before the eighteenth birthday, or none at all."""
        if client._is_minor() or not client.birthdate:
            raise UserError(
                client._about_file(
                    self.env._(
                        "an own consent counts from %s on. Until then a guardian decides.",
                        format_date(self.env, client.date_of_age)
                        if client.date_of_age
                        else self.env._("the eighteenth birthday"),
                    )
                )
            )
        if not self.consent:
            raise UserError(client._about_file(self.env._("choose what the person has answered.")))

    def _answer(self, client):
        """Return the events of the ledger: the own yes, and a no to what guardians had allowed."""
        person = self.env["integration.family.person"]
        day = local_today(self.env)
        notice = person._notice(client, day)
        agreed = self.consent in AGREED
        yes = set(person._purposes_of(self.consent, client, day)) if agreed else set()
        held = {
            purpose
            for purpose in set(client.consent_ids.mapped("purpose")) | {"file"}
            if client._has_consent(purpose)
        }
        common = {
            "client_id": client.id,
            "date": day,
            "form": "oral" if self.consent == "oral" else "paper",
            "witness": self.witness,
            "interpreter": self.interpreter,
        }
        given = [
            dict(common, purpose=purpose, decision="given", notice_id=notice.id) for purpose in yes
        ]
        # The file last: after that no is nothing else is asked for.
        refused = sorted((held | {"file"} if not yes else held) - yes, key=lambda p: p == "file")
        no = dict(common, decision="refused", form="paper", witness=False)
        return given + [dict(no, purpose=purpose) for purpose in refused]

    def _leave(self, client):
        """Let the person leave the file of the family; the household stays as it is."""
        if client.family_case_id:
            # sudo: integration.client - which case she leaves; the user may write her, see above
            client.sudo()._leave_family()
        return self._told(
            self.env._("Refusal recorded"),
            self.env._(
                "File %s: the person lives in the household as before, and nothing is written "
                "about her or him any more.",
                client.file_number,
            ),
        )
