"""``python -m town_portal.server [--demo]``: the portal on waitress, with its worker beside it.

With ``--demo`` it first migrates, loads the demo into an empty house, and prints the accounts.
SIGTERM and Ctrl-C let requests and jobs under way finish.
"""

import logging
import signal
import sys
import threading
from types import FrameType

from waitress import serve

from town_portal.announce import announce, prepare
from town_portal.config import BadConfiguration, Config
from town_portal.factory import create_app
from town_portal.jobs.executor import Executor
from town_portal.proofreading import queries as proofreading

THREADS = 8


def main() -> None:
    """Serve until told to stop."""
    try:
        config = Config.from_environment()
    except BadConfiguration as error:
        sys.exit(f"The portal does not start: {error}")
    app = create_app(config)
    if "--demo" in sys.argv[1:]:
        prepare(app)
        announce(app)
    threading.Thread(target=proofreading.reader().start, name="proofreader", daemon=True).start()

    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    worker = Executor(app, inside=True) if config.worker_inside else None
    if worker:
        worker.start()
    logging.getLogger("waitress").setLevel(logging.ERROR)
    host = "0.0.0.0" if config.production else "127.0.0.1"  # noqa: S104 - production listens behind its proxy
    try:
        serve(
            app,
            host=host,
            port=config.port,
            threads=THREADS,
            connection_limit=1000,
            channel_timeout=60,
            ident=None,
            clear_untrusted_proxy_headers=True,
            trusted_proxy=config.proxy,
            trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
            if config.proxy
            else set(),
        )
    finally:
        if worker:
            worker.stop()


if __name__ == "__main__":
    main()
