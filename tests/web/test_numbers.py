"""Row numbers in addresses."""

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound


def test_a_row_number_is_matched(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    assert adapter.match("/portal/articles/2147483647") == ("portal.article", {"publication_id": 2147483647})


@pytest.mark.parametrize("number", ["2147483648", "9" * 40, "-1", "1.0", "x"])
def test_what_no_row_can_be_is_an_unknown_address(app: Flask, number: str) -> None:
    with pytest.raises(NotFound):
        app.url_map.bind("localhost").match(f"/portal/articles/{number}")
