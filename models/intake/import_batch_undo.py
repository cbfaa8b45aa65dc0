from odoo import models
from odoo.exceptions import UserError

# What the import itself brings about beside the records it names
BY_ITSELF = ("integration.case.access", "integration.case.assignment", "integration.import.row")
SHOWN = 10


class IntegrationImportBatch(models.Model):
    """Takes an import back as a whole, as long as nothing was added to its people."""

    _inherit = "integration.import.batch"

    def action_undo(self):
        """Delete what the import has entered, with nothing left of it but numbers of rows.

        :raises UserError: something was added to a file since; naming the numbers
        """
        for batch in self:
            batch._ensure_state("done")
            batch._take_turns()
            rows = batch.row_ids.filtered("client_id")
            touched = batch._touched(rows)
            if touched:
                numbers = touched.mapped("file_number")
                raise UserError(
                    self.env._(
                        "%(batch)s cannot be undone, for something was added or changed since: "
                        "%(numbers)s. Close these cases instead.",
                        batch=batch.display_name,
                        numbers=", ".join(numbers[:SHOWN]) + (" …" if numbers[SHOWN:] else ""),
                    )
                )
            batch._delete_entered(rows)

    def _touched(self, rows):
        """Return the clients of ``rows`` in whose file there is more than the import made."""
        # sudo: self.env[...] - whether there is anything, no matter who may read it
        clients = rows.client_id.sudo()
        # A file that has passed to somebody else is no longer the author's to delete.
        readable = rows.client_id.sudo(False)._filtered_in_my_files()
        touched = clients.filtered(
            lambda client: (
                client not in readable
                or client.write_date > client.create_date
                or client.partner_id.write_date > client.partner_id.create_date
            )
        )
        made = {
            "integration.consent": {(row.made or {}).get("consent") for row in rows},
            "integration.case": {(row.made or {}).get("case") for row in rows},
            "integration.household": set(rows.household_id.ids),
        }
        files = {
            "integration.client": clients.ids,
            "integration.case": [id_ for id_ in made["integration.case"] if id_],
            "integration.household": rows.household_id.ids,
        }
        for model, name, comodel in self._references(files):
            # sudo: as above
            found = self.env[model].sudo().with_context(active_test=False)
            found = found.search([(name, "in", files[comodel])])
            if name == "res_id":
                found = found.filtered(lambda record, c=comodel: record.res_model == c)
            for record in found.filtered(lambda r, m=model: r.id not in made.get(m, ())):
                if not self._is_own_trace(record, clients):
                    touched |= self._clients_behind(record[name], clients)
        return touched.with_env(self.env)

    def _references(self, files):
        """Yield (model, field, comodel) of every stored field that leads to a file."""
        for model_name, model in sorted(self.env.registry.items()):
            if model._abstract or not model._auto or model._transient:
                continue
            for field in model._fields.values():
                if field.store and field.type == "many2one" and field.comodel_name in files:
                    yield model_name, field.name, field.comodel_name
        for comodel in files:
            yield "mail.activity", "res_id", comodel
            yield "ir.attachment", "res_id", comodel

    def _is_own_trace(self, record, clients):
        """Return whether a record stands where the import itself puts one."""
        if record._name == "integration.import.row":
            return record.batch_id == self
        if record._name in BY_ITSELF:
            return record.user_id == self.user_id
        if record._name == "integration.household.member":
            return record.client_id in clients and not record.date_to
        return record._name == "integration.client" and record in clients

    def _clients_behind(self, file, clients):
        """Return the clients of this import that a reference to ``file`` is about."""
        if isinstance(file, int):
            return clients[:1]
        if file._name == "integration.client":
            return file & clients
        if file._name == "integration.case":
            return file.client_id & clients
        return clients.filtered(lambda client: client.household_id in file) or clients[:1]

    def _delete_entered(self, rows):
        """Delete the people of ``rows`` with everything the import made."""
        # sudo: self.env[...] - no role deletes a client; what is deleted was entered by this
        # import, is the author's own and holds nothing else
        clients = rows.client_id.sudo()._as_system()
        partners, households = clients.partner_id, rows.household_id.sudo()  # sudo: as above
        # sudo: as above
        self.env["integration.consent"].sudo()._erase_ledger(clients)
        clients.case_ids.assignment_ids.unlink()
        clients.case_ids.access_ids.unlink()
        clients.case_ids.unlink()
        clients.access_ids.unlink()
        clients.household_member_ids.unlink()
        households.filtered(lambda household: not household.member_ids).unlink()
        clients.unlink()
        partners.unlink()
        # sudo: integration.import.row - rows are written by the import alone; own batch
        rows.sudo()._as_system().write({"verdict": "undone", "made": False})
        self._as_system().write({"state": "undone"})
