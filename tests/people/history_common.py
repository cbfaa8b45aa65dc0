from ..common import MODULE
from .people_common import PeopleCommon


class HistoryCommon(PeopleCommon):
    """A client with consent, and values for an entry of each history."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Ghezae Erfunden")
        cls.other = cls._client(cls.worker_a, "Feven Erfunden")
        cls.home = cls.client_a.env["integration.household"].create({})
        ref = cls.env.ref
        cls.refugee = ref(f"{MODULE}.residence_status_refugee")
        cls.pending = ref(f"{MODULE}.residence_status_permission_to_stay")
        cls.flat = ref(f"{MODULE}.housing_type_private_flat")
        cls.shared = ref(f"{MODULE}.housing_type_followup_shared")
        cls.german, cls.arabic = ref(f"{MODULE}.language_de"), ref(f"{MODULE}.language_ar")
        cls.values = {
            "residence": {"status_id": cls.refugee.id},
            "housing": {"type_id": cls.flat.id, "municipality_id": cls.town_a.id},
            "benefit": {"type_id": ref(f"{MODULE}.benefit_type_sgb_2").id},
            "language.level": {"level": "a2"},
            "education": {"school": "primary"},
            "employment": {"status": "mini_job"},
            "household.member": {"household_id": cls.home.id},
        }

    def _entry(self, kind="residence", start=0, end=None, client=None, **values):
        """Enter what holds from ``start`` to ``end``, in days before today."""
        self.env.invalidate_all()  # as in a request of its own
        return self.client_a.env[f"integration.{kind}"].create(
            {
                **self.values[kind],
                "client_id": (client or self.client_a).id,
                "date_from": self._ago(start),
                "date_to": False if end is None else self._ago(end),
                **values,
            }
        )
