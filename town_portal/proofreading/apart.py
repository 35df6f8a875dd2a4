"""The proofreader in a process of its own.

The vocabulary, the readings and the language model take some 400 MB and a text takes tens of
milliseconds of a core: neither belongs into a process that answers pages. What is asked goes over
a pipe, one text at a time; a text that takes too long costs that process its life, nobody's page.
"""

import logging
import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock, Thread

from town_portal.foundation.errors import Refused
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

STARTING = 90.0
"""Seconds a new process may take until it can read; on a busy machine it loads for several."""
READING = 10.0
"""Seconds one text may take. Ordinary ones take a twentieth of a second."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One text to read, by the lexicon that was sent before it."""

    writing: Writing
    exceptions: Collection[tuple[Family, str]]
    guesses: bool
    """Let the speller guess, too."""


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
        self._process: BaseProcess | None = None
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
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._end()
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._model), name="proofreader", daemon=True)
            self._process.start()
            theirs.close()
            if not self._pipe.poll(STARTING):
                raise EOFError
            self._pipe.recv()
        return self._pipe

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = self._told = None


def _serve(pipe: Connection, model: Path) -> None:
    """What the other process does: load everything, then read one text after another."""
    from town_portal.proofreading import reader  # noqa: PLC0415 - only this process carries the checks and their lists

    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    speller = reader.warmed(model)
    read = partial(reader.read, speller)
    lexicon = Lexicon()
    pipe.send("ready")
    while True:
        match pipe.recv():
            case Lexicon() as sent:
                lexicon = sent
            case Asked() as asked:
                try:
                    found, guessed = read(asked.writing, lexicon, asked.exceptions, guesses=asked.guesses)
                    pipe.send(Answer(found, guessed))
                except Exception as error:  # noqa: BLE001 - a fault of one check is told, the process goes on
                    pipe.send(f"{type(error).__name__} at line {_line_of(error)}")


def _line_of(error: BaseException) -> str:
    """Where an error was raised; its words may hold the text and stay out of the log."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def _end_with_parent() -> None:
    """Leave when the one that asked is gone, however it went."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
