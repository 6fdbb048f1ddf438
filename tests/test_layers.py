"""Who may import whom, read from the syntax tree: the folder listing is the pipeline, and data flows one way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("index", "ingest", "answer", "study", "ui", "eval")
MAY_IMPORT = {
    "index": set(),
    "ingest": {"index"},
    "answer": {"index"},
    "study": {"answer", "index"},
    "ui": {"study", "answer", "ingest", "index", "eval"},
    "eval": {"study", "answer", "ingest", "index"},
}
ONE_HOME = {
    "pypdf": {"ingest/readers/pdf.py"},
    "docx": {"ingest/readers/word.py"},
    "bs4": {"ingest/readers/html.py"},
    "faiss": {"index/dense.py", "eval/speed/stock.py"},
    "sentence_transformers": {"index/export.py", "index/reranking.py"},
    "onnxruntime": {"index/embedding.py", "eval/speed/encoding.py"},
    "torch": {"index/export.py"},
    "ragas": {"eval/ragas_metrics.py"},
    "fsrs": {"study/scheduling.py"},
    "icalendar": {"study/calendar.py"},
    "genanki": {"study/anki.py"},
    "openai": {"answer/model/client.py"},
    "anthropic": {"answer/model/client.py"},
    "httpx": {"answer/model/client.py"},
    "pydantic_settings": {"index/settings.py"},
}


def source_files() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))] + [ROOT / "app.py"]


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno


@pytest.mark.parametrize("path", source_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_imports_only_what_its_layer_may(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    package = name.split("/")[0] if "/" in name else "ui"
    allowed = MAY_IMPORT[package] | {package}
    wrong = [
        f"{name}:{line} imports {module}"
        for module, line in imports_of(path)
        if module.split(".")[0] in PACKAGES and module.split(".")[0] not in allowed
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("path", source_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_package_never_imports_its_own_init(path: Path) -> None:
    assert not [f"{path}:{line}" for module, line in imports_of(path) if module in PACKAGES]


@pytest.mark.parametrize("library", ONE_HOME)
def test_a_heavy_library_has_one_home(library: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in source_files()
        if any(module.split(".")[0] == library for module, _ in imports_of(path))
    }
    other, stale = sorted(users - ONE_HOME[library]), sorted(ONE_HOME[library] - users)
    assert users == ONE_HOME[library], f"{library} is imported by {other} too, and no more by {stale}"


def test_the_language_models_of_llama_index_have_one_home() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in source_files()
        if any(module.startswith("llama_index.llms") for module, _ in imports_of(path))
    }
    assert users <= {"answer/model/client.py"}, users


def test_only_the_app_and_ui_import_streamlit() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in source_files()
        if any(module.split(".")[0] == "streamlit" for module, _ in imports_of(path))
    }
    clients = {"eval/speed/wire.py"}  # speaks the app's protocol as a browser does
    assert all(user == "app.py" or user.startswith("ui/") for user in users - clients), users


def test_no_two_modules_import_each_other() -> None:
    edges: dict[str, set[str]] = {}
    for path in source_files():
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        edges[module] = {target for target, _ in imports_of(path) if target.split(".")[0] in PACKAGES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join((*trail, module))
        if module not in done:
            for target in edges.get(module, ()):
                visit(target, (*trail, module))
            done.add(module)

    for module in edges:
        visit(module, ())
