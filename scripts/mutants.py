"""Small changes to Solidity code, all of them compiled in at once and switched on by the block's base fee.

Compiling takes longer than testing. So each changed expression is written beside the true one,
`(block.basefee == 7 ? a <= b : a < b)`, and a test run chooses the change by the base fee that forge gives its chain.
Where an expression begins and ends is taken from the compiler's own syntax tree.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Node = dict[str, Any]

OPERATORS = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "==": "!=",
    "!=": "==",
    "&&": "||",
    "||": "&&",
    "+": "-",
    "-": "+",
    "*": "+",
    "/": "*",
    "%": "*",
    "&": "|",
    "|": "&",
    "<<": ">>",
    ">>": "<<",
    "+=": "-=",
    "-=": "+=",
    "|=": "&=",
    "&=": "|=",
    "<<=": ">>=",
    ">>=": "<<=",
}
# Nothing is changed in there: what is no code, what must be constant, what counts the rounds of a loop.
_LEFT_ALONE = {"ArrayTypeName", "InlineAssembly", "ModifierInvocation", "InheritanceSpecifier", "RevertStatement"}
_UNSIGNED = re.compile(r"^uint\d+$")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change; `number` is the base fee that switches it on, from 1."""

    number: int
    place: str  # file and function
    before: str
    after: str

    @property
    def file(self) -> str:
        """Name of the file, without its ending."""
        return self.place.split(".", maxsplit=1)[0]

    def __str__(self) -> str:
        return f"{self.place}: `{self.before}` → `{self.after}`"


@dataclass(slots=True)
class Mutation:
    """The code of one project with all changes to some of its files."""

    mutants: list[Mutant] = field(default_factory=list)

    def rewrite(self, source: bytes, tree: Node) -> bytes:
        """The source with each of its changes beside what it changes."""
        file = _File(source, self.mutants)
        file.visit(tree, tree, Path(tree["absolutePath"]).stem)
        return file.rewritten()


