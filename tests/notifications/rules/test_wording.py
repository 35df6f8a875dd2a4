"""Messages in the words of each kind of channel."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.notifications.rules.kinds import FACTS, ChannelKind
from town_portal.notifications.rules.wording import (
    LEAST_BYTES,
    MORE,
    Letter,
    characters,
    clean,
    cut,
    heading,
    written,
)

SNAPSHOT = Path(__file__).parent / "forms.txt"
LETTER = Letter(
    number=1024,
    subject="1 件稿件等您审核",
    lines=("《我镇早稻播种过半》", "来自洛洞村，今天 17:30 前办"),
    link="https://portal.example/waiting",
    urgent=True,
    to="陈志明",
    mention="13800000005",
)
FAMILY = "👨‍👩‍👧‍👦"
WORDS = st.text(st.characters(codec="utf-8"), max_size=400) | st.text("镇村①😀👍🏽é\u0301\u200d🇨🇳 <>\n", max_size=400)


def forms() -> str:
    """The same message in every form, whole and cut short."""
    long = Letter(number=7, subject="三件事要办", lines=("说明" * 200,), link="https://portal.example/waiting")
    parts = []
    for kind in ChannelKind:
        parts.append(f"== {kind.value}\n{written(kind, LETTER, FACTS[kind].bytes_limit)}")
        parts.append(f"== {kind.value}, 200 bytes\n{written(kind, long, 200)}")
    return "\n\n".join([*parts, f"== heading\n{heading(LETTER)}"]) + "\n"


def test_the_forms_are_those_that_were_read_and_agreed() -> None:
    """Write them anew by ``SNAPSHOT.write_text(forms())`` and read the difference."""
    assert forms() == SNAPSHOT.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ChannelKind)
@given(
    subject=WORDS, line=WORDS, limit=st.integers(LEAST_BYTES, 3_000), number=st.integers(1, 10**9), linked=st.booleans()
)
def test_nothing_is_longer_than_its_channel_takes(
    kind: ChannelKind, subject: str, line: str, limit: int, number: int, *, linked: bool
) -> None:
    link = f"https://portal.example/{'p' * 150}" if linked else ""
    letter = Letter(number=number, subject=subject, lines=(line, line), link=link, to="李月娥")
    text = written(kind, letter, limit)
    assert len(text.encode()) <= limit
    assert f"编号 {number}" in text
    whole = written(kind, letter, 10**6)
    assert text == whole or MORE in text


@given(words=WORDS, limit=st.integers(0, 500))
def test_a_cut_takes_whole_characters(words: str, limit: int) -> None:
    kept = cut(words, limit)
    assert words.startswith(kept)
    assert len(kept.encode()) <= limit
    whole = list(characters(words))
    assert "".join(whole) == words
    assert list(characters(kept)) == whole[: len(list(characters(kept)))]
    if kept != words:
        next_one = whole[len(list(characters(kept)))]
        assert len((kept + next_one).encode()) > limit


@pytest.mark.parametrize(
    ("words", "number"),
    [("汤塘镇", 3), (FAMILY, 1), ("👍🏽", 1), ("🇨🇳🇨🇳", 2), ("e\u0301", 1), ("①㎡", 2), ("", 0), ("❤️", 1)],
)
def test_characters_are_what_a_reader_takes_for_one(words: str, number: int) -> None:
    assert len(list(characters(words))) == number


def test_a_family_is_not_torn() -> None:
    assert cut(f"好{FAMILY}", 3 + len(FAMILY.encode()) - 1) == "好"


def test_long_chinese_and_emoji_fit_the_robot() -> None:
    letter = Letter(number=5, subject="通报", lines=("防汛" * 1_500, FAMILY * 100), link="https://portal.example/a")
    text = written(ChannelKind.WECOM, letter, 2_048)
    assert 2_040 < len(text.encode()) <= 2_048
    assert text.endswith(f"{MORE}\nhttps://portal.example/a\n编号 5")


def test_a_title_calls_nobody_and_breaks_no_line() -> None:
    letter = Letter(number=1, subject='<at user_id="all">所有人</at>', lines=("一\r\n二\x00三\u2028四",))
    text = written(ChannelKind.FEISHU, letter, 2_000)
    assert "<at" not in text
    assert "一 二 三 四" in text
    assert heading(Letter(number=1, subject="甲\r\nBcc: 乙", lines=())) == "【信息公开】甲 Bcc: 乙（编号 1）"
    assert clean("  多 \t 空 ") == "多 空"
