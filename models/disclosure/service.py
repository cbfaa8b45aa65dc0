import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import remove_accents

from ...tools import same_words
from .recipient import CATEGORY, RECIPIENT_KINDS


class IntegrationService(models.Model):
    """The directory of bodies and persons the work is done with, and of their categories.

    A release names one of them, or a category such as “doctors”; then it covers anyone whom the
    directory lists under that category. What papers name keeps name and kind: a release for one
    body must never turn into one for another.
    """

    _name = "integration.service"
    _inherit = ["integration.master"]
    _description = "Service or Office"
    _order = "sequence, name, id"
    _check_company_auto = True

    # A proper name, the same in every language: it is compared with what was signed.
    name = fields.Char(translate=False)
    code = fields.Char(compute="_compute_code", store=True, precompute=True, readonly=False)
    kind = fields.Selection(
        RECIPIENT_KINDS + CATEGORY, required=True, default="organisation", index=True
    )
    category_id = fields.Many2one(
        "integration.service",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("kind", "=", "category")],
        help="A release for this category covers it.",
    )
    member_ids = fields.One2many("integration.service", "category_id", string="Belonging to It")
    phone = fields.Char()
    email = fields.Char(string="E-mail")
    street = fields.Char()
    zip = fields.Char(string="ZIP")
    city = fields.Char()
    note = fields.Text(
        string="Good to Know", help="Who is responsible for what. No word on clients."
    )

    @api.depends("name")
    def _compute_code(self):
        """Propose a code, for nobody who enters a surgery thinks of one."""
        for service in self.filtered(lambda row: row.name and not row.code):
            words = re.sub(r"\W+", "_", remove_accents(service.name).lower()).strip("_")
            words = words or "service"
            rows = self.with_context(active_test=False)
            # sudo: integration.service - whether a code is taken, no matter who may read by what
            taken = rows.sudo().search([("code", "=like", f"{words}%")]).mapped("code")
            number, service.code = 1, words
            while service.code in taken:
                number += 1
                service.code = f"{words}_{number}"

    # ------------------------------------------------------------
    # Constraints and ORM overrides
    # ------------------------------------------------------------

    @api.constrains("name")
    def _check_name(self):
        if not all(service.name.strip() for service in self):
            raise ValidationError(self.env._("The directory needs the name."))

    @api.constrains("kind", "category_id")
    def _check_category(self):
        for service in self:
            if service.category_id and service.kind == "category":
                raise ValidationError(
                    self.env._(
                        "“%s”: only an organisation or a person belongs to a category.",
                        service.name,
                    )
                )
            if service.category_id and service.category_id.kind != "category":
                raise ValidationError(self.env._("“%s” is no category.", service.category_id.name))
            if service.kind != "category" and service.member_ids:
                raise ValidationError(
                    self.env._(
                        "“%s” stays a category as long as others belong to it.", service.name
                    )
                )

    def _check_fixed(self, vals):  # pylint: disable=missing-return
        super()._check_fixed(vals)
        changed = self.filtered(
            lambda row: any(name in vals and row[name] != vals[name] for name in ("name", "kind"))
        )
        named = changed._filtered_used()
        if named:
            raise UserError(
                self.env._(
                    "“%s” is named in papers or has members, so name and kind stay. Archive the "
                    "row "
                    "and create a new one.",
                    named[0].name,
                )
            )

    def _filtered_used(self):
        """Return those that anything points to, or that a paper names in words."""
        used = super()._filtered_used()
        for model in ("integration.release", "integration.disclosure"):
            # sudo: self.env[...] - only whether a name is used at all, no matter by what
            papers = self.env[model].sudo()
            used |= (self - used).filtered(
                lambda row, papers=papers: papers.search_count(papers._names_in_words(row), limit=1)
            )
        return used

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    @api.model
    def _listed(self, name, company):
        """Return what ``company`` finds in the directory under ``name``, without categories."""
        rows = self.with_context(active_test=False).search(
            Domain("kind", "!=", "category") & Domain("company_id", "in", [False, company.id])
        )
        return rows.filtered(lambda row: same_words(row.name, name))
