"""The same strict headers on every answer (security goals C4, C5)."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def send_headers(app: Flask, *, tls: bool) -> None:
    """Set them after every request; pages of somebody signed in are never stored."""

    @app.after_request
    def harden(response: Response) -> Response:
        set_already = {name.lower() for name, _ in response.headers}
        for name, value in HEADERS.items():
            if name.lower() not in set_already:
                response.headers.add(name, value)
        if tls:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if "Cache-Control" not in response.headers and not (request.endpoint or "").startswith("static"):
            response.headers["Cache-Control"] = "no-store"
        return response
