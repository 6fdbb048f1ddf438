"""What every test shares: the long versions behind `--slow`, browser tests skipped where no Chromium is installed,
and the embedding model, exported once and kept in pytest's cache."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the long versions too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "slow" in item.keywords and not config.getoption("--slow"):
            item.add_marker(pytest.mark.skip(reason="the long version: run with --slow"))
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.xdist_group("browser"))  # one browser and one server at a time
        if "browser" in item.keywords and shutil.which("chromium") is None:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """The folder of the exported embedding model, shared by all workers and later runs."""
    from index.embedding import load_embedder
    from index.settings import Settings

    assert pytestconfig.cache is not None
    shared = Path(pytestconfig.cache.mkdir("footnote"))
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        load_embedder(Settings(home=shared))
    return shared / "models"


@pytest.fixture
def home(tmp_path: Path, models: Path) -> Path:
    """An empty home that has the embedding model already."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models)
    return home
