"""Take a port before anything slow is loaded, so that a taken one ends in one line and exit code 2."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A loopback port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bound(host: str, port: int) -> socket.socket:
    """The port, ours but not listening yet. Sanic 21.12 left to bind it itself ends with a traceback and exit code 0.

    Raises:
        OSError: it is taken, or the address is not this machine's.
    """
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind((host, port))
    return taken
