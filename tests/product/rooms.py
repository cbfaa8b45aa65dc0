"""The plan of the house, read from the code: which room defines what, and who names it."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = re.compile(r"integration(\.[a-z]+)+")
ODOO = re.compile(r"(ir|res|mail|base)\.")
PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
# Members that Odoo's own classes have as well say nothing about a room of ours.
COMMON = set(dir(str)) | set(dir(dict)) | set(dir(set))


def rooms():
    """Return the names of the rooms, the lowest first, as the models are loaded."""
    text = (ROOT / "models" / "__init__.py").read_text()
    return re.findall(r"^from \. import (\w+)", text, flags=re.M)


class House:
    """All files of the models by room, with what they define and what they name."""

    def __init__(self, extra=()):
        """:param extra: (room, source) of files to look at as if they stood there"""
        self.order = {room: number for number, room in enumerate(rooms())}
        self.files = [
            (room, path.name, ast.parse(path.read_text()))
            for room in self.order
            for path in sorted((ROOT / "models" / room).glob("*.py"))
        ]
        self.files += [(room, "extra", ast.parse(source)) for room, source in extra]
        self.models, self.members = {}, {}
        for room, _name, tree in self.files:
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    self._read_class(room, node)

    def _read_class(self, room, node):
        """Note the model that a class defines, and its members, with the lowest room of each."""
        values = {
            target.id: item.value
            for item in node.body
            if isinstance(item, ast.Assign)
            for target in item.targets
            if isinstance(target, ast.Name)
        }
        name = _text(values.get("_name"))
        if name and name not in _texts(values.get("_inherit")):
            self.models[name] = room
        functions = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
        for member in [*values, *functions]:
            lowest = self.members.setdefault(member, room)
            if self.order[room] < self.order[lowest]:
                self.members[member] = room

    def upward(self):
        """Return (room, file, line, what is named, its room) for all that points upwards."""
        found = []
        for room, file, tree in self.files:
            own = self.order[room]
            for line, word, home in self._named(tree):
                if self.order[home] > own:
                    found.append((room, file, line, word, home))
        return sorted(set(found))

    def _named(self, tree):
        """Yield (line, word, room) for each import, model and member that a file names."""
        said = _docstrings(tree) | _tables(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level == 2:
                home = (node.module or "").split(".")[0]
                if home in self.order:
                    yield node.lineno, f"import of {home}", home
            elif isinstance(node, ast.ImportFrom) and node.level == 3:
                if (node.module or "").startswith("figures"):
                    yield node.lineno, "import of the engine", "figures"
            elif isinstance(node, ast.Attribute) and node.attr in self.members:
                if node.attr not in COMMON:
                    yield node.lineno, node.attr, self.members[node.attr]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) not in said:
                    yield from self._named_in_text(node)

    def _named_in_text(self, node):
        text = node.value
        if text in self.models:
            yield node.lineno, text, self.models[text]
        elif PATH.fullmatch(text) and not ODOO.match(text) and not MODEL.fullmatch(text):
            for word in text.split("."):
                # A single word may be any value; a field or method has two, or stands in a path.
                if word in self.members and ("_" in word or "." in text):
                    yield node.lineno, word, self.members[word]


def _tables(tree):
    """Return the ids of the names of tables and columns of relations: they are no fields."""
    return {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "Many2many"
        for argument in node.args[1:]
    }


def overrides(names):
    """Return (file, class, method) of the classes of ours that override ``names``."""
    found = []
    for layer in ("models", "wizards", "reports"):
        for path in sorted((ROOT / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ClassDef):
                    found += [
                        (path.relative_to(ROOT).as_posix(), _inherited(node), item.name)
                        for item in node.body
                        if isinstance(item, ast.FunctionDef) and item.name in names
                    ]
    return found


def twice_in_a_class():
    """Return "file: class.method" of methods that stand twice in one class: the first is lost."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        if any(part.startswith(".") for part in path.relative_to(ROOT).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                found += [f"{path.relative_to(ROOT)}: {node.name}.{n}" for n in _twice(node)]
    return found


def _twice(node):
    names = [
        item.name
        for item in node.body
        if isinstance(item, ast.FunctionDef)
        and not any(getattr(d, "attr", "") in ("setter", "deleter") for d in item.decorator_list)
    ]
    return sorted({name for name in names if names.count(name) > 1})


def python_files():
    """Return {folder: {path: number of lines}} of all Python of the project."""
    folders = defaultdict(dict)
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).parts
        if not any(part.startswith(".") or part == "addons" for part in parts):
            folders["/".join(parts[:-1])]["/".join(parts)] = len(path.read_text().splitlines())
    return folders


def _inherited(node):
    """Return the models that a class extends or defines."""
    values = [
        item.value
        for item in node.body
        if isinstance(item, ast.Assign)
        for target in item.targets
        if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
    ]
    return tuple(sorted({text for value in values for text in _texts(value)}))


def _text(node):
    return node.value if isinstance(node, ast.Constant) else None


def _texts(node):
    """Return the strings of a constant or of a list of them."""
    nodes = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    return [_text(item) for item in nodes if _text(item)]


def _docstrings(tree):
    """Return the ids of the nodes that are docstrings: words about the code, no code."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
