"""Notices in words, in each language of the portal: the law's own sentences, and links to the portal alone.

No letter holds a link that does anything but show a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from backend.notices.letters import Subject, Words
from backend.notices.occasions import FOR_THE_SILENT, Occasion
from backend.notices.titles import one_line, title_in
from backend.portal import labels
from backend.portal.labels import noop
from backend.portal.languages import SOURCE_LANGUAGE, languages
from backend.portal.rendering import environment
from backend.portal.sentences import reason_sentence, silence_sentence, verdict_sentence
from backend.portal.wording import Wording


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters."""

    zone: ZoneInfo

    def write(self, subject: Subject) -> Words:
        """Write one in the reader's language, or in English where it is not spoken here."""
        language = subject.language.partition("-")[0]
        words = Wording(language if language in languages() else SOURCE_LANGUAGE, self.zone, subject.now)
        title = _title(words, subject)
        values = {
            "words": words,
            "title": title,
            "lead": _lead(words, subject),
            "facts": tuple(_facts(words, subject)),
            "sentences": tuple(_sentences(words, subject)),
            "page": f"{subject.page}?lang={words.language}",
            "farewell": f"{subject.farewell}&lang={words.language}",
            "subject": subject,
            "warning": None if subject.warning is None else one_line(subject.warning),
        }
        made = environment(words.language)
        html, text = (made.get_template(name).render(values) for name in ("letter.html", "letter_text.html"))
        heading = words.gettext(_SUBJECTS[subject.occasion], title=title)
        return Words(words.language, heading, text, html)


def _title(words: Wording, subject: Subject) -> str:
    summary = subject.proposal.summary
    titles = {language: text.title for language, text in summary.texts.items()}
    return f"{summary.reference} {title_in(titles, words.language, summary.authoritative)}".strip()


def _lead(words: Wording, subject: Subject) -> str:
    closes = words.relative(subject.proposal.summary.closes_at)
    return words.gettext(_LEADS[subject.occasion], member=one_line(subject.member), closes=closes)


def _facts(words: Wording, subject: Subject) -> Iterator[tuple[str, str]]:
    summary = subject.proposal.summary
    yield words.gettext("Body"), words.label("body", summary.body)
    yield words.gettext("Kind"), words.label("kind", summary.kind)
    if subject.occasion is Occasion.PUBLISHED:
        yield words.gettext("Voting opens"), words.moment(summary.opens_at)
    if subject.occasion is not Occasion.RESULT:
        yield words.gettext("Vote until"), f"{words.date(summary.closes_at)}, {words.moment(summary.closes_at)}"
        return
    if summary.binding_at is not None:
        yield words.gettext("Binds after"), words.moment(summary.binding_at)
    if subject.proposal.veto_until is not None and subject.now <= subject.proposal.veto_until:
        yield words.gettext("A veto can be raised until"), words.moment(subject.proposal.veto_until)


def _sentences(words: Wording, subject: Subject) -> Iterator[str]:
    outcome, summary = subject.proposal.outcome, subject.proposal.summary
    if subject.occasion is Occasion.RESULT:
        yield verdict_sentence(words, outcome)
        yield from filter(None, [reason_sentence(words, outcome)])
        yield words.gettext(labels.STATE_SENTENCES[outcome.state])
    elif subject.occasion in FOR_THE_SILENT:
        yield silence_sentence(words, outcome.rule, summary.attempt)


_SUBJECTS = {
    Occasion.PUBLISHED: noop("New proposal: %(title)s"),
    Occasion.OPENED: noop("Voting is open: %(title)s"),
    Occasion.THREE_DAYS: noop("Your vote is missing: %(title)s"),
    Occasion.ONE_DAY: noop("Last day to vote: %(title)s"),
    Occasion.RESULT: noop("Result: %(title)s"),
    Occasion.REMINDER: noop("The coordinator reminds you to vote: %(title)s"),
}
_LEADS = {
    Occasion.PUBLISHED: noop("A proposal has been published that concerns %(member)s."),
    Occasion.OPENED: noop("Voting is open, and %(member)s has not voted yet."),
    Occasion.THREE_DAYS: noop("Voting closes %(closes)s, and %(member)s has not voted yet."),
    Occasion.ONE_DAY: noop("Voting closes %(closes)s, and %(member)s has not voted yet."),
    Occasion.RESULT: noop("Voting is over. The ballots have been counted and can no longer change."),
    Occasion.REMINDER: noop("The coordinator asks %(member)s to vote. It has not voted yet."),
}
