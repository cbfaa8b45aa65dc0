"""What loading a county will do, as the dialog announces it and the loader carries it out."""

from dataclasses import dataclass, field

from .county_csv import PresetRow


@dataclass
class CountyPlan:
    """What the rows of a preset ask for beyond what is there already."""

    counties: dict[str, str]
    """Names of the counties to create, by official key."""

    counties_there: int
    """How many counties of the rows exist already, archived ones included."""

    municipalities: dict[str, PresetRow]
    """Rows of the municipalities to create, by official key."""

    municipalities_there: int
    """How many municipalities of the rows exist already, archived ones included."""

    mandates: list[tuple] = field(default_factory=list)
    """Mandates to create, each as (row, company)."""

    kept: list[PresetRow] = field(default_factory=list)
    """Rows whose mandate is there already; it is left as it is."""

    unmapped: list[PresetRow] = field(default_factory=list)
    """Rows left out because no company was chosen for their employer."""

    without: list[PresetRow] = field(default_factory=list)
    """Rows of municipalities that have no mandate at all."""

    taken_over: list[str] = field(default_factory=list)
    """Names of the counties that the user's county office keeps from now on; known only once
    the plan has been carried out."""

    def place(self, row, company, taken):
        """Put a row where it belongs.

        :param company: the one chosen for the row's employer, if any
        :param set taken: (key of the municipality, id of the company) of all mandates, those
            of this plan included; a new one is added
        """
        if not row.employer:
            self.without.append(row)
        elif not company:
            self.unmapped.append(row)
        elif (row.ags, company.id) in taken:
            self.kept.append(row)
        else:
            taken.add((row.ags, company.id))
            self.mandates.append((row, company))

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to create or to take over."""
        return bool(self.counties or self.municipalities or self.mandates or self.taken_over)
