"""What the README says is there: its commands, its paths, its table of settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from answer.__main__ import command
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


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([a-z]+)", README)) - {"pip"}))
def test_every_command_exists(module: str) -> None:
    assert (ROOT / module / "__main__.py").is_file()


@pytest.mark.parametrize("flag", sorted(set(re.findall(r"`(--[a-z]+)", README))))
def test_every_flag_is_one_of_the_answer_command(flag: str) -> None:
    assert flag in {name for option in get_command(command).params for name in option.opts}


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"(?:`|\()((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md))[`)]", README)))
)
def test_every_path_exists(path: str) -> None:
    assert (ROOT / path).exists()


def model_lines() -> list[dict[str, str]]:
    """The settings of each line of the README that begins with one and opens the app, with a key where one is read."""
    lines = [line.split() for line in README.splitlines() if line.startswith("FOOTNOTE_MODEL")]
    return [dict(part.split("=", 1) for part in line if part.startswith("FOOTNOTE_")) for line in lines]


@pytest.mark.parametrize("given", model_lines(), ids=lambda given: next(iter(given.values())))
def test_every_line_for_a_language_model_makes_one(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from answer.model.address import address_of
    from answer.model.usage import prices_of

    monkeypatch.setenv("FOOTNOTE_MODEL_KEY", "a-key")  # as the line before reads it
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.has_model and address_of(settings).name
    assert (prices_of(settings) is None) == ("FOOTNOTE_MODEL_PRICES" not in given)


def test_all_six_ways_to_a_language_model_are_told() -> None:
    assert len(model_lines()) == 6
