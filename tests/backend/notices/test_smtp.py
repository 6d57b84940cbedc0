"""How letters are handed over: encrypted, with a password only where that is safe, and not for ever."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
import trustme
from aiosmtpd.smtp import AuthResult

from backend.notices.refusals import LetterRefusedError, MailServerError
from backend.notices.smtp import MailServer
from tests.backend.notices.conftest import Listening

pytestmark = pytest.mark.usefixtures("socket_enabled")
AUTHORITY = trustme.CA()


def server_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)
    return context


def trusting():
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


@contextmanager
def listening(inbox, **more):
    controller = Listening(inbox, hostname="127.0.0.1", port=0, **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def letter():
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "zbor@example.org", "a@example.org", "x"
    made.set_content("x")
    return made


def send(server):
    with server.connected() as connection:
        connection.send(letter(), "zbor@example.org", "a@example.org")


def test_a_letter_goes_out_encrypted_where_the_server_can(inbox):
    with listening(inbox, tls_context=server_context()) as port:
        send(MailServer(f"smtp://127.0.0.1:{port}", context=trusting()))

    assert inbox.envelopes == [("zbor@example.org", ("a@example.org",), True)]


def test_a_letter_goes_out_over_tls_from_the_first_byte(inbox):
    class Encrypted(Listening):
        def _trigger_server(self):
            self.port = self.server.sockets[0].getsockname()[1]
            with (
                socket.create_connection(("127.0.0.1", self.port)) as raw,
                trusting().wrap_socket(raw, server_hostname="127.0.0.1") as secured,
            ):
                secured.recv(100)

    controller = Encrypted(inbox, hostname="127.0.0.1", port=0, ssl_context=server_context())
    controller.start()
    try:
        send(MailServer(f"smtps://127.0.0.1:{controller.port}", context=trusting()))
    finally:
        controller.stop()
    assert len(inbox.letters) == 1


def test_attack_a_server_with_a_certificate_of_nobody_gets_no_letter(inbox):
    with listening(inbox, tls_context=server_context()) as port, pytest.raises(MailServerError, match="SSLCert"):
        send(MailServer(f"smtp://127.0.0.1:{port}"))
    assert inbox.letters == []


def test_attack_a_server_elsewhere_that_does_not_encrypt_gets_neither_letter_nor_password(inbox, monkeypatch):
    """As if somebody on the way had taken STARTTLS out of its answers."""
    seen = []
    monkeypatch.setattr("backend.notices.smtp.LOOPBACK", ())
    with listening(inbox, auth_callback=lambda *_: seen.append(1), auth_require_tls=False) as port:
        server = MailServer(f"smtp://127.0.0.1:{port}", "user", "s3cret")
        with pytest.raises(MailServerError, match="NotSupported"):
            send(server)
    assert (inbox.letters, seen) == ([], [])


def test_the_user_and_the_password_are_given_over_tls(inbox):
    given = []

    def checked(server, session, envelope, mechanism, data):
        given.append((data.login, data.password, session.ssl is not None))
        return AuthResult(success=data.password == b"s3cret")

    with listening(inbox, tls_context=server_context(), authenticator=checked, auth_required=True) as port:
        send(MailServer(f"smtp://127.0.0.1:{port}", "user", "s3cret", context=trusting()))
        with pytest.raises(MailServerError) as refused:
            send(MailServer(f"smtp://127.0.0.1:{port}", "user", "wrong", context=trusting(), longest_step=2))
    assert given[0] == (b"user", b"s3cret", True)
    assert "wrong" not in str(refused.value)
    assert len(inbox.letters) == 1


def test_a_password_is_never_printed():
    assert "s3cret" not in repr(MailServer("smtp://mail.example.org", "user", "s3cret"))


def test_a_server_that_says_nothing_is_not_waited_for_for_ever():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(MailServerError):
            send(MailServer(f"smtp://127.0.0.1:{port}", longest_step=0.2))


def test_attack_a_server_that_answers_without_end_is_left():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_chatter, args=(listener,), daemon=True)
        thread.start()
        with pytest.raises(MailServerError):
            send(MailServer(f"smtp://127.0.0.1:{listener.getsockname()[1]}", longest_step=1))
        thread.join(10)


def _chatter(listener):
    connection, _ = listener.accept()
    with connection:
        try:
            connection.sendall(b"220 " + b"x" * 100_000)
            connection.recv(1)
        except OSError:
            return


@pytest.mark.parametrize(("answer", "for_good"), [("550 nobody of that name", True), ("450 later", False)])
def test_a_refusal_says_whether_it_is_for_good_and_repeats_no_address(inbox, answer, for_good):
    inbox.answers = {"a@example.org": f"{answer} a@example.org"}
    with listening(inbox) as port, pytest.raises(LetterRefusedError) as refused:
        send(MailServer(f"smtp://127.0.0.1:{port}"))
    assert refused.value.for_good is for_good
    assert "example.org" not in str(refused.value)
