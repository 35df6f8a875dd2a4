"""When to try again, and when to give up."""

from datetime import timedelta

MINUTES = (1, 5, 15, 60, 240)
MOST_ATTEMPTS = len(MINUTES) + 1
REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=5)


def wait(attempts: int) -> timedelta | None:
    """How long after so many failed attempts the next one comes; None: there is none."""
    return timedelta(minutes=MINUTES[attempts - 1]) if attempts <= len(MINUTES) else None


def rest(failures: int) -> timedelta:
    """How long a channel that was at fault so many times in a row is left alone, whatever waits for it."""
    return min(REST * failures, LONGEST_REST)
