"""Refusals to people and machines.

    AccessError                    who asks is not known, or may not
    ├── NotSignedInError
    ├── NotAllowedError
    ├── ForeignOriginError
    └── SignInRefusedError
        ├── SignatureRefusedError
        ├── NonceUsedError
        └── UnknownWalletError
    NotFoundError
    ├── TokenNotFoundError
    └── PersonNotFoundError

None of them repeats a name, an e-mail address or a secret.
"""

from __future__ import annotations

from backend.errors import NotFoundError, ZborError


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
