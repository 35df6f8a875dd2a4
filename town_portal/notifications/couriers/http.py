"""One HTTP request: no redirects, no proxies of the environment, little time, little to read.

Nothing here writes an address to a log or into an error: robots' addresses are their secrets.
"""

import logging
import time
from datetime import datetime

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, LocationParseError, NameResolutionError, SSLError

from town_portal.notifications.rules.answer import judge
from town_portal.notifications.rules.connection import Connection
from town_portal.notifications.rules.outcome import Outcome, broken, later
from town_portal.notifications.rules.payload import Envelope, request
from town_portal.notifications.rules.template import Filled

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
MOST_ANSWER = 64 * 1024

# Its debug lines hold whole addresses, whatever the house's own log is set to.
logging.getLogger("urllib3").setLevel(logging.WARNING)


def send(connection: Connection, envelope: Envelope, at: datetime) -> Outcome:
    """Bring a message by HTTP; ``at`` (UTC) stands in signatures."""
    try:
        status, body = ask(request(connection, envelope, at))
    except TooMuch:
        return later("对方的回答太长，不像是消息服务，过一会儿自动再发。一直这样，请核对地址")
    except (ConnectTimeoutError, NameResolutionError):
        return later("连不上对方的服务器，过一会儿自动再发。一直这样，请检查地址和网络")
    except SSLError:
        return broken("对方的安全证书不对，没有发送。请核对地址；内网自签证书要先装到这台服务器上")
    except (LocationParseError, UnicodeError, ValueError):
        return broken("地址不完整，发不出去。请重新复制，在“更换密钥”里换上")
    except (HTTPError, OSError, TimeoutError):
        return later("对方没有及时回答，过一会儿自动再发")
    return judge(connection, status, body)


class TooMuch(Exception):
    """The answer is longer than any service's."""


def ask(made: Filled) -> tuple[int, bytes]:
    """(status, body) of one request; raises what urllib3 raises, and TooMuch."""
    until = time.monotonic() + CONNECT_SECONDS + READ_SECONDS
    with urllib3.PoolManager(timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)) as pool:
        answer = pool.request(
            made.method,
            made.url,
            body=made.body or None,
            headers={"User-Agent": "town-portal", "Accept-Encoding": "identity", **made.headers},
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            parts, size = [], 0
            while part := answer.read1(8 * 1024):
                parts.append(part)
                size += len(part)
                if size > MOST_ANSWER:
                    raise TooMuch
                if time.monotonic() > until:
                    raise TimeoutError
            return answer.status, b"".join(parts)
        finally:
            answer.close()
