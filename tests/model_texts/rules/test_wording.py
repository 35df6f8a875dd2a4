"""What a model text may be."""

from dataclasses import replace

import pytest

from town_portal.foundation.errors import Refused
from town_portal.model_texts.rules.kind import EventKind
from town_portal.model_texts.rules.wording import Wording, checked

GOOD = Wording(
    kind=EventKind.MEETING, name=" 党员大会 ", title="【单位】召开党员大会", body="到会【人数】人。\n", hint=" 多少人 "
)


def test_blanks_at_the_ends_fall() -> None:
    found = checked(GOOD)
    assert (found.name, found.body, found.hint, found.kind) == ("党员大会", "到会【人数】人。", "多少人", GOOD.kind)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "名称要有 1—20 个字"),
        ({"name": "长" * 21}, "名称要有 1—20 个字"),
        ({"title": ""}, "标题要有 1—60 个字"),
        ({"body": ""}, "正文要有 1—5000 个字"),
        ({"body": "长" * 5001}, "正文要有"),
        ({"hint": "长" * 201}, "提示最多 200 个字"),
        ({"title": "【单位】【某某】"}, "空格【某某】留着不填"),
        ({"body": "到会【多少】人，在【哪】开。"}, "空格【多少】、【哪】留着不填，校对也查不出来"),
    ],
)
def test_what_is_refused(change: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        checked(replace(GOOD, **change))
