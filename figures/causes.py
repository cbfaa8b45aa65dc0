"""Why something is counted today that was not counted when the figures were submitted.

Known from ids and from when rows were written, never from what they say. A handful of
queries for a whole report, whatever its size.
"""

from collections import Counter

from odoo.tools import SQL

from .facts import record_id
from .registry import RULES, TALK, UNITS

LATE, CORRECTION, MERGE = "late", "correction", "merge"
DELETION, HANDOVER, PROTECTION = "deletion", "handover", "protection"
CAUSES = (LATE, CORRECTION, MERGE, DELETION, HANDOVER, PROTECTION)


class Causes:
    """Compares the facts of two counts; ``env`` is the engine's superuser environment."""

    def __init__(self, env, before, after, submitted_on):
        self.env = env
        self.before = before
        self.after = after
        self.since = submitted_on
        # {table: {id: when it was created}} of what is counted differently
        self.created = {table: self._rows(table, ids) for table, ids in self._changed_ids().items()}
        self._read_presences(self._changed_presences())
        self.handed = self._handed_over()
        self.untouched = self._untouched_talks()

    def _read_presences(self, changed):
        """Read the presences that changed, and what has become of persons and households."""
        self.presences = self._select(
            "SELECT id, contact_id, client_id, household_id FROM integration_contact_person"
            " WHERE id = ANY(%s)",
            changed,
        )
        contacts = {row[0] for row in self.presences.values()}
        self.created["integration_contact"].update(self._rows("integration_contact", contacts))
        people = [
            side.presences[p]
            for side in (self.before, self.after)
            for p in changed
            if p in side.presences
        ]
        # A person merged into somebody else is gone or archived; so is her household.
        self.clients = self._select(
            "SELECT c.id, p.active FROM integration_client c"
            " JOIN res_partner p ON p.id = c.partner_id WHERE c.id = ANY(%s)",
            {client for client, _household in people},
        )
        self.households = self._select(
            "SELECT h.id, EXISTS (SELECT FROM integration_household_member m"
            "  WHERE m.household_id = h.id) FROM integration_household h WHERE h.id = ANY(%s)",
            {household for _client, household in people if household},
        )

    def of(self, rule, item, column):
        """Return (gained, lost): how often which cause adds to or takes from a cell."""
        before = self.before.cells[rule, item][column]
        after = self.after.cells[rule, item][column]
        gained = Counter(self._gained(rule, ident) for ident in after - before)
        lost = Counter(self._lost(rule, ident) for ident in before - after)
        return gained, lost

    # ------------------------------------------------------------
    # One cause
    # ------------------------------------------------------------
    def _gained(self, rule, ident):
        unit = RULES[rule].unit
        if not unit.recorded:
            return self._gained_person(rule, ident)
        created = self.created[unit.table].get(record_id(ident))
        if created and created > self.since:
            return LATE
        if unit is TALK:
            return PROTECTION if self._is_protected(rule, ident) else CORRECTION
        if self._was_handed_over(rule, ident):
            return HANDOVER
        # An event of an older file that nobody had entered by then
        known = ident in self.before.behind(rule, 0)
        return CORRECTION if known else LATE

    def _lost(self, rule, ident):
        unit = RULES[rule].unit
        if not unit.recorded:
            return self._lost_person(rule, ident)
        if record_id(ident) not in self.created[unit.table]:
            return DELETION
        if self._is_protected(rule, ident):
            return PROTECTION
        if self._was_handed_over(rule, ident):
            return HANDOVER
        # What lasts no longer was ended after all; else something was put right.
        still = ident in self.after.behind(rule, 0)
        return LATE if RULES[rule].lasts and not still else CORRECTION

    def _gained_person(self, rule, ident):
        fresh = self.after.present[rule, ident] - self.before.present[rule, ident]
        causes = {self._gained_presence(presence) for presence in fresh}
        return next((cause for cause in (LATE, MERGE) if cause in causes), CORRECTION)

    def _gained_presence(self, presence):
        contact = self.presences.get(presence, (None, None, None))[0]
        created = self.created["integration_contact"].get(contact)
        if created and created > self.since:
            return LATE
        former = self.before.presences.get(presence)
        return MERGE if former and self._is_merged(former, presence) else CORRECTION

    def _lost_person(self, rule, ident):
        causes = set()
        gone = self.before.present[rule, ident] - self.after.present[rule, ident]
        for presence in gone:
            former = self.before.presences[presence]
            if presence in self.presences:
                causes.add(MERGE if self._is_merged(former, presence) else CORRECTION)
            else:
                causes.add(CORRECTION if former[0] in self.clients else DELETION)
        return next((cause for cause in (DELETION, MERGE) if cause in causes), CORRECTION)

    def _is_merged(self, former, presence):
        """Whether somebody's presence now belongs to who she or her household went up in."""
        _contact, client, household = self.presences[presence]
        if client != former[0]:
            return not self.clients.get(former[0], (False,))[0]
        return household != former[1] and bool(
            former[1] and not self.households.get(former[1], (False,))[0]
        )

    def _is_protected(self, rule, ident):
        """Whether a talk stayed as it was, and only what it was about is told, or no longer."""
        talks = (self.before.behind("talk", 0), self.after.behind("talk", 0))
        return (
            RULES[rule].content and ident in self.untouched and all(ident in side for side in talks)
        )

    def _was_handed_over(self, rule, ident):
        declared = RULES[rule]
        return (
            declared.by_responsible
            and (self.before.workers[rule, ident] != self.after.workers[rule, ident])
            and (declared.unit.table, record_id(ident)) in self.handed
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------
    def _changed_ids(self):
        """Return {table: ids} of what stands behind a cell on one side only."""
        changed = {unit.table: set() for unit in UNITS if unit.recorded}
        for rule, item in {*self.before.cells, *self.after.cells}:
            unit = RULES[rule].unit
            if not unit.recorded:
                continue
            before, after = self.before.cells[rule, item], self.after.cells[rule, item]
            for column in {*before, *after}:
                changed[unit.table].update(map(record_id, before[column] ^ after[column]))
        return changed

    def _changed_presences(self):
        before, after = self.before.presences, self.after.presences
        moved = {p for p in before.keys() & after.keys() if before[p] != after[p]}
        return (before.keys() ^ after.keys()) | moved

    def _handed_over(self):
        """Return {(table, id)} of cases and plans whose responsibility was written later."""
        rows = self.env.execute_query(
            SQL(
                """SELECT 'integration_case', c.id FROM integration_case c
                WHERE c.id = ANY(%(cases)s) AND EXISTS (
                      SELECT FROM integration_case_assignment a
                       WHERE a.case_id = c.id AND a.write_date > %(since)s)
                UNION ALL
               SELECT 'integration_plan', p.id FROM integration_plan p
                WHERE p.id = ANY(%(plans)s) AND EXISTS (
                      SELECT FROM integration_case_assignment a
                       WHERE a.case_id = p.case_id AND a.write_date > %(since)s)""",
                cases=list(self.created["integration_case"]),
                plans=list(self.created["integration_plan"]),
                since=self.since,
            )
        )
        return set(rows)

    def _untouched_talks(self):
        """Return the ids of talks counted differently that nobody has written since."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM integration_contact WHERE id = ANY(%s) AND write_date <= %s",
                list(self.created["integration_contact"]),
                self.since,
            )
        )
        return {talk for (talk,) in rows}

    def _rows(self, table, ids):
        """Return {id: when it was created} of the rows that exist."""
        query = SQL(
            "SELECT id, create_date FROM %s WHERE id = ANY(%s)", SQL.identifier(table), list(ids)
        )
        return dict(self.env.execute_query(query))

    def _select(self, query, ids):
        """Return {id: rest of the row}."""
        rows = self.env.execute_query(SQL(query, list(ids)))  # pylint: disable=sql-injection
        return {row[0]: row[1:] for row in rows}
