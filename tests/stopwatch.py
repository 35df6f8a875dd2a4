"""How long a piece of work takes this thread, whatever else the machine and the run are doing."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Watch:
    """What a ``with stopped() as watch`` measured."""

    seconds: float = 0.0


@contextmanager
def stopped() -> Iterator[Watch]:
    """Seconds of processor time of this thread alone, when the block ends.

    The collector of rubbish rests meanwhile: going over what thousands of earlier tests
    left behind can take seconds and says nothing about the code in the block.
    """
    watch, at_work = Watch(), gc.isenabled()
    gc.collect(0)
    gc.disable()
    began = time.thread_time()
    try:
        yield watch
    finally:
        watch.seconds = time.thread_time() - began
        if at_work:
            gc.enable()
