"""Take a port before anything slow is loaded, so that a taken one ends in one line and exit code 2."""

from __future__ import annotations

import errno
import socket


def free_port() -> int:
    """A loopback port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PortError(OSError):
    """A port cannot be had; the message says why and what to do."""


def bound(host: str, port: int, setting: str) -> socket.socket:
    """The port, ours but not listening yet. Sanic 21.12 left to bind it itself ends with a traceback and exit code 0.

    `setting`: the variable that names the port.

    Raises:
        PortError: it is taken or not for everybody, or the host is no address of this machine.
    """
    ours = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        ours.bind((host, port))
    except OSError as error:
        ours.close()
        raise PortError(_why(error.errno, host, port, setting)) from None
    return ours


def _why(number: int | None, host: str, port: int, setting: str) -> str:
    if number == errno.EADDRINUSE:
        return f"port {port} is taken; stop the program that has it, or set {setting}"
    if number == errno.EACCES:
        return f"port {port} is for the system's own programs; set {setting} to one above 1023 and put a proxy before it (deploy/nginx.conf)"
    return f"{host} is no address of this machine; set JIASHU_HOST to 127.0.0.1, or to 0.0.0.0 for all of its addresses"
