"""The house numbers: what keeps the code small enough to read, counted from the syntax tree."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.test_layers import ROOT, source_files

FUNCTION_LINES, FUNCTION_P90, FILE_LINES, NESTING, ARGUMENTS = 60, 35, 400, 3, 6
NESTS = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.Match)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, FUNCTIONS)]


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def nesting_of(node: ast.AST, depth: int = 0) -> int:
    deepest = depth
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
            continue
        an_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        deepest = max(deepest, nesting_of(child, depth + (isinstance(child, NESTS) and not an_elif)))
    return deepest


@pytest.mark.parametrize("path", source_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_keeps_the_house_numbers(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES
    for function in functions_of(path):
        where = f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        is_command = path.name == "__main__.py"
        positional = [argument for argument in function.args.args if argument.arg not in ("self", "cls")]
        assert lines_of(function) <= FUNCTION_LINES, f"{where} is {lines_of(function)} lines long"
        assert nesting_of(function) <= NESTING, f"{where} nests {nesting_of(function)} deep"
        assert is_command or len(positional) + len(function.args.kwonlyargs) <= ARGUMENTS, f"{where} takes too many"


def test_nine_of_ten_functions_fit_on_a_screen() -> None:
    lengths = sorted(lines_of(function) for path in source_files() for function in functions_of(path))
    assert not lengths or lengths[int(0.9 * (len(lengths) - 1))] <= FUNCTION_P90


def test_no_except_is_blind_and_nothing_prints_outside_commands() -> None:
    for path in source_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ExceptHandler):
                names = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {""}
                assert not names & {"", "Exception", "BaseException"}, f"{where} catches everything"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                assert path.name == "__main__.py", f"{where} prints"


def test_one_file_reads_the_environment() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in source_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert users <= {"index/settings.py"}, users
