"""`people` and `tokens`: what an operator does for persons and machines, without signing in."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from backend.commands.command import Command
from backend.commands.opening import DATABASE, opened
from backend.exit_codes import ExitCode
from backend.people.callers import Role, Scope
from backend.people.erasure import erase
from backend.people.representatives import find_representative, list_representatives
from backend.people.tokens import TokenOrder, list_tokens, make_token, revoke_token
from backend.queries.mirror import Mirror

DAY = 86_400


def people(arguments: Namespace) -> ExitCode:
    """Export or erase persons."""
    with opened() as installation:
        mirror = installation.mirror()
        _ACTS_ON_PEOPLE[arguments.act](mirror, arguments)
    return ExitCode.DONE


def tokens(arguments: Namespace) -> ExitCode:
    """Make, list or revoke tokens."""
    with opened() as installation:
        _ACTS_ON_TOKENS[arguments.act](installation.mirror(), arguments)
    return ExitCode.DONE


def _export(mirror: Mirror, arguments: Namespace) -> None:
    with mirror.asking() as session:
        if arguments.person:
            _say(asdict(find_representative(session, mirror.consortium.id, arguments.person)))
        else:
            found = list_representatives(session, mirror.consortium.id, arguments.member, with_email=True)
            _say([asdict(each) for each in found])


def _erase(mirror: Mirror, arguments: Namespace) -> None:
    _say(asdict(erase(mirror, arguments.person, reasons=arguments.reasons)))


def _create(mirror: Mirror, arguments: Namespace) -> None:
    order = TokenOrder(
        label=arguments.label,
        scopes=[Scope(each) for each in arguments.scope],
        lasts=arguments.days * DAY,
        role=Role(arguments.role),
        member_id=arguments.member,
        person=arguments.person,
    )
    with mirror.writing() as session:
        token, secret = make_token(session, mirror.consortium, order, mirror.wall_clock())
    _say({**asdict(token), "secret": secret})


def _list(mirror: Mirror, _: Namespace) -> None:
    with mirror.asking() as session:
        _say([asdict(each) for each in list_tokens(session, mirror.consortium.id)])


def _revoke(mirror: Mirror, arguments: Namespace) -> None:
    with mirror.writing() as session:
        _say(asdict(revoke_token(session, mirror.consortium.id, arguments.name, mirror.wall_clock())))


def _say(found: object) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=2))  # noqa: T201


_ACTS_ON_PEOPLE = {"export": _export, "erase": _erase}
_ACTS_ON_TOKENS = {"create": _create, "list": _list, "revoke": _revoke}


def _arguments_on_people(parser: ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="act")
    export = acts.add_parser("export", help="write all that is kept on persons, or on one, as JSON")
    export.add_argument("--person", metavar="PSEUDONYM", help="on this one alone")
    export.add_argument("--member", type=int, metavar="NUMBER", help="on those who act or acted for this member")
    erase = acts.add_parser("erase", help="remove what is personal, and say what was removed")
    erase.add_argument("person", metavar="PSEUDONYM", help="as `people export` gives it")
    erase.add_argument("--reasons", action="store_true", help="also the words and salts of the reasons they gave")


def _arguments_on_tokens(parser: ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="act")
    create = acts.add_parser("create", help="make a token and show its secret, this once")
    create.add_argument("label", help="what it is for; no names of persons")
    create.add_argument("--scope", action="append", required=True, choices=[each.value for each in Scope])
    create.add_argument("--days", type=int, default=90, metavar="N", help="how long it lasts, 1 to 366; 90 if left out")
    create.add_argument("--role", choices=["machine", "auditor"], default="machine")
    create.add_argument("--member", type=int, metavar="NUMBER", help="the member it acts for")
    create.add_argument("--person", metavar="PSEUDONYM", help="whom it is made for; it goes when they are erased")
    acts.add_parser("list", help="show every token, without the secrets")
    revoke = acts.add_parser("revoke", help="end a token at once and for good")
    revoke.add_argument("name", help="as `tokens list` gives it")


PEOPLE = Command(
    name="people",
    summary="export or erase what is kept on persons",
    does="Writes what is kept on the persons who act or acted for members, or erases one of them: name, e-mail address,"
    " language, consent, sessions, tokens go; a pseudonym, the member and the days stay. With --reasons the words and"
    " salts of the reasons that the member gave in those days go too.\n\n"
    "Nothing on chain changes, the export of the mirror stays the same to the byte, and every proof goes on holding."
    " Copies of the database that were made before still hold the person: see docs/runbook.md.",
    needs=f"{DATABASE}; ZBOR_DOCUMENTS to erase reasons.",
    example="python -m backend people erase 9f86d081884c7d659a2feaa0c55ad015",
    run=people,
    add_arguments=_arguments_on_people,
)
TOKENS = Command(
    name="tokens",
    summary="make, list and revoke tokens for machines",
    does="Makes a token with which a program may hand in documents, register webhooks or relay ballots, or with which"
    " an auditor may read; lists tokens; ends one. The secret is shown when the token is made and kept nowhere: whoever"
    " loses it makes another token.",
    needs=f"{DATABASE}.",
    example="python -m backend tokens create archive --scope documents:write --member 7 --days 30",
    run=tokens,
    add_arguments=_arguments_on_tokens,
)
