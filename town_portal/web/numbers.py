"""Row numbers in addresses: none is larger than a column of the database holds."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


def row_number(text: str) -> int:
    """A row's number from the part of an address after ``?``; ValueError for one that no row can have."""
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError(text)
    return number


class RowNumber(IntegerConverter):
    """``<int:…>``: a number that no row can have is an unknown address, not a fault."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def count_rows(app: Flask) -> None:
    """Let ``<int:…>`` in addresses mean row numbers."""
    app.url_map.converters["int"] = RowNumber
