"""One letter over SMTP."""

import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from town_portal.foundation import clock
from town_portal.notifications.rules.connection import Connection
from town_portal.notifications.rules.outcome import Outcome, broken, delivered, later, quoted, unwanted
from town_portal.notifications.rules.payload import Envelope

SECONDS = 10.0


def letter(connection: Connection, envelope: Envelope, at: datetime) -> EmailMessage:
    """The letter as it leaves; its Message-ID is the message's key, so that a mail program shows it once."""
    sender = connection.config["sender"]
    made = EmailMessage(policy=SMTP)
    made["From"] = Address("信息公开协同平台", addr_spec=sender)
    made["To"] = Address(addr_spec=envelope.mail)
    made["Subject"] = envelope.heading
    made["Date"] = format_datetime(clock.local(at))
    made["Message-ID"] = f"<{envelope.key}@{sender.partition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made["X-Idempotency-Key"] = envelope.key
    made.set_content(envelope.text, cte="base64")
    return made


def send(connection: Connection, envelope: Envelope, at: datetime) -> Outcome:
    """Bring a letter to the mail server."""
    try:
        with _open(connection) as server:
            if connection.config["user"]:
                server.login(connection.config["user"], connection.secret["password"])
            server.send_message(letter(connection, envelope, at))
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            return later("邮件服务器暂时不让登录，过一会儿自动再发")
        return broken("邮箱的账号或授权码不对。请重新生成授权码，在“更换密钥”里换上")
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        if 400 <= code < 500:
            return later("邮件服务器暂时不收，过一会儿自动再发")
        return unwanted(f"收件人的邮箱不收（{code}：{_said(words, connection)}）。请本人核对邮箱地址")
    except smtplib.SMTPSenderRefused as error:
        return _by_code(error.smtp_code, "邮件服务器不让用这个发件地址。请把“发件地址”改成与账号一致")
    except smtplib.SMTPNotSupportedError:
        return broken("邮件服务器不支持所选的加密或登录方式。请换一种加密方式和端口")
    except smtplib.SMTPResponseException as error:
        return _by_code(
            error.smtp_code, f"邮件服务器没有收（{error.smtp_code}：{_said(error.smtp_error, connection)}）"
        )
    except ssl.SSLCertVerificationError:
        return broken("邮件服务器的安全证书不对，没有发送。请核对服务器名称")
    except ssl.SSLError:
        return broken("加密方式和端口对不上。SSL 多用 465 端口，STARTTLS 多用 587 端口")
    except (smtplib.SMTPException, OSError):
        return later("连不上邮件服务器，过一会儿自动再发。一直这样，请检查服务器名称和端口")
    return delivered()


def _open(connection: Connection) -> smtplib.SMTP:
    host, port, security = connection.address, connection.config["port"], connection.config["security"]
    if security == "ssl":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    if security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _by_code(code: int, words: str) -> Outcome:
    return later("邮件服务器暂时不收，过一会儿自动再发") if 400 <= code < 500 else unwanted(words)


def _said(words: object, connection: Connection) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return quoted(text, connection.secrets)
