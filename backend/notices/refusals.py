"""Refusals to those who want to be told.

ZborError
├── TooManyListenersError
├── AddressRefusedError
└── TooManyWebhooksError
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
