"""What the README says is there: its commands, its paths, its table of settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.settings import CHECKOUT, Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MARK = "<!-- settings: made from index/settings.py, kept true by tests/test_readme.py -->\n\n"


def settings_table() -> str:
    rows = ["| variable | default | what it sets |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, Path):
            default = f"{default.relative_to(CHECKOUT)}/ in the checkout"
        shown = "not set" if default is None else str(default)
        rows.append(f"| `FOOTNOTE_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows) + "\n"


def test_the_table_of_settings_is_made_from_the_settings() -> None:
    assert README.split(MARK)[1] == settings_table()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b", README)) - {"app's"}))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([a-z]+)", README))))
def test_every_command_exists(module: str) -> None:
    assert (ROOT / module / "__main__.py").is_file()


@pytest.mark.parametrize("flag", sorted(set(re.findall(r"`(--[a-z]+)", README))))
def test_every_flag_is_one_of_the_answer_command(flag: str) -> None:
    assert flag in (ROOT / "answer" / "__main__.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"(?:`|\()((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md))[`)]", README)))
)
def test_every_path_exists(path: str) -> None:
    assert (ROOT / path).exists()
