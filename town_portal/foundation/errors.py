"""The ways an act can be refused. Each carries words for the person who tried."""


class Refused(Exception):
    """A rule says no. The reason is Chinese, complete, and says what to do next."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Forbidden(Refused):
    """The person's posts do not reach this act on this thing."""


class Moved(Refused):
    """The thing is not, or no longer, where this act is possible: the page that offered it is gone."""


class Stale(Refused):
    """Somebody else changed the thing after the page was opened.

    ``kind`` and ``id`` name it, so that the answer can tell who, when and what.
    """

    def __init__(self, kind: str, id: int | None, reason: str = "这一件刚被别人办过") -> None:
        super().__init__(reason)
        self.kind = kind
        self.id = id


class Repeated(Exception):
    """A form with this key has already had its effect.

    ``location`` is where the first answer led, if the view knew it; otherwise ``kind`` and ``id``
    name the thing the first answer was about.
    """

    def __init__(self, location: str | None, kind: str | None, id: int | None) -> None:
        super().__init__(location)
        self.location = location
        self.kind = kind
        self.id = id


class UnrecordedWrite(RuntimeError):
    """A programming error: data was to be written outside an operation."""
