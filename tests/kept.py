"""What a class of tests begins with is written once and comes back for others that want the same.

A random county takes seconds to write through all the gates, and each class of tests takes its own
back in the end. So the rows it consists of are read once and copied in for the next class, as they
were: with the same ids, without asking anybody again.
"""

import copy
import io
from dataclasses import dataclass, field

from odoo import models
from odoo.tools import SQL

# By database and key
KEPT = {}


def kept(cls, key, build):
    """Let ``build()`` write what the class begins with, or bring back what it has written before.

    :param key: what the result depends on, beside the code; a tuple
    """
    key = (cls.env.cr.dbname, *key)
    cls.env.cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not cls.env.cr.fetchone()[0]:
        # Only a superuser may copy in rows behind the triggers
        build()
    elif key not in KEPT:
        KEPT[key] = World(cls, build)
    else:
        KEPT[key].bring_back(cls)


@dataclass
class Table:
    """The rows that were written into a table, and those they take the place of."""

    name: str
    columns: str
    # As PostgreSQL copies them
    rows: str = ""
    # Keys of former rows
    gone: list = field(default_factory=list)
    has_id: bool = True

    @property
    def key(self):
        """Return by what a row is known: its id or, of a relation, the whole row."""
        return "t.id" if self.has_id else "t::text"


@dataclass
class Records:
    """Records without their environment's transaction."""

    model: str
    ids: list
    uid: int
    su: bool
    context: dict


class World:
    """What ``build`` wrote into the database, and which attributes it gave the class."""

    def __init__(self, cls, build):
        self._cr = cr = cls.env.cr
        before = dict(vars(cls))
        cls.env.flush_all()
        tables = self._tables()
        stood = {table.name: self._keys(table) for table in tables}
        sequences = self._sequences()
        cr.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (since,) = cr.fetchone()
        # Whatever is written within it has a later number than ``since``
        with cr.savepoint():
            build()
            cls.env.flush_all()
        self._written = []
        for table in tables:
            self._read(table, stood[table.name], since)
            if table.rows or table.gone:
                self._written.append(table)
        self._begun = {
            name: number for name, number in self._sequences().items() if name not in sequences
        }
        attributes = {
            name: value for name, value in vars(cls).items() if before.get(name, cls) is not value
        }
        self._attributes = {name: _stored(value) for name, value in attributes.items()}

    def bring_back(self, cls):
        """Write the same rows again, and give the class the same attributes."""
        self._cr = cr = cls.env.cr
        cls.env.flush_all()
        # Neither triggers nor foreign keys: all of it stood like that before
        cr.execute("SET LOCAL session_replication_role = replica")
        for table in self._written:
            if table.gone:
                cr.execute(f"DELETE FROM {table.name} t WHERE {table.key} = ANY(%s)", [table.gone])
        for table in self._written:
            copied = f"COPY {table.name} ({table.columns}) FROM STDIN"
            cr._obj.copy_expert(copied, io.StringIO(table.rows))
        for name, number in self._begun.items():
            cr.execute(SQL("CREATE SEQUENCE %s START %s", SQL.identifier(name), number))
        cr.execute("SET LOCAL session_replication_role = DEFAULT")
        cls.env.invalidate_all()
        cr.cache.clear()
        cls.env.registry.clear_all_caches()
        for name, value in self._attributes.items():
            setattr(cls, name, _brought_back(cls.env, value))

    def _tables(self):
        """Return all tables of the database without their rows."""
        self._cr.execute(
            """
            SELECT format('%I', c.relname),
                   string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum),
                   bool_or(a.attname = 'id')
              FROM pg_class c
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
               AND NOT a.attisdropped AND a.attgenerated = ''
             WHERE c.relkind = 'r' AND c.relpersistence = 'p'
               AND c.relnamespace = current_schema::regnamespace
             GROUP BY c.relname
             ORDER BY c.relname
            """
        )
        return [
            Table(name, columns, has_id=has_id) for name, columns, has_id in self._cr.fetchall()
        ]

    def _keys(self, table):
        self._cr.execute(SQL("SELECT %s FROM %s t", SQL(table.key), SQL(table.name)))
        return {key for (key,) in self._cr.fetchall()}

    def _read(self, table, stood, since):
        """Note the rows of a table that were written, and which of the former ones are gone."""
        new = f"t.xmin::text::bigint >= {int(since)}"
        written = SQL("SELECT %s FROM %s t WHERE %s", SQL(table.key), SQL(table.name), SQL(new))
        self._cr.execute(written)
        written = {key for (key,) in self._cr.fetchall()}
        table.gone = sorted((stood & written) | (stood - self._keys(table)))
        if written:
            rows = io.StringIO()
            source = f"SELECT {table.columns} FROM {table.name} t WHERE {new}"
            self._cr._obj.copy_expert(f"COPY ({source}) TO STDOUT", rows)
            table.rows = rows.getvalue()

    def _sequences(self):
        """Return where the next number of each sequence begins that Odoo draws by itself."""
        self._cr.execute(
            "SELECT sequencename, COALESCE(last_value, start_value - 1) + 1 FROM pg_sequences"
            " WHERE schemaname = current_schema"
        )
        return dict(self._cr.fetchall())


def _stored(value):
    """Return a value that outlives the transaction."""
    if isinstance(value, models.BaseModel):
        env = value.env
        return Records(value._name, value.ids, env.uid, env.su, dict(env.context))
    if isinstance(value, dict):
        return {key: _stored(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_stored, value))
    return copy.deepcopy(value)


def _brought_back(env, value):
    if isinstance(value, Records):
        env = env(user=value.uid, su=value.su, context=value.context)
        return env[value.model].browse(value.ids)
    if isinstance(value, dict):
        return {key: _brought_back(env, item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_brought_back(env, item) for item in value)
    return copy.deepcopy(value)
