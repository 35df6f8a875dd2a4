"""What every house of a test run has in common is made once a process.

A test gets a house and a database of its own, and most of what they cost is spent on compiling the
same addresses, templates and statements again. None of it depends on the test: the code that builds an
address follows from its rule, that of a template from its text, a statement's from its own key.
"""

from collections.abc import Callable
from io import BytesIO

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from town_portal.foundation.db import db

_compile = Rule._compile_builder
_builders: dict[object, Callable[..., tuple[str, str]]] = {}


def _builder(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    key = (tuple(rule._trace), rule.rule, tuple(sorted((rule.defaults or {}).items())), append_unknown)
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]


class _Templates(BytecodeCache):
    """Compiled templates, by name and text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled before."""
        if kept := self._kept.get((bucket.key, bucket.checksum)):
            bucket.load_bytecode(BytesIO(kept))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now."""
        kept = BytesIO()
        bucket.write_bytecode(kept)
        self._kept[bucket.key, bucket.checksum] = kept.getvalue()


_templates = _Templates()


def share_compiled() -> None:
    """Compile each address once in this process."""
    Rule._compile_builder = _builder


def share_templates(app: Flask) -> None:
    """Compile each template once in this process."""
    app.jinja_env.bytecode_cache = _templates


_statements: dict[str, tuple[Dialect, "LRUCache[object, object]"]] = {}


def share_statements(app: Flask) -> None:
    """Compile each statement once in this process for each sort of database: they go by the dialect's own object."""
    with app.app_context():
        engine = db.engine
    dialect, kept = _statements.setdefault(engine.dialect.name, (engine.dialect, LRUCache(20_000)))
    engine.dialect, engine._compiled_cache = dialect, kept
