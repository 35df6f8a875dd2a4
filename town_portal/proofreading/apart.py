"""The proofreader in a process of its own.

The vocabulary, the readings and the language model take some 400 MB and a text takes tens of
milliseconds of a core: neither belongs into a process that answers pages. What is asked goes over
a pipe, one text at a time; a text that takes too long costs that process its life, nobody's page.
"""

import logging
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

from town_portal.foundation.errors import Refused
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

STARTING = 90.0
"""Seconds a new process may take until it can read; on a busy machine it loads for several."""
READING = 10.0
"""Seconds one text may take. Ordinary ones take a twentieth of a second."""

ROOT = Path(__file__).parents[2]

log = logging.getLogger(__name__)


class Kind(Enum):
    """What is read, and so which checks read it."""

    TEXT = "text"
    PIECE = "piece of an attachment"
    TABLES = "tables of an attachment"


@dataclass(frozen=True, slots=True)
class Asked:
    """One text to read, by the lexicon that was sent before it."""

    writing: Writing
    exceptions: Collection[tuple[Family, str]]
    guesses: bool
    """Let the speller guess, too."""
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Answer:
    """What is found in a text, and what only the speller finds."""

    found: list[Finding]
    guessed: list[Finding]


class ReaderApart:
    """Asks the other process, which is started when it is first wanted and again when it ended."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._turn = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._told: Lexicon | None = None

    def start(self) -> None:
        """Have the process ready before the first text comes."""
        with self._turn:
            self._opened()

    def read(self, asked: Asked, lexicon: Lexicon) -> Answer:
        """What is found in a text.

        Refused when the process does not start or does not answer within ``READING`` seconds: what
        an act decides by is never a reading that was left out.
        """
        with self._turn:
            try:
                return self._answer(asked, lexicon)
            except (EOFError, OSError):  # it was ended from outside since the last text: once more with a new one
                self._end()
            try:
                return self._answer(asked, lexicon)
            except (EOFError, OSError) as error:
                self._end()
                log.warning("the proofreader's process ended while it read")
                raise Refused("校对程序停了，这一次没有查完。请过一分钟再试；还不行，请告诉系统管理员。") from error

    def end(self) -> None:
        """Let the process go; the next text starts another."""
        with self._turn:
            self._end()

    def _answer(self, asked: Asked, lexicon: Lexicon) -> Answer:
        pipe = self._opened()
        if self._told is not lexicon:
            pipe.send(lexicon)
            self._told = lexicon
        pipe.send(asked)
        if not pipe.poll(READING):
            self._end()
            log.warning("a text of %d signs was not read in time", len(asked.writing.text))
            raise Refused("这篇文字机器校对用时太长，没有查完。请看看是否粘贴了大段重复的内容，删去后再试。")
        answer = pipe.recv()
        if isinstance(answer, Answer):
            return answer
        log.error("the proofreader failed on a text of %d signs: %s", len(asked.writing.text), answer)
        raise Refused("机器校对这篇文字时出了错，没有查完。请告诉系统管理员，并说明是哪一篇。")

    def _opened(self) -> Connection:
        if self._pipe is None or self.process is None or self.process.poll() is not None:
            self._end()
            self._pipe, theirs = Pipe()
            asked = [sys.executable, "-m", "town_portal.proofreading.reader", str(theirs.fileno()), str(self._model)]
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                asked, cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
            theirs.close()
            if not self._pipe.poll(STARTING):
                raise EOFError
            self._pipe.recv()
        return self._pipe

    def _end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        if self._pipe is not None:
            self._pipe.close()
        self.process = self._pipe = self._told = None
