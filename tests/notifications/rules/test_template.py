"""What a gateway is sent."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import Refused
from town_portal.notifications.rules.template import Template, asks_secret, check, filled

VALUES = {"phone": "13800000001", "text": '他说"好"\n换行\\', "number": "7", "key": "abc", "secret": "s&e=c"}
JSON = Template(
    method="POST", url="https://a.example/sms", body='{"to": ["{phone}"], "sign": "{secret}", "t": "{text}"}'
)
FORM = Template(
    method="POST", url="https://a.example/sms", body="mobile={phone}\ncontent={text}\npwd={secret}", form=True
)
GET = Template(method="GET", url="https://a.example/sms?m={phone}&t={text}&k={key}")


def test_json_is_escaped_by_construction() -> None:
    made = filled(JSON, VALUES)
    assert json.loads(made.body) == {"to": ["13800000001"], "sign": "s&e=c", "t": VALUES["text"]}
    assert made.headers == {"Content-Type": "application/json; charset=utf-8"}


@given(st.text())
def test_whatever_is_told_stays_in_its_place(words: str) -> None:
    values = {**VALUES, "text": words}
    assert json.loads(filled(JSON, values).body)["t"] == words or "\ud800" <= max(words, default="") <= "\udfff"


def test_a_form_and_an_address_are_percent_encoded() -> None:
    assert b"&pwd=s%26e%3Dc" in filled(FORM, VALUES).body
    made = filled(GET, {**VALUES, "text": "好&m=1"})
    assert (made.url, made.body) == ("https://a.example/sms?m=13800000001&t=%E5%A5%BD%26m%3D1&k=abc", b"")


def test_a_header_breaks_no_line() -> None:
    made = filled(
        Template(method="POST", url="https://a.example", headers="X-A: {secret}\n\nX-B: 1", body=JSON.body),
        {**VALUES, "secret": "a\r\nX-C: 2"},
    )
    assert made.headers["X-A"] == "a%0D%0AX-C: 2"
    assert made.headers["X-B"] == "1"


def test_a_blank_in_a_value_is_no_blank() -> None:
    assert json.loads(filled(JSON, {**VALUES, "text": "{secret}"}).body)["t"] == "{secret}"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (Template(method="PUT", url=JSON.url, body=JSON.body), "方法请选 POST 或 GET"),
        (Template(method="POST", url="ftp://a.example", body=JSON.body), "接口地址要以 https://"),
        (Template(method="POST", url="https://{phone}.example", body=JSON.body), "服务器部分不能写"),
        (Template(method="POST", url=JSON.url, body='{"to": {phone}, "t": "{text}"}'), "不是正确的 JSON"),
        (Template(method="POST", url=JSON.url, body='{"to": "{mobile}", "t": "{text}"}'), "没有 {mobile} 这个空"),
        (Template(method="POST", url=JSON.url, body='{"t": "{text}"}'), "模板里要有 {phone}"),
        (Template(method="POST", url=JSON.url, body='{"t": "{phone}"}'), "模板里要有 {text}"),
        (Template(method="GET", url=GET.url, body="x"), "GET 没有正文"),
        (Template(method="POST", url=JSON.url, body="{phone}", form=True), "名称=值"),
        (Template(method="POST", url=JSON.url, body=JSON.body, headers="没有冒号"), "请求头要一行一个"),
        (Template(method="POST", url=JSON.url, body=JSON.body, headers="Host: b.example"), "由系统填写"),
        (Template(method="POST", url=JSON.url, body=JSON.body, headers="Authorization: abc"), "看来是密钥"),
        (Template(method="POST", url=f"{JSON.url}?token=abc", body=JSON.body), "看来是密钥"),
        (Template(method="POST", url=JSON.url, body='{"p": "{phone}", "t": "{text}", "apiKey": "x"}'), "看来是密钥"),
        (Template(method="POST", url=JSON.url, body='{"p": "{phone}", "t": [{"passwd": "{text}"}]}'), "看来是密钥"),
        (Template(method="POST", url=JSON.url, body="p={phone}\nt={text}\npwd=1", form=True), "看来是密钥"),
        (Template(method="POST", url=JSON.url, body=f'{{"a": "{"x" * 4_001}"}}'), "最多 4000 个字"),
    ],
)
def test_what_is_refused(template: Template, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check(template)


def test_what_is_taken() -> None:
    for template in (JSON, FORM, GET):
        check(template)
    assert [asks_secret(one) for one in (JSON, FORM, GET)] == [True, True, False]
