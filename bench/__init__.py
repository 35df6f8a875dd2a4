"""How fast the portal is, against floors written with the same parts: ``python -m bench``.

Every figure is a ratio taken in one run on one machine; absolute times are printed for orientation
only. A *floor* (``floors.py``) does the least that could be called the same work: the same
interpreter, the same waitress, the same database, no rules and no looks. The portal is the real
server process (``python -m town_portal.server``), reached on a free port of 127.0.0.1, by somebody
who signed in through the real form and whose browser takes gzip.

What is measured is the CPU time of the server process for one request, from the scheduler's own
account of its threads. Floor and portal are measured in turn, six rounds or more, each round in
another order, after a warm-up; an answer that is a redirect or a refusal stops the run. Printed is
the median of the rounds' ratios, with the least and the greatest beside it. Server and client are
held on different cores where the machine has two. Statements and bytes are counted, not measured:
they are exact. Ratios of one run are good to a tenth or two; a busy machine widens the spread.

    python -m bench                 5,000 and 100,000 items, SQLite and PostgreSQL
    python -m bench --full          5,000 and 1,000,000 items
    python -m bench --check         leaves with 1 where a ratio is worse than its target
    python -m bench P1 P3           only these rows
    python -m bench --rounds 12     more rounds

The houses that are measured are filled by ``filling.py`` with rows as the operations would have
left them, and kept between runs in ``$TOWN_PORTAL_BENCH`` or the system's temporary folder; every
run works on a copy. The trail of the small houses is whole; a million items have the trail of a few
only. PostgreSQL is the embedded server of the tests.
"""
