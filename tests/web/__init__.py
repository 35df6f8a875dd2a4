"""Tests of the web room; ``tests.web.post`` is the browser's way of sending a form."""

from tests.browsing import browser, post, token_of

__all__ = ["browser", "post", "token_of"]
