"""Pages sent packed: HTML is a tenth of itself with gzip, and offices have slow lines.

Packing a page that holds a secret beside something its reader can be made to ask for tells the
secret's letters by the length of the answer (BREACH). Of our pages' secrets the form token is
signed anew every second, so that a guess is worth nothing a second later; the session's cookie is
``SameSite=Lax``, so that another site cannot have a signed-in page fetched in the background; and
every answer that was made for one person gets up to a hundred random bytes into gzip's own field
for a file name, where no reader sees them, so that lengths cannot be compared. What is the same for
everybody holds no secret and is packed once and kept (``fresh.py``).
"""

import gzip
import secrets

from flask import Flask, Response, request

LEVEL = 5
LEAST = 1_024
"""Bytes from which packing is worth it."""
MOST_NOISE = 100


def compress_pages(app: Flask) -> None:
    """Pack every page that a browser takes packed."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype != "text/html" or response.is_streamed:
            return response
        response.vary.add("Accept-Encoding")
        if _is_worth_it(response):
            response.set_data(packed(response.get_data(), noise=True))
            response.headers["Content-Encoding"] = "gzip"
        return response


def takes_gzip() -> bool:
    """Does this browser take packed pages?"""
    return bool(request.accept_encodings["gzip"])


def packed(page: bytes, *, noise: bool) -> bytes:
    """A page as gzip; with noise its length says nothing about its words."""
    plain = gzip.compress(page, LEVEL, mtime=0)
    return _named(plain, secrets.token_hex(secrets.randbelow(MOST_NOISE // 2 + 1))) if noise else plain


def _named(plain: bytes, name: str) -> bytes:
    """The same with a file name in its head (RFC 1952: flag 8, after the ten fixed bytes, ended by a zero)."""
    return plain[:3] + bytes([plain[3] | 8]) + plain[4:10] + name.encode() + b"\0" + plain[10:]


def _is_worth_it(response: Response) -> bool:
    return (
        request.method != "HEAD"
        and response.status_code not in (204, 304)
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= LEAST
        and takes_gzip()
    )
