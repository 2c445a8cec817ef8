"""No message is glued together: what is said stands alone, on lines of its own, or in a list of names."""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

import pytest
from places import PACKAGE

SAYING = {"say", "in_vietnamese"}
BETWEEN = (", ", "; ", "\n")  # the items of a list, or lines
Kind = TypeVar("Kind", bound=ast.AST)
WORD = re.compile(r"[^\W\d_]")


def glued(tree: ast.AST) -> list[int]:
    """Return the lines of a module on which what is said is joined with other text."""
    saying = SAYING | _functions_that_say(tree)
    found: set[int] = set()
    for scope in [tree, *_all(ast.FunctionDef, tree)]:
        said = _Said(saying, scope)
        found |= {node.lineno for node in ast.walk(scope) if isinstance(node, ast.expr) and said.joins(node)}
        found |= {
            node.lineno for node in ast.walk(scope) if isinstance(node, ast.AugAssign) and said.adds(node)
        }
    return sorted(found)


def _functions_that_say(tree: ast.AST) -> set[str]:
    """Return the functions of a module that return what is said, or what another of them returns."""
    texts = [
        one
        for one in _all(ast.FunctionDef, tree)
        if isinstance(one.returns, ast.Name) and one.returns.id == "str"
    ]
    found: set[str] = set()
    for _ in range(3):  # as deep as they call each other
        for function in texts:
            said = _Said(SAYING | found, function)
            returned = [
                node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value
            ]
            if any(said.is_said(value) for value in returned):
                found.add(function.name)
    return found


class _Said:
    """What is said in a scope: calls, and the names they are given there."""

    def __init__(self, saying: set[str], scope: ast.AST) -> None:
        self._saying, self._names, self._lists = saying, set[str](), set[str]()
        for node in ast.walk(scope):
            if (
                isinstance(node, ast.Assign)
                and len(node.targets) == 1
                and isinstance(node.targets[0], ast.Name)
            ):
                if self.is_said(node.value):
                    self._names.add(node.targets[0].id)
                if self._is_list(node.value):
                    self._lists.add(node.targets[0].id)

    def is_said(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAYING:
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return node.func.id in self._saying or (node.func.id == "str" and self._any(node.args))
        if isinstance(node, ast.IfExp):
            return self._any((node.body, node.orelse))
        if isinstance(node, ast.BoolOp):
            return self._any(node.values)
        if isinstance(node, ast.Subscript):
            return self.is_said(node.value)
        return isinstance(node, ast.Name) and node.id in self._names

    def joins(self, node: ast.expr) -> bool:
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
            sides = (node.left, node.right)
            return (
                self._any(sides) and any(not self.is_said(side) and _has_words(side) for side in sides)
            ) or (all(map(self.is_said, sides)))
        if isinstance(node, ast.JoinedStr):
            return self._joins_in(node.values)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if node.func.attr == "join" and node.args and self._is_list(node.args[0]):
                return not (isinstance(of, ast.Constant) and of.value in BETWEEN)
            worded = any(map(_has_words, node.args))  # the ends of lines may be replaced
            return node.func.attr in ("format", "replace") and self.is_said(of) and worded
        return False

    def adds(self, node: ast.AugAssign) -> bool:
        return self.is_said(node.value) or self.is_said(node.target)

    def _joins_in(self, parts: Iterable[ast.expr]) -> bool:
        """Whether a said part of an f-string has a neighbour with words on its own line."""
        return any(
            any(isinstance(part, ast.FormattedValue) and self.is_said(part.value) for part in line)
            and sum(map(_has_words, line)) > 1
            for line in _lines(parts)
        )

    def _is_list(self, node: ast.expr) -> bool:
        if isinstance(node, (ast.List, ast.Tuple)):
            plain = (item.value if isinstance(item, ast.Starred) else item for item in node.elts)
            return any(self.is_said(item) or self._is_list(item) for item in plain)
        if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
            return self.is_said(node.elt)
        return isinstance(node, ast.Name) and node.id in self._lists

    def _beside_words(self, nodes: Iterable[ast.expr]) -> bool:
        return any(_has_words(node) for node in nodes if not self.is_said(node))

    def _any(self, nodes: Iterable[ast.expr]) -> bool:
        return any(map(self.is_said, nodes))


def _all(kind: type[Kind], scope: ast.AST) -> list[Kind]:
    return [node for node in ast.walk(scope) if isinstance(node, kind)]


def _lines(parts: Iterable[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield the parts of an f-string, a line at a time."""
    line: list[ast.expr] = []
    for part in parts:
        if isinstance(part, ast.Constant) and "\n" in str(part.value):
            before, *_, after = str(part.value).split("\n")
            yield [*line, ast.Constant(before)]
            line = [ast.Constant(after)]
        else:
            line.append(part)
    yield line


def _has_words(node: ast.expr) -> bool:
    """Whether a part may hold words; padding and signs do not."""
    if isinstance(node, ast.Constant):
        return bool(WORD.search(str(node.value)))
    return not isinstance(node, (ast.List, ast.ListComp, ast.Tuple))


def test_no_message_is_glued() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    saying = {name: text for name, text in texts.items() if any(f"{one}(" in text for one in SAYING)}
    assert len(saying) > 20
    assert {name: lines for name, text in saying.items() if (lines := glued(ast.parse(text)))} == {}


@pytest.mark.parametrize(
    "code",
    [
        "say('a.b') + ' there'",
        "where + say('a.b')",
        "say('a.b') + say('a.c')",
        "(say('a.b') if x else say('a.c')) + where",
        "f'{where}: {say(key)}'",
        "f\"{say('a.b')}{say('a.c')}\"",
        "f\"{say('a.b')} there\"",
        "f\"one\\n{say('a.b')} there\"",
        "' '.join([say('a.b'), name])",
        "''.join(say(key) for key in keys)",
        "said = say('a.b')\nf'{said}: {name}'",
        "text = name\ntext += say('a.b')",
        "words = [say(key) for key in keys]\n' '.join(words)",
        "say('a.b').replace('x', name)",
        "'%s there' % say('a.b')",
        "def what() -> str:\n    return say('a.b')\nf'{what()}: {name}'",
        "def one() -> str:\n    return say('a.b')\ndef two() -> str:\n    return one()\nname + two()",
    ],
)
def test_glue_is_seen(code: str) -> None:
    assert glued(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "say('a.b', name=name)",
        "[*rows, say('a.b')] + [say('a.c')]",
        "', '.join(say(key) for key in keys)",
        "'\\n'.join([say('a.b'), *names])",
        "f'  {say(key)}'",
        "f'\\r{line[:9]:<{width}}'",
        "f\"{say('a.b')}\\n{say('a.c')}\"",
        "say('a.b', names=', '.join(names))",
        "name + ' there'",
        "say('a.b').replace('\\n', '\\r\\n')",
    ],
)
def test_a_line_or_a_list_is_no_glue(code: str) -> None:
    assert not glued(ast.parse(code))
