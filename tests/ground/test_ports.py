"""A port that cannot be had is told in one sentence that says what to do."""

from __future__ import annotations

import errno
import socket

import pytest

from bot import ports
from bot.ports import PortError, bound, free_port


def test_a_free_port_is_ours_and_does_not_listen_yet() -> None:
    port = free_port()
    with bound("127.0.0.1", port, "JIASHU_PORT") as ours:
        assert ours.getsockname() == ("127.0.0.1", port)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))


def test_a_taken_one_is_named_with_its_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortError, match=f"port {port} is taken.*JIASHU_WEB_PORT"):
            bound("127.0.0.1", port, "JIASHU_WEB_PORT")


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_the_address_of_another_machine_is_no_taken_port(host: str) -> None:
    with pytest.raises(PortError, match=f"{host} is no address of this machine; set JIASHU_HOST"):
        bound(host, free_port(), "JIASHU_PORT")


def test_a_port_of_the_system_asks_for_a_higher_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Guarded(socket.socket):
        def bind(self, address: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(ports.socket, "socket", Guarded)
    with pytest.raises(PortError, match="port 80 .* set JIASHU_PORT to one above 1023"):
        bound("127.0.0.1", 80, "JIASHU_PORT")
