"""What the tests of the launchers share."""

import sys
from pathlib import Path

import pytest

BIN = Path(__file__).resolve().parents[2] / "bin"
sys.path.insert(0, str(BIN))

from lib import paths  # noqa: E402


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small module elsewhere, with its own cache."""
    root = tmp_path / "some folder"
    (root / "tests").mkdir(parents=True)
    (root / "tests" / "test_case.py").touch()
    (root / "models").mkdir()
    (root / "models" / "case.py").write_text("a = 1")
    (root / "static" / "src").mkdir(parents=True)
    (root / "static" / "src" / "a.js").write_text("1")
    (root / "__manifest__.py").write_text("{'depends': ['mail']}")
    monkeypatch.setenv("INTEGRATION_CHECKOUT", str(root))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for cached in (paths.checkout, paths.cache, paths.state):
        cached.cache_clear()
    yield root
    for cached in (paths.checkout, paths.cache, paths.state):
        cached.cache_clear()
