"""The law in force as one text in Markdown: bodies, what each decides and who votes there, and the rules. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from backend.portal import labels
from backend.portal.elision import elided
from backend.portal.sentences import rule_sentences
from backend.portal.wording import Wording
from backend.queries.views import BodyView, KindView, LawView, MemberRef, RuleView

_MARKS = re.compile(r"([!#$%&*+\-./:<=>@\[\\\]^_`{|}~])")
"""What Markdown, also GitHub's, could take for a mark, an address or an entity."""


def charter(words: Wording, law: LawView) -> str:
    """Write the law for a reader."""
    parts = chain(_opening(words, law), *(_body(words, body, law.kinds) for body in law.bodies), _rules(words, law))
    return "\n\n".join(parts) + "\n"


def _opening(words: Wording, law: LawView) -> Iterator[str]:
    yield "# " + words.gettext("%(name)s: bodies and rules", name=plain(law.name))
    if law.notice:
        yield f"> {plain(law.notice)}"
    yield words.gettext(
        "Who decides on what, and how. The contracts enforce these rules; they change only by a decision."
    )


def _body(words: Wording, body: BodyView, kinds: Sequence[KindView]) -> Iterator[str]:
    yield f"## {plain(words.label('body', body.name))} ({code(body.name)})"
    if body.name in labels.BODY_SENTENCES:
        yield words.label("body_sentence", body.name)
    yield words.ngettext(
        "%(num)d member may vote here", "%(num)d members may vote here", body.entitled, num=body.entitled
    ) + ("." if body.classes or not body.members else f": {_names(body.members)}.")
    if body.chair:
        yield words.gettext("Chair:") + f" {plain(body.chair.name)}."
    decided = [kind for kind in kinds if kind.body == body.name]
    if decided:
        yield "### " + words.gettext("What it decides, and under which rule")
        yield "\n".join(_kinds(words, decided))


def _names(members: Iterable[MemberRef]) -> str:
    return ", ".join(plain(member.name) for member in members)


def _kinds(words: Wording, kinds: Iterable[KindView]) -> Iterator[str]:
    heads = (words.gettext("Kind"), words.gettext("Rule"), words.gettext("What only this kind may do"))
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|---|"
    for kind in kinds:
        acts = ", ".join(code(f"{action.contract}.{action.function.partition('(')[0]}") for action in kind.actions)
        yield f"| {_called(words, 'kind', kind.name)} | {_called(words, 'rule', kind.rule)} | {acts or '–'} |"


def _rules(words: Wording, law: LawView) -> Iterator[str]:
    yield "## " + words.gettext("Rules in force")
    for rule in law.rules:
        yield f"### {_called(words, 'rule', rule.name)}"
        yield _version(words, rule)
        yield "\n".join(f"- {sentence}" for sentence in rule_sentences(words, rule))


def _version(words: Wording, rule: RuleView) -> str:
    version = words.gettext("version %(version)s", version=rule.version)
    since = words.gettext("since %(date)s", date=words.day(rule.set_at).replace("\xa0", " "))
    return f"{version}, {elided(words.language, since)}"


def _called(words: Wording, group: str, name: str) -> str:
    return f"{plain(words.label(group, name))} ({code(name)})"


def plain(text: str) -> str:
    """Write words from outside so that Markdown shows them as they are: on one line, and no mark among them."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def code(name: str) -> str:
    """Write a name from outside as code, also within a table."""
    return f"`{' '.join(name.split()).replace('`', chr(39)).replace('|', '/')}`"