def syntax_trees(compiler: Path, sources: dict[str, str], settings: dict[str, Any]) -> dict[str, Node]:
    """Syntax tree by file name; `sources` is code by name. Raises `ValueError` if they do not compile."""
    wanted = {**settings, "outputSelection": {"*": {"": ["ast"]}}}
    question = {"language": "Solidity", "sources": {name: {"content": text} for name, text in sources.items()}}
    told = subprocess.run(
        [str(compiler), "--standard-json"],
        input=json.dumps({**question, "settings": wanted}),
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(told.stdout)
    errors = [error["formattedMessage"] for error in answer.get("errors", []) if error["severity"] == "error"]
    if errors:
        raise ValueError("\n".join(errors))
    return {name: source["ast"] for name, source in answer["sources"].items()}


class _File:
    """Collects the changes of one file. They only ever insert something, so they nest."""

    def __init__(self, source: bytes, mutants: list[Mutant]) -> None:
        self._source = source
        self._mutants = mutants
        self._inserted: list[tuple[int, int, int, str]] = []

    def rewritten(self) -> bytes:
        pieces, at = [], 0
        for position, _, _, text in sorted(self._inserted):
            pieces += [self._source[at:position], text.encode()]
            at = position
        return b"".join([*pieces, self._source[at:]])

    def visit(self, node: Node, parent: Node, place: str) -> None:
        """Offer every change of this node and of all below it."""
        kind = node["nodeType"]
        if kind in _LEFT_ALONE or (kind == "VariableDeclaration" and node["constant"]):
            return
        if kind == "FunctionDefinition" and node["name"]:
            place = f"{place}.{node['name']}"
        offer = _OFFERS.get(kind)
        for after in offer(self._text, node, parent) if offer else ():
            self._choose(node, place, after)
        if kind in {"ExpressionStatement", "EmitStatement"}:
            self._omit(node, place)
        for key, child in _children(node):
            if key == "loopExpression":
                continue
            if key == "condition" and kind in {"IfStatement", "Conditional"}:
                self._choose(child, place, "true")
                self._choose(child, place, "false")
            self.visit(child, node, place)

    def _choose(self, node: Node, place: str, after: str) -> None:
        before = self._text(node)
        self._insert(node, f"(block.basefee == {self._add(place, before, after)} ? ({after}) : (", "))")

    def _omit(self, node: Node, place: str) -> None:
        number = self._add(place, self._text(node), "")
        self._insert(node, f"{{ if (block.basefee != {number}) {{ ", " } }", beyond=1)

    def _add(self, place: str, before: str, after: str) -> int:
        number = len(self._mutants) + 1
        self._mutants.append(Mutant(number, place, " ".join(before.split()), " ".join(after.split())))
        return number

    def _insert(self, node: Node, prefix: str, suffix: str, beyond: int = 0) -> None:
        """Around the node; the outer one of two at the same place is the one inserted first."""
        start, length = _span(node)
        turn = len(self._inserted)
        end = start + length
        self._inserted.append((start, 1, turn, prefix))
        self._inserted.append((end + beyond, 0, -turn, suffix))

    def _text(self, node: Node) -> str:
        start, length = _span(node)
        return self._source[start : start + length].decode()


Text = Callable[[Node], str]


def _of_operation(text: Text, node: Node, _: Node) -> Iterator[str]:
    put = OPERATORS.get(node["operator"])
    if put and not _type(node).startswith("int_const"):
        yield f"{text(node['leftExpression'])} {put} {text(node['rightExpression'])}"


def _of_assignment(text: Text, node: Node, _: Node) -> Iterator[str]:
    put = OPERATORS.get(node["operator"])
    if put:
        yield f"{text(node['leftHandSide'])} {put} {text(node['rightHandSide'])}"


def _of_unary(text: Text, node: Node, _: Node) -> Iterator[str]:
    operand, operator = text(node["subExpression"]), node["operator"]
    if operator in {"++", "--"}:
        put = {"++": "--", "--": "++"}[operator]
        yield f"{put}{operand}" if node["prefix"] else f"{operand}{put}"
    if operator in {"!", "~"}:
        yield operand


def _of_literal(text: Text, node: Node, parent: Node) -> Iterator[str]:
    if node["kind"] == "bool":
        yield "false" if node["value"] == "true" else "true"
    if node["kind"] != "number":
        return
    meant = _meant(node, parent)
    if meant is not None:
        yield f"{meant}({text(node)} + 1)" if meant else f"{text(node)} + 1"


def _of_constant(text: Text, node: Node, _: Node) -> Iterator[str]:
    if node["name"].isupper() and _UNSIGNED.match(_type(node)):
        yield f"{text(node)} + 1"


_OFFERS: dict[str, Callable[[Text, Node, Node], Iterator[str]]] = {
    "BinaryOperation": _of_operation,
    "Assignment": _of_assignment,
    "UnaryOperation": _of_unary,
    "Literal": _of_literal,
    "Identifier": _of_constant,
}


def _meant(node: Node, parent: Node) -> str | None:
    """The type a number has to be given where it meets another; None where it has to stay constant."""
    if parent["nodeType"] == "FunctionCall" and node["value"] == "0":
        return None  # may stand for an address or 32 bytes
    if parent["nodeType"] != "BinaryOperation":
        return ""
    shift = parent["operator"] in {"<<", ">>"}
    if _type(parent).startswith("int_const"):
        return None
    if shift and parent["rightExpression"] is node:
        return ""
    type_ = _type(parent) if shift else parent["commonType"]["typeString"]
    return type_ if _UNSIGNED.match(type_) else None


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    for key, value in node.items():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, dict) and "nodeType" in child:
                yield key, child


def _type(node: Node) -> str:
    return str(node["typeDescriptions"]["typeString"])


def _span(node: Node) -> tuple[int, int]:
    start, length, _ = map(int, node["src"].split(":"))
    return start, length
