from ..consent.gate_common import GateCommon


class ClientDoorCommon(GateCommon):
    """Attempts to set what follows from the system, or to reach what is another's."""

    guarded = (
        "integration.client",
        "res.partner",
        "integration.household",
        "integration.household.member",
        "ir.sequence",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.household = cls._household(cls.client_a)
        cls.foreign = cls._client(cls.worker_b, "Kateryna Musterova", consent=False)
        cls.foreign_home = cls._household(cls.foreign)
        cls.ordinary = cls.env["res.partner"].create({"name": "Hausverwaltung Beispiel"})
        cls.env.flush_all()

    def _forged(self):
        """Yield values of a client that no request may set."""
        yield {"file_number": "2020-00007"}
        yield {"file_number": False}
        yield {"partner_id": self.ordinary.id}
        yield {"partner_id": self.foreign.sudo().partner_id.id}
        yield {"household_id": self.household.id}
        yield {"household_id": self.foreign_home.id}
        yield {"residence_status_id": self._first("integration.residence.status")}
        yield {"municipality_id": self.town_b.id}
        yield {"company_id": self.company_b.id}
        yield {"parent_id": self.ordinary.id}
        yield {"is_integration_client": False}
        yield {"user_ids": [[0, 0, {"login": "client"}]]}
        yield {"bank_ids": [[0, 0, {"acc_number": "DE00"}]]}
        yield {"child_ids": [[0, 0, {"name": "Branch"}]]}
        yield {"comment": "words about the person"}
        yield {"vat": "DE123456789"}

    def _first(self, model):
        return self.env[model].search([], limit=1).id

    def _attempts_on_client(self, client):
        pass_key = {"integration_system": True}
        for vals in self._forged():
            yield "create", client._name, "create", [{"name": "New", **vals}], pass_key
            yield "web_save", client._name, "web_save", [[], {"name": "New", **vals}, {}], {}
            for method, args in (
                ("write", [client.ids, vals]),
                ("web_save", [client.ids, vals, {}]),
                ("web_save_multi", [client.ids, [vals], {}]),
            ):
                yield str(vals), client._name, method, args, pass_key
        yield "copy", client._name, "copy", [client.ids], pass_key
        yield "unlink", client._name, "unlink", [client.ids], pass_key

    def _attempts_on_household(self, household):
        key = {"integration_system": True}
        for vals in ({"name": "H-2020-00001"}, {"company_id": self.company_b.id}):
            yield "create", household._name, "create", [vals], key
            yield "write", household._name, "write", [household.ids, vals], key
            yield "web_save", household._name, "web_save", [household.ids, vals, {}], key
        yield "unlink", household._name, "unlink", [household.ids], key
        member, row = "integration.household.member", household.member_ids
        # Neither a stranger into the own household nor the own client into a stranger's
        for home, client in (
            (household, self.foreign),
            (self.foreign_home, self.client_a),
            (self.foreign_home, self.foreign),
        ):
            vals = {"household_id": home.id, "client_id": client.id}
            yield "join", member, "create", [vals], key
            yield (
                "default",
                member,
                "create",
                [{}],
                {f"default_{name}": value for name, value in vals.items()},
            )
        for vals in (
            {"household_id": self.foreign_home.id},
            {"client_id": self.foreign.id},
            {"company_id": self.company_b.id},
        ):
            yield "move", member, "write", [row.ids, vals], key
            line = {"member_ids": [[1, row.id, vals]]}
            yield "line", household._name, "web_save", [household.ids, line, {}], key

    def _attempts_of_strangers(self):
        """Yield what is allowed to whoever keeps the file, and to nobody else."""
        client, member = self.client_a, self.household.member_ids
        for record, vals in (
            (client, {"name": "Other"}),
            (client, {"birthdate": "1990-01-01"}),
            (client, {"active": False}),
            (member, {"role": "child"}),
            (member, {"date_to": self.today.isoformat()}),
        ):
            for method, args in (
                ("write", [record.ids, vals]),
                ("web_save", [record.ids, vals, {}]),
            ):
                yield str(vals), record._name, method, args, {"integration_system": True}
        yield "separate", member._name, "action_separate", [member.ids], {}
        yield "unlink", member._name, "unlink", [member.ids], {}
        yield "read", client._name, "read", [client.ids, ["name"]], {}
        yield "web_read", client._name, "web_read", [client.ids, {"birthdate": {}}], {}
