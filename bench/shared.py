"""One server process of several on an inherited socket (P14)."""

import logging
import os
import signal
import socket
import sys

from waitress import serve

from town_portal.config import Config
from town_portal.factory import create_app
from town_portal.server import THREADS


def main() -> None:
    """Serve the portal on the socket of the parent."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logging.getLogger("waitress").setLevel(logging.ERROR)
    listening = socket.socket(fileno=int(os.environ["BENCH_SOCKET"]))
    serve(create_app(Config.from_environment()), sockets=[listening], threads=THREADS, ident=None)


if __name__ == "__main__":
    main()
