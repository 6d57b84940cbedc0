"""Refusals to those who want to be told.

ZborError
├── TooManyListenersError
├── AddressRefusedError
├── TooManyWebhooksError
├── MailServerError
├── LetterRefusedError
└── ReminderRefusedError
    ├── NoticesOffError
    ├── NotOpenError
    └── RemindedTodayError
NotFoundError
└── WebhookNotFoundError
"""

from __future__ import annotations

from backend.errors import InvalidRequestError, NotFoundError, ZborError


class TooManyListenersError(ZborError):
    """As many listen already as one process takes: try again in a minute, or ask for /v1/changes now and then."""

    code = "TOO_MANY_LISTENERS"

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"{most} clients listen already. Try again in a minute, or read /v1/changes now and then.")


class AddressRefusedError(InvalidRequestError):
    """The address cannot be called: it must be public, and reached by https."""

    code = "ADDRESS_REFUSED"

    def __init__(self, problem: str) -> None:
        super().__init__("url", problem)


class TooManyWebhooksError(ZborError):
    """There are as many subscriptions as are kept: end one that is not needed any more."""

    code = "TOO_MANY_WEBHOOKS"

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"There are {most} subscriptions already, and no more are kept. End one first.")


class WebhookNotFoundError(NotFoundError):
    """Look it up in the list of subscriptions."""

    code = "WEBHOOK_NOT_FOUND"
    noun = "webhook"


class MailServerError(ZborError):
    """The mail server takes no letters now: see that it runs, encrypts, and knows the user and the password."""

    code = "MAIL_SERVER"

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"The mail server takes no letters: {problem}.")


class LetterRefusedError(ZborError):
    """The mail server does not take this letter: see whether the address is right."""

    code = "LETTER_REFUSED"

    def __init__(self, answer: int, *, for_good: bool) -> None:
        self.answer = answer
        self.for_good = for_good
        super().__init__(f"The mail server answered {answer} to a letter.")


class ReminderRefusedError(ZborError):
    """Nobody can be reminded of this proposal now."""

    code = "REMINDER_REFUSED"


class NoticesOffError(ReminderRefusedError):
    """This service sends no e-mail: the operator has to set a mail server."""

    code = "NOTICES_OFF"

    def __init__(self) -> None:
        super().__init__("This service sends no e-mail. The operator has to set a mail server first.")


class NotOpenError(ReminderRefusedError):
    """Voting is not open, so there is nothing to remind of."""

    code = "NOTHING_TO_REMIND_OF"

    def __init__(self) -> None:
        super().__init__("Voting on this proposal is not open, so there is nothing to remind of.")


class RemindedTodayError(ReminderRefusedError):
    """People were reminded of this proposal today: once a day is enough."""

    code = "REMINDED_TODAY"

    def __init__(self) -> None:
        super().__init__("People were reminded of this proposal today already. Remind them again tomorrow.")
