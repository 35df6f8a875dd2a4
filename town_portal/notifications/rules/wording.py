"""A message in the words of each kind of channel, cut to what it takes.

What is never cut: that there is more in the portal, and the message's own number, by which
somebody who gets it twice knows it for the same.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from town_portal.notifications.rules.kinds import ChannelKind

MORE = "……请到门户查看"
NAME = "信息公开"
LEAST_BYTES = 120
"""Less than this would not hold a number, a link's end and a word."""
_SMALL_LINE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as plain values. ``link`` is absolute or empty; ``to`` the name of the person it is for."""

    number: int
    subject: str
    lines: tuple[str, ...]
    link: str = ""
    urgent: bool = False
    to: str = ""
    mention: str = ""
    """The phone by which the person is called in a group, or empty."""


def written(kind: ChannelKind, letter: Letter, limit: int) -> str:
    """The text that a channel of this kind sends, at most ``limit`` bytes of UTF-8."""
    subject, lines = clean(letter.subject), [clean(line) for line in letter.lines]
    number = f"编号 {letter.number}"
    match kind:
        case ChannelKind.GATEWAY:
            head = f"{NAME}{'加急' if letter.urgent else ''}：{subject}"
            return _fitted(head, [line for line in lines if line], [letter.link, number], limit, " ")
        case ChannelKind.SMTP:
            greeting = [f"{clean(letter.to)}："] if letter.to else []
            link = f"打开门户查看：{letter.link}" if letter.link else ""
            end = "这封邮件由信息公开协同平台自动发出，请不要直接回复。"
            return _fitted("\n".join([*greeting, subject]), lines, [link, number, end], limit)
        case _:
            head = f"【{NAME}】{'【加急】' if letter.urgent else ''}{subject}"
            name = f"{'@' if kind is ChannelKind.FEISHU and letter.mention else '请看：'}{clean(letter.to)}"
            whom = [name] if letter.to else []
            called = f"@{letter.mention}" if kind is ChannelKind.DINGTALK and letter.mention else ""
            if kind is ChannelKind.FEISHU:  # a tag calls people there, everybody even; nobody's title may do that
                head, *rest = (words.replace("<", "‹").replace(">", "›") for words in (head, *whom, *lines))
            else:
                rest = [*whom, *lines]
            return _fitted(head, rest, [letter.link, number, called], limit)


def heading(letter: Letter) -> str:
    """The subject line of a mail."""
    words = f"【{NAME}】{'【加急】' if letter.urgent else ''}{clean(letter.subject)}"
    return f"{cut(words, 300)}（编号 {letter.number}）"


def clean(words: str) -> str:
    """One line of text: no control characters, no line breaks, single blanks."""
    return " ".join(
        "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp", "Cs") else one for one in words).split()
    )


def cut(words: str, limit: int) -> str:
    """The longest beginning of whole characters within ``limit`` bytes of UTF-8."""
    kept, room = [], limit
    for one in characters(words):
        room -= len(one.encode())
        if room < 0:
            break
        kept.append(one)
    return "".join(kept)


def characters(words: str) -> Iterator[str]:
    """What a reader takes for one character each: with its accents, its skin colour, its family."""
    held = ""
    for one in words:
        if held and not _belongs(held, one):
            yield held
            held = ""
        held += one
    if held:
        yield held


def _belongs(held: str, one: str) -> bool:
    """Does the next code point belong to the character so far?"""
    joiner, flags = "\u200d", ("\U0001f1e6", "\U0001f1ff")
    if unicodedata.combining(one) or unicodedata.category(one) in ("Mn", "Me", "Mc"):
        return True
    if one == joiner or "\U0001f3fb" <= one <= "\U0001f3ff" or "\U000e0020" <= one <= "\U000e007f":
        return True
    if held[-1] == joiner:
        return True
    return len(held) == 1 and flags[0] <= held <= flags[1] and flags[0] <= one <= flags[1]


def _fitted(head: str, lines: list[str], tail: list[str], limit: int, between: str = "\n") -> str:
    """Head, lines and tail within the limit: the lines give way first, then the head, then the link."""
    end = between.join(part for part in tail if part)
    whole = between.join(part for part in (head, *lines, end) if part)
    if _size(whole) <= limit:
        return whole
    rest = f"{MORE}{between}{end}"
    if _size(head) + _size(between) + _size(rest) <= limit:
        room = limit - _size(rest)
        return cut(between.join((head, *lines)), room).rstrip() + rest
    if _size(rest) + _SMALL_LINE <= limit:
        return cut(head, limit - _size(rest)).rstrip() + rest
    rest = f"{MORE}{between}{tail[1]}"
    return cut(head, limit - _size(rest)).rstrip() + rest


def _size(words: str) -> int:
    return len(words.encode())
