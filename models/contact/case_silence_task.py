from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import without_defaults

TYPE = "integration_management.mail_activity_type_silence"


class IntegrationCase(models.Model):
    """One task for each silence: until there is a talk, or somebody has ticked it off.

    The nightly job asks the database three times, however many cases there are, and a second run
    finds nothing to do.
    """

    _inherit = "integration.case"

    # The due date of the silence that the worker was told of last
    silence_told_for = fields.Date(copy=False, readonly=True, export_string_translation=False)

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"silence_told_for"}

    @api.model
    def _cron_refresh_silence(self):
        result = super()._cron_refresh_silence()
        self._end_silence_tasks()
        self._tell_silences()
        return result

    @api.model
    def _tell_silences(self):
        """Give the worker a task for each silence that she was not told of; the number alone."""
        self.flush_model(["state", "silence_state", "next_contact_date", "silence_told_for"])
        rows = self.env.execute_query(
            SQL(
                """UPDATE integration_case SET silence_told_for = next_contact_date
                    WHERE state = 'open' AND silence_state = 'silent'
                      AND silence_told_for IS DISTINCT FROM next_contact_date
                RETURNING id"""
            )
        )
        cases = self.browse(id_ for (id_,) in rows)
        self.invalidate_model(["silence_told_for"])
        # All at once what the gate then asks of each
        cases.client_id.mapped("file_number")
        model_id = self.env["ir.model"]._get_id(self._name)
        kind = self.env.ref(TYPE)
        # sudo: mail.activity - fixed words, set by the job alone
        activities = without_defaults(self.env["mail.activity"].sudo())
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": case.id,
                    "user_id": case.user_id.id,
                    "activity_type_id": kind.id,
                    "date_deadline": case.next_contact_date,
                    "automated": True,
                    # The night knows no language of its own
                    "summary": case.env._("File %s: no talk for long", case.file_number),
                }
                for worker in cases.user_id
                for case in cases.filtered(lambda case, w=worker: case.user_id == w).with_context(
                    lang=worker.lang
                )
            ]
        )

    def _end_silence_tasks(self):
        """Take back the tasks of these cases, of all if none is given, that are silent no more."""
        # By its id: with each contact saved, this is asked
        kind = self.env["ir.model.data"]._xmlid_to_res_id(TYPE)
        domain = [("res_model", "=", self._name), ("activity_type_id", "=", kind)]
        if self:
            domain.append(("res_id", "in", self.ids))
        # sudo: mail.activity - tasks of the system, whoever has them by now
        tasks = self.env["mail.activity"].sudo().search(domain)
        if tasks:
            # sudo: integration.case - how they stand, of tasks of the system
            cases = self.sudo().browse(tasks.mapped("res_id"))
            silent = set(cases.filtered(lambda case: case.silence_state == "silent").ids)
            tasks.filtered(lambda task: task.res_id not in silent).unlink()
