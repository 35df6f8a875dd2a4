"""A worker's minute as a process of its own, to be killed: ``python -m tests.walks.one_minute DATABASE DATA MOMENT``."""

import sys
from datetime import datetime
from pathlib import Path

from tests.conftest import open_house
from town_portal.foundation import clock
from town_portal.notifications import operations as notifications
from town_portal.reminders import operations as reminders


def main() -> None:
    """A round of the ladder, and what is in the outbox is sent; a line before each begins."""
    database, data, moment = sys.argv[1:]
    app = open_house(Path(data), database)
    with app.app_context(), clock.stopped_at(datetime.fromisoformat(moment)):
        print("begins", flush=True)
        reminders.go_round()
        notifications.deliver("dies", clock.now(), app.config["PORTAL"].keys)
        print("ended", flush=True)


if __name__ == "__main__":
    main()
