"""The base of every form: Chinese messages, a one-time key, the version the person saw."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import HiddenInput

from town_portal.foundation.errors import Forbidden, Moved, Refused, Stale


def clean(text: str | None) -> str | None:
    """Typed text as it is stored: no blanks at the ends, one kind of line break, no NUL."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip() if text else text


class Form(FlaskForm):
    """A form that creates or decides. Render ``hidden_tag()`` first."""

    class Meta(FlaskForm.Meta):
        """WTForms speaks Chinese."""

        locales = ["zh"]  # type: ignore[assignment]

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            """Hidden fields carry no id: several forms may stand on one page."""
            hidden = isinstance(field.widget, HiddenInput)
            return super().render_field(field, {"id": False, **render_kw} if hidden else render_kw)

    form_key = HiddenField()
    """Random for every rendered form: sent twice, it has one effect."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.form_key.data:
            self.form_key.data = new_form_key()

    @property
    def all_errors(self) -> list[tuple[str | None, str]]:
        """(field id or None, message) for the summary at the top of the page."""
        whole: list[tuple[str | None, str]] = [(None, reason) for reason in self.form_errors]
        return whole + [(field.id, str(message)) for field in self for message in _flat(field.errors)]

    @contextmanager
    def taking_refusals(self) -> Iterator[None]:
        """Let a rule that says no inside stand on the form, above what was typed, instead of a page of its own.

        Acts that came too late, or that are not this person's, keep theirs.
        """
        try:
            yield
        except (Forbidden, Moved, Stale):
            raise
        except Refused as refusal:
            self.form_errors.append(refusal.reason)

    def say_refusals(self) -> None:
        """Refuse after all, where the page that holds the form is no longer drawn: no refusal goes unsaid."""
        if self.form_errors:
            raise Refused(str(self.form_errors[0]))


FIRST_YEAR, LAST_YEAR = 1949, 2099


def plausible_year(_form: Any, field: Any) -> None:
    """A validator of days: a slip of the pen in the year, before anything is counted from it."""
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError("年份不对，请检查日期")


class VersionedForm(Form):
    """A form about a thing that others may change meanwhile."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def check_seen(self, thing: Any) -> None:
        """Stale when the thing was changed after the page was drawn: said before anything else is asked."""
        if self.version.data is not None and self.version.data != thing.version:
            raise Stale(type(thing).__name__, thing.id)


def new_form_key() -> str:
    """A fresh one-time key."""
    return secrets.token_urlsafe(16)


def _flat(errors: Any) -> list[str]:
    if isinstance(errors, dict):
        return [message for part in errors.values() for message in _flat(part)]
    return [
        message for part in errors for message in (_flat(part) if isinstance(part, list | tuple | dict) else [part])
    ]
