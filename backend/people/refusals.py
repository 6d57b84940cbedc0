"""Refusals to people and machines.

    AccessError                    who asks is not known, or may not
    ├── NotSignedInError
    ├── NotAllowedError
    ├── ForeignOriginError
    └── SignInRefusedError
        ├── SignatureRefusedError
        ├── NonceUsedError
        └── UnknownWalletError
    KeyReusedError
    TooManyPersonsError
    DraftError                     a draft cannot be kept like that
    ├── DraftChangedError
    ├── DraftTooLargeError
    └── TooManyDraftsError
    NotFoundError
    ├── TokenNotFoundError
    ├── PersonNotFoundError
    └── DraftNotFoundError

None of them repeats a name, an e-mail address or a secret.
"""

from __future__ import annotations

from backend.errors import InvalidRequestError, NotFoundError, ZborError


class AccessError(ZborError):
    """Who asks is not known, or may not."""

    code = "ACCESS_REFUSED"


class NotSignedInError(AccessError):
    """Nobody is signed in: sign in with the member's wallet, or send a token that still runs."""

    code = "NOT_SIGNED_IN"

    def __init__(self) -> None:
        super().__init__("Nobody is signed in, or the session or token has ended. Sign in, or send a token.")


class NotAllowedError(AccessError):
    """Whoever is signed in may not do this: ask the coordinator, or use a token with the scope the message names."""

    code = "NOT_ALLOWED"


class ForeignOriginError(AccessError):
    """A page of another origin sent this with our visitor's cookie: nothing was done."""

    code = "FOREIGN_ORIGIN"

    def __init__(self) -> None:
        super().__init__("A request with a cookie must come from a page of this service. Use a token elsewhere.")


class SignInRefusedError(AccessError):
    """The message says something else than it must: sign the one that this service gives out, and soon."""

    code = "SIGN_IN_REFUSED"

    def __init__(self, part: str, problem: str) -> None:
        self.part = part
        self.problem = problem
        super().__init__(f"{part}: {problem}")


class SignatureRefusedError(SignInRefusedError):
    """The signature is not one of the address in the message: sign with the wallet that the message names."""

    code = "SIGNATURE_REFUSED"

    def __init__(self) -> None:
        super().__init__("signature", "is not one of the address in the message")


class NonceUsedError(SignInRefusedError):
    """Somebody has signed in with this message before: ask for a new one and sign that."""

    code = "NONCE_USED"

    def __init__(self) -> None:
        super().__init__("nonce", "was used before; ask for a new message and sign that")


class UnknownWalletError(SignInRefusedError):
    """The wallet is of no member and holds no office: use the member's current wallet."""

    code = "WALLET_UNKNOWN"

    def __init__(self) -> None:
        super().__init__("address", "is the current wallet of no member and holds no office here")


class TokenNotFoundError(NotFoundError):
    """Look it up in the list of tokens; tokens are known by the name they were given, not by their secret."""

    code = "TOKEN_NOT_FOUND"
    noun = "token"


class PersonNotFoundError(NotFoundError):
    """Look it up in the list of representatives; persons are known by their pseudonym."""

    code = "PERSON_NOT_FOUND"
    noun = "person"


class KeyReusedError(InvalidRequestError):
    """The key stands for another request: draw a new key for each."""

    code = "IDEMPOTENCY_KEY_REUSED"

    def __init__(self) -> None:
        super().__init__("Idempotency-Key", "was sent with another request; draw a new key for each")


class TooManyPersonsError(ZborError):
    """The organisation has as many people on file as are kept: erase who does not act for it any more."""

    code = "TOO_MANY_PERSONS"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"Your organisation has {most} people on file, those erased within a day among them, and no more are kept. "
            "Erase who does not act for it any more, or wait a day."
        )


class DraftError(ZborError):
    """A draft cannot be kept like that: the message says why."""

    code = "DRAFT_REFUSED"


class DraftChangedError(DraftError):
    """Somebody has saved the draft since: look at what they wrote, and save over that version or begin another."""

    code = "DRAFT_CHANGED"

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(f"The draft was saved meanwhile and is now at version {version}. Read it before you save.")


class DraftTooLargeError(DraftError):
    """The draft is longer than any proposal may be: shorten its texts, or attach them as files."""

    code = "DRAFT_TOO_LARGE"

    def __init__(self, size: int, most: int) -> None:
        super().__init__(f"The draft has {size} bytes; {most} are kept. Shorten its texts, or attach them as files.")


class TooManyDraftsError(DraftError):
    """The organisation has as many drafts as are kept: remove one that is not needed any more."""

    code = "TOO_MANY_DRAFTS"

    def __init__(self, most: int) -> None:
        super().__init__(f"Your organisation has {most} drafts, and no more are kept. Remove one first.")


class DraftNotFoundError(NotFoundError):
    """Look it up in the list of drafts: it was removed, or belongs to another organisation."""

    code = "DRAFT_NOT_FOUND"
    noun = "draft"
