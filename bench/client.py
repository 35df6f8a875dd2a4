"""A light client: asks for the queue as fast as it is answered, and prints how often that was (P14)."""

import os
import socket
import sys
import threading
import time

CLIENTS = 8


def main() -> None:
    """``python -m bench.client PORT SECONDS``."""
    port, until = int(sys.argv[1]), time.monotonic() + float(sys.argv[2])
    head = f"GET /waiting HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {os.environ['BENCH_COOKIE']}\r\nConnection: close\r\n\r\n"
    done = [0] * CLIENTS

    def ask(number: int) -> None:
        while time.monotonic() < until:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(head.encode())
                first = connection.recv(65_536)
                if not first.startswith(b"HTTP/1.1 200"):
                    raise AssertionError(first[:100])
                while connection.recv(65_536):
                    pass
            done[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(done))


if __name__ == "__main__":
    main()
