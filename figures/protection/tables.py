"""Tables that are told whole: which of them, so that no group of too few is left over.

Plain Python, no database. A *table* sums up *atoms*, each of which is told as part of it or not
at all: the talks of a worker in one county in a piece of time. With every table that is told,
the sums and differences of all of them are told as well. So a table is told only if it is about
enough persons and none of these sums and differences is about fewer. Tables are decided on in
the order in which they come to their end, so a later one never changes what was told before.

Sums and differences are vectors over the atoms, with whatever factors. One that is about few
persons can hold no atom with enough of them. Atoms with enough come first in the elimination, so
what is left to look through are the rows behind them, as a rule none.
"""

# Numbers are reckoned modulo a large prime: exact, and never long
PRIME = (1 << 61) - 1
# So many groups of persons are looked through; with more, the table is not told
PATIENCE = 4000


class Tables:
    """Tables of one employer."""

    def __init__(self, persons, threshold):
        """:param persons: {atom: set of the persons known there}, for every atom with talks
        :param threshold: smallest number of persons that a table may be about
        """
        self.persons = persons
        self.threshold = threshold
        few = {atom for atom, known in persons.items() if len(known) < threshold}
        order = sorted(persons, key=lambda atom: (atom in few, atom))
        self.place = {atom: number for number, atom in enumerate(order)}
        self.order = order
        self.first_few = len(order) - len(few)
        # {place of the first atom: {place: number}}, no other row holds that place
        self.rows = {}

    def know(self, atoms):
        """Remember a table that was told before, whatever it is about."""
        row = self._row(atoms)
        if row:
            self.rows, _changed = self._with(row)

    def tell(self, atoms):
        """Return whether a table is told, and remember it if so."""
        atoms = self.persons.keys() & atoms
        if not atoms:
            return True
        if len(set().union(*(self.persons[atom] for atom in atoms))) < self.threshold:
            return False
        row = self._row(atoms)
        if not row:
            return True  # is a sum of what is told already
        rows, changed = self._with(row)
        if min(row) >= self.first_few and self._leaves_few(
            {first: row for first, row in rows.items() if first >= self.first_few}, changed
        ):
            return False
        self.rows = rows
        return True

    # ------------------------------------------------------------
    # Sums and differences
    # ------------------------------------------------------------
    def _row(self, atoms):
        """Return what a table tells beyond all that is told already."""
        return self._reduced({self.place[atom]: 1 for atom in self.persons.keys() & atoms})

    def _with(self, row):
        """Return all rows with a new one, and which of them it has changed."""
        pivot = min(row)
        inverse = pow(row[pivot], -1, PRIME)
        row = {place: number * inverse % PRIME for place, number in row.items()}
        changed = {
            first: self._less(other, row, other[pivot])
            for first, other in self.rows.items()
            if pivot in other
        }
        changed[pivot] = row
        return {**self.rows, **changed}, set(changed)

    def _reduced(self, vector):
        """Return what of a vector is no sum of the rows."""
        for place in [place for place in vector if place in self.rows]:
            # Rows hold no first place of another one, so the order does not matter
            vector = self._less(vector, self.rows[place], vector[place])
        return vector

    @staticmethod
    def _less(vector, row, times):
        """Return a vector less a row taken several times."""
        result = dict(vector)
        for place, number in row.items():
            rest = (result.get(place, 0) - times * number) % PRIME
            if rest:
                result[place] = rest
            else:
                result.pop(place, None)
        return result

    def _known(self, row):
        """Return the persons that a vector is about."""
        return set().union(*(self.persons[self.order[place]] for place in row))

    def _leaves_few(self, rows, changed):
        """Whether something that is made of rows, a changed one among them, is about too few.

        Groups of too few persons are tried, beginning with those of the first atom of a changed
        row, which whatever is made of that row holds. A group that gives nothing away grows by
        the persons of an atom that could make it do so, as long as it is too small.
        """
        seen = set()
        stack = [frozenset(self._known({pivot: 1})) for pivot in changed & rows.keys()]
        while stack:
            group = stack.pop()
            if group in seen:
                continue
            seen.add(group)
            if len(seen) > PATIENCE:
                return True
            inside = {place for row in rows.values() for place in row if self._is_of(place, group)}
            made = [row for first, row in rows.items() if first in inside]
            rests = [self._outside(row, inside) for row in made]
            if self._cancel(rests):
                return True
            columns = set().union(*rests)
            columns |= {
                first
                for first, row in rows.items()
                if first not in inside and not columns.isdisjoint(row)
            }
            larger = (group | self._known({place: 1}) for place in columns)
            stack += [more for more in larger if len(more) < self.threshold]
        return False

    def _is_of(self, place, group):
        """Return whether an atom is about persons of a group alone."""
        return self.persons[self.order[place]] <= group

    @staticmethod
    def _outside(row, inside):
        return {place: number for place, number in row.items() if place not in inside}

    def _cancel(self, rests):
        """Return whether some sum of these vectors, with factors, is nothing."""
        known = {}
        for rest in rests:
            while rest:
                first = min(rest)
                if first not in known:
                    inverse = pow(rest[first], -1, PRIME)
                    known[first] = {p: number * inverse % PRIME for p, number in rest.items()}
                    break
                rest = self._less(rest, known[first], rest[first])
            if not rest:
                return True
        return False
