"""Where to go after signing in: only to pages of our own (ASVS 3.7.2)."""

from urllib.parse import urlsplit


def own_path(address: str | None) -> str | None:
    """The address when it is a plain path of this site, else None."""
    if not address or len(address) > 2_000:
        return None
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    if not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else address
