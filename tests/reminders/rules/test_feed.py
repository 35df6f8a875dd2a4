"""The calendar feed."""

from tests.reminders.duties import a_duty, at
from town_portal.reminders.rules import feed

NOW = at("2026-03-02 10:00")


def unfolded(text: str) -> list[str]:
    """The content lines of a calendar."""
    return text.replace("\r\n ", "").split("\r\n")


def test_a_due_date_stands_as_the_half_hour_before_it() -> None:
    lines = unfolded(feed.calendar("汤塘镇时限", [(a_duty(), "http://portal/review/1")], NOW, titles=True))
    assert "DTSTART:20260303T013000Z" in lines
    assert "DTEND:20260303T020000Z" in lines
    assert "SUMMARY:到期：二审二校《洛洞村开展秋收农技培训》" in lines
    assert "URL:http://portal/review/1" in lines


def test_without_titles_none_stands_in_it() -> None:
    text = feed.calendar("汤塘镇时限", [(a_duty(), "")], NOW, titles=False)
    assert "SUMMARY:到期：二审二校\r\n" in text
    assert "洛洞" not in text


def test_special_signs_are_escaped_and_lines_folded_within_75_octets() -> None:
    duty = a_duty(what="一；二,三;四\\五\n" + "很长的标题" * 20)
    text = feed.calendar("汤塘镇", [(duty, "")], NOW, titles=True)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert any("二\\,三\\;四\\\\五 很长" in line for line in unfolded(text))


def test_a_duty_keeps_its_name_and_shows_nothing_of_its_key() -> None:
    one, two = (feed.calendar("汤塘镇", [(a_duty(), "")], at(f"2026-03-02 1{n}:00"), titles=True) for n in (0, 1))
    uids = [next(line for line in unfolded(text) if line.startswith("UID")) for text in (one, two)]
    assert uids[0] == uids[1]
    assert "visit" not in uids[0]


def test_tokens_are_long_and_kept_as_hashes() -> None:
    token = feed.new_token()
    assert len(token) >= 43
    assert feed.hash_of(token) != token
    assert feed.hash_of(token) == feed.hash_of(token)
