"""What a gateway is sent: an address, headers and a body with blanks, each filled as its place demands.

Blanks are {phone}, {text}, {number}, {key} and {secret}. In a body of JSON they stand inside strings and are
escaped by construction, for the parsed value is filled; in an address and in a form's fields they
are percent-encoded; in a header they may hold nothing but plain ASCII.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from town_portal.foundation.errors import Refused
from town_portal.notifications.rules import address

BLANKS = ("phone", "text", "number", "key", "secret")
LONGEST = 4_000
_BLANK = re.compile(r"\{([A-Za-z_]+)\}")
_SECRETIVE = re.compile(r"authorization|token|secret|passw|pwd|api-?_?key", re.IGNORECASE)
_HEADER = re.compile(r"([A-Za-z0-9-]{1,60}):[ \t]*([\x20-\x7e]{0,500})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How one gateway is asked. ``form``: the body is fields, one ``name=value`` a line, instead of JSON."""

    method: str
    url: str
    headers: str = ""
    body: str = ""
    form: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A request ready to leave."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


def check(template: Template) -> None:
    """Refused with words for the place: blanks nobody knows, a body that does not parse, a bare secret."""
    if template.method not in ("POST", "GET"):
        raise Refused("方法请选 POST 或 GET")
    address.check(_BLANK.sub("x", template.url), "接口地址")
    if _BLANK.search(urlsplit(template.url).netloc):
        raise Refused("接口地址的服务器部分不能写 {} 空")
    parts = (template.url, template.headers, template.body)
    if any(len(part) > LONGEST for part in parts):
        raise Refused(f"接口地址、请求头和正文模板各自最多 {LONGEST} 个字")
    used = {name for part in parts for name in _BLANK.findall(part)}
    if unknown := sorted(used - set(BLANKS)):
        raise Refused(f"没有 {{{unknown[0]}}} 这个空，能用的是 {{phone}}、{{text}}、{{number}}、{{key}} 和 {{secret}}")
    if template.method == "GET" and template.body.strip():
        raise Refused("GET 没有正文，请把正文模板清空，或者改用 POST")
    for name, value in (*_headers(template), *_query(template), *_fields(template)):
        if _SECRETIVE.search(name) and value.strip() and "{secret}" not in value:
            raise Refused(f"“{name}”看来是密钥。请在这里写 {{secret}}，密钥本身填到“密钥”一栏，系统会加密保存")
    for blank in ("phone", "text"):
        if blank not in used:
            raise Refused(f"模板里要有 {{{blank}}}，否则网关不知道{'发给谁' if blank == 'phone' else '发什么'}")


def asks_secret(template: Template) -> bool:
    """Does the template have a place for the secret?"""
    return any("{secret}" in part for part in (template.url, template.headers, template.body))


def filled(template: Template, values: Mapping[str, str]) -> Filled:
    """The request with its blanks filled. Takes every name of ``BLANKS``."""
    url = _BLANK.sub(lambda found: quote(values[found[1]], safe=""), template.url)
    headers = {name: _plain(_fill(value, values)) for name, value in _headers(template)}
    if template.method == "GET":
        return Filled("GET", url, headers, b"")
    if template.form:
        fields = [(name, _fill(value, values)) for name, value in _form_lines(template)]
        kind, body = "application/x-www-form-urlencoded; charset=utf-8", urlencode(fields).encode()
    else:
        value = _walked(json.loads(template.body), values)
        kind, body = "application/json; charset=utf-8", json.dumps(value, ensure_ascii=False).encode()
    return Filled(template.method, url, {"Content-Type": kind, **headers}, body)


def _fill(part: str, values: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda found: values[found[1]], part)


def _plain(value: str) -> str:
    """A header's value: what is no plain ASCII is percent-encoded, so that it can break no line."""
    return value if value.isascii() and value.isprintable() else quote(value, safe=" /:;=,.+-_")


def _walked(value: Any, values: Mapping[str, str]) -> Any:
    """A JSON value with the blanks in its strings filled."""
    if isinstance(value, str):
        return _fill(value, values)
    if isinstance(value, list):
        return [_walked(one, values) for one in value]
    if isinstance(value, dict):
        return {name: _walked(one, values) for name, one in value.items()}
    return value


def _headers(template: Template) -> Iterator[tuple[str, str]]:
    for line in template.headers.splitlines():
        if not line.strip():
            continue
        found = _HEADER.fullmatch(line.strip())
        if not found:
            raise Refused(f"请求头要一行一个，写成“Name: value”，只用英文和数字：{line.strip()[:20]}")
        if found[1].lower() in ("host", "content-length", "transfer-encoding", "connection"):
            raise Refused(f"请求头“{found[1]}”由系统填写，请删去")
        yield found[1], found[2]


def _query(template: Template) -> Iterator[tuple[str, str]]:
    yield from parse_qsl(urlsplit(template.url).query, keep_blank_values=True)


def _fields(template: Template) -> Iterator[tuple[str, str]]:
    """The names and texts of the body, wherever they stand."""
    if template.method == "GET":
        return
    if template.form:
        yield from _form_lines(template)
        return
    try:
        value = json.loads(template.body)
    except ValueError:
        raise Refused("正文模板不是正确的 JSON：每个 {} 空都要写在英文引号里面，最后一项后面不能有逗号") from None
    yield from _named("", value)


def _named(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _named(key, one)
    elif isinstance(value, list):
        for one in value:
            yield from _named(name, one)
    else:
        yield name, str(value)


def _form_lines(template: Template) -> Iterator[tuple[str, str]]:
    for line in template.body.splitlines():
        if not line.strip():
            continue
        name, equals, value = line.strip().partition("=")
        if not equals or not name.strip():
            raise Refused(f"正文模板要一行一项，写成“名称=值”：{line.strip()[:20]}")
        yield name.strip(), value.strip()
