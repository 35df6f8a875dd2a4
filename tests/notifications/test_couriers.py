"""Who carries messages out: what goes over the wire, and what happens when the wire fails."""

import logging
import socket
import ssl
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.notifications.channels import KEY, PASSWORD, given
from tests.notifications.services import Answer, MailBox, Services, free_port
from town_portal.foundation import clock
from town_portal.notifications.couriers import carry, http, mail
from town_portal.notifications.rules.connection import Connection, checked
from town_portal.notifications.rules.kinds import ChannelKind as K
from town_portal.notifications.rules.payload import Envelope

AT = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
ENVELOPE = Envelope(
    key="0123abcd", number=7, text="一段话\n第二行", heading="【信息公开】甲（编号 7）", mail="chen@example.com"
)


def wecom(address: str) -> Connection:
    return checked(K.WECOM, given(K.WECOM, address))


def test_no_proxy_of_the_environment_is_asked(house: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert carry(wecom(house.address), ENVELOPE, AT).delivered


def test_a_redirect_is_not_followed(house: Services) -> None:
    house.next = [Answer(b"", 307, {"Location": f"{house.address}/cgi-bin/webhook/send"})]
    outcome = carry(wecom(house.address), ENVELOPE, AT)
    assert "转到了别处（HTTP 307）" in outcome.words
    assert len(house.asked) == 1


@pytest.mark.parametrize(("size", "delivered"), [(http.MOST_ANSWER - 200, True), (http.MOST_ANSWER + 1, False)])
def test_a_huge_answer_is_not_read(house: Services, size: int, *, delivered: bool) -> None:
    house.next = [Answer({"errcode": 0, "errmsg": "x" * size})]
    assert carry(wecom(house.address), ENVELOPE, AT).delivered is delivered


def test_a_bomb_is_not_unpacked(house: Services) -> None:
    house.next = [Answer(b"\x1f\x8b not really", 200, {"Content-Encoding": "gzip"})]
    assert carry(wecom(house.address), ENVELOPE, AT).again
    assert house.asked[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:9", "连不上对方的服务器"),
        ("http://nobody.invalid:80", "连不上对方的服务器"),
        ("http://127.0.0.1.:x", "地址不完整"),
    ],
)
def test_where_nobody_is(address: str, words: str) -> None:
    outcome = carry(Connection(K.WECOM, address, {}, {"key": KEY}), ENVELOPE, AT)
    assert words in outcome.words
    assert KEY not in outcome.words


def test_a_drip_of_an_answer_is_left(house: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.3)
    house.next = [Answer({"errcode": 0}, after=1)]
    outcome = carry(wecom(house.address), ENVELOPE, AT)
    assert (outcome.again, outcome.words) == (True, "对方没有及时回答，过一会儿自动再发")


def test_no_line_of_a_log_holds_an_address(house: Services, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    carry(wecom(house.address), ENVELOPE, AT)
    carry(wecom("http://127.0.0.1:9"), ENVELOPE, AT)
    assert KEY not in caplog.text


# -- mail ---------------------------------------------------------------------------------------


def box_at(address: str, **changes: str) -> Connection:
    return checked(K.SMTP, given(K.SMTP, address, **changes))


def test_a_letter_is_the_same_letter_every_time(mail_box: MailBox) -> None:
    for _ in range(2):
        assert carry(box_at(mail_box.address), ENVELOPE, AT).delivered
    assert [letter["Message-ID"] for letter in mail_box.letters] == ["<0123abcd@example.com>"] * 2
    letter = mail_box.letters[0]
    assert letter["From"] == "信息公开协同平台 <portal@example.com>"
    assert letter["Subject"] == ENVELOPE.heading
    assert letter["Date"] == "Mon, 23 Nov 2026 17:15:00 +0800"
    assert letter.get_content().replace("\r\n", "\n").rstrip("\n") == ENVELOPE.text
    assert mail.letter(box_at(mail_box.address), ENVELOPE, AT).as_bytes().isascii()


@pytest.mark.parametrize(
    ("answer", "again", "words"),
    [
        ("451 4.7.1 try later", True, "暂时不收"),
        ("554 5.7.1 spam http://x.example/why", False, "没有收（554：5.7.1 spam ＊＊＊）"),
    ],
)
def test_what_a_mail_server_says(mail_box: MailBox, answer: str, words: str, *, again: bool) -> None:
    mail_box.refusals = [answer]
    outcome = carry(box_at(mail_box.address), ENVELOPE, AT)
    assert (outcome.delivered, outcome.again) == (False, again)
    assert words in outcome.words


def test_a_mail_server_that_is_not_there(mail_box: MailBox) -> None:
    assert "连不上邮件服务器" in carry(box_at(f"smtp://h:{free_port()}"), ENVELOPE, AT).words
    assert "不支持所选的加密" in carry(box_at(mail_box.address, security="starttls"), ENVELOPE, AT).words
    wrong = carry(box_at(mail_box.address, security="ssl"), ENVELOPE, AT)
    assert not wrong.delivered


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_a_letter_is_encrypted_and_the_server_known(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    box, context = MailBox(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    more = (
        {"ssl_context": context, "auth_require_tls": False}
        if security == "ssl"
        else {"tls_context": context, "require_starttls": True}
    )
    controller = Controller(box, hostname="localhost", port=free_port(), authenticator=box.sign_in, **more)
    if security == "ssl":  # its own first look trusts no certificate but known ones
        monkeypatch.setattr(controller, "_trigger_server", lambda: _look(controller.port))
    controller.start()
    typed = {"host": "localhost", "port": str(controller.port), "security": security, "user": "portal"}
    connection = checked(K.SMTP, given(K.SMTP, **typed, mail_password=PASSWORD))
    try:
        stranger = carry(connection, ENVELOPE, AT)
        assert "安全证书不对" in stranger.words
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        outcome = carry(connection, ENVELOPE, AT)
        assert outcome.delivered, outcome.words
    finally:
        controller.stop()
    assert len(box.letters) == 1
    assert {name for _, name in box.accounts} == {"portal"}


def _look(port: int) -> None:
    """Open a connection and close it, whoever answers."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("localhost", port)) as plain, trusting.wrap_socket(plain):
        pass


# -- the long tail ------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_another_service(house: Services, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert carry(checked(K.APPRISE, given(K.APPRISE, house.address)), ENVELOPE, AT).delivered
    assert house.asked[0].json["message"] == ENVELOPE.text
    house.always = Answer({}, 500)
    assert carry(checked(K.APPRISE, given(K.APPRISE, house.address)), ENVELOPE, AT).again
    unknown = carry(checked(K.APPRISE, {"service_address": "nosuchservice://x"}), ENVELOPE, AT)
    assert "不认识这个地址" in unknown.words
    assert KEY not in caplog.text


def test_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert "没有装 apprise" in carry(checked(K.APPRISE, given(K.APPRISE)), ENVELOPE, AT).words
