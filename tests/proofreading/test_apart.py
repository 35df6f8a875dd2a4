"""The proofreader in its own process: the same findings, and what happens when it ends or hangs."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tests.proofreading.say import LEXICON
from town_portal.foundation.errors import Refused
from town_portal.proofreading import apart
from town_portal.proofreading.apart import Asked, ReaderApart
from town_portal.proofreading.language_model import MODEL
from town_portal.proofreading.reader import read, warmed
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

TEXT = Writing("全镇共受理93件，其中来电47件、来访29件、留言18件。要把学习成果转化为推功工作的具体举措。")


@pytest.fixture(scope="module")
def there() -> Iterator[ReaderApart]:
    """One that has begun."""
    reader = ReaderApart(MODEL)
    reader.start()
    yield reader
    reader.end()


def ask(reader: ReaderApart, writing: Writing = TEXT, lexicon: Lexicon = LEXICON) -> apart.Answer:
    """One text with guesses."""
    return reader.read(Asked(writing, frozenset(), guesses=True), lexicon)


def test_it_finds_the_same_as_here(there: ReaderApart) -> None:
    answer = ask(there)
    assert (answer.found, answer.guessed) == read(warmed(MODEL), TEXT, LEXICON, guesses=True)
    assert answer.found


def test_guesses_are_left_out_when_not_asked_for(there: ReaderApart) -> None:
    assert there.read(Asked(TEXT, frozenset(), guesses=False), LEXICON).guessed == []


def test_another_lexicon_is_told(there: ReaderApart) -> None:
    village = Writing("我在凌塘村看了荔枝。", None)
    assert "place_name" in {one.family for one in ask(there, village).found}
    assert "place_name" not in {one.family for one in ask(there, village, Lexicon()).found}
    assert "place_name" in {one.family for one in ask(there, village).found}


def test_it_is_started_again_when_it_was_ended(there: ReaderApart) -> None:
    before = there.process.pid
    os.kill(before, signal.SIGKILL)
    time.sleep(0.1)
    assert ask(there).found
    assert there.process.pid != before


def test_a_text_that_takes_too_long_is_refused_and_the_next_is_read(
    there: ReaderApart, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(there)
    os.kill(there.process.pid, signal.SIGSTOP)
    monkeypatch.setattr(apart, "READING", 0.2)
    with pytest.raises(Refused, match="用时太长"):
        ask(there)
    monkeypatch.undo()
    assert ask(there).found


def test_a_fault_is_told_without_the_words_of_the_text(there: ReaderApart, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Refused, match="出了错"):
        ask(there, Writing("保密的话", "no day"))  # type: ignore[arg-type]
    assert "保密的话" not in caplog.text
    assert ask(there).found


def test_a_process_that_does_not_start_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "STARTING", 0.0)
    with pytest.raises(Refused, match="停了"):
        ask(ReaderApart(MODEL))
