"""One look at a link outside: listed hosts only, public addresses only, little time, little to read.

The name is resolved once, every address it has is judged, and the connection goes to one of those very addresses;
nothing that the name answers afterwards leads elsewhere. No proxy of the environment, no cookies, no credentials.
"""

import logging
import socket
import time

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, SSLError

from town_portal.releases.rules.link import MOST_HOPS, Look, Seen, judge, onward, public, target

CONNECT_SECONDS = 5.0
READ_SECONDS = 5.0
SECONDS = 15.0
"""For one look, redirects included; resolving a name has the time limit of the machine."""
MOST_READ = 512 * 1024
CHUNK = 16 * 1024

logging.getLogger("urllib3").setLevel(logging.WARNING)


def look(url: str, hosts: frozenset[tuple[str, int]], trusted: frozenset[str] = frozenset()) -> Look:
    """What is to be seen at a link. Hosts that are not listed are not even resolved.

    ``trusted``: addresses that may be spoken to although they are not public; for tests.
    """
    until = time.monotonic() + SECONDS
    for _ in range(MOST_HOPS + 1):
        place = target(url, hosts)
        if place is None:
            return Look(Seen.UNSURE, "网页转到了名单以外的地址，没有跟过去")
        try:
            address = _address(place[1], place[2], trusted)
            if address is None:
                return Look(Seen.UNSURE, "这个域名指向内部地址，没有访问")
            status, location, text = _ask(url, *place, address, until)
        except socket.gaierror:
            return Look(Seen.UNSURE, "域名查不到")
        except ConnectTimeoutError:
            return Look(Seen.UNSURE, "连不上对方的服务器")
        except SSLError:
            return Look(Seen.UNSURE, "对方的安全证书不对")
        except (HTTPError, OSError, TimeoutError, UnicodeError, ValueError):
            return Look(Seen.UNSURE, "对方没有及时回答")
        if not (300 <= status < 400 and location):
            return judge(status, text)
        url = onward(url, location)
    return judge(302, "")


def _address(host: str, port: int, trusted: frozenset[str]) -> str | None:
    """An address of a host; None when any of its addresses is not of the open internet."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    return found[0] if found and all(one in trusted or public(one) for one in found) else None


def _ask(url: str, scheme: str, host: str, port: int, address: str, until: float) -> tuple[int, str, str]:
    """(status, where it is redirected to, the beginning of the text) from one address that was judged."""
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    pool = (
        urllib3.HTTPSConnectionPool(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
        if scheme == "https"
        else urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    )
    with pool:
        parsed = urllib3.util.parse_url(url)
        named = host if port in (80, 443) else f"{host}:{port}"
        answer = pool.request(
            "GET",
            parsed.request_uri,
            headers={"Host": named, "User-Agent": "town-portal", "Accept": "text/html", "Accept-Encoding": "identity"},
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            content = b""
            while len(content) < MOST_READ and (part := answer.read1(CHUNK)):
                content += part
                if time.monotonic() > until:
                    raise TimeoutError
            return answer.status, answer.headers.get("Location", ""), content.decode("utf-8", "replace")
        finally:
            answer.close()
