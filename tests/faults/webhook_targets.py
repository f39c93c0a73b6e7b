"""Receivers of webhooks of every bad kind, all at once, beside one that is well: they hang, reset, drip, flood,
redirect, refuse, talk garbage over TLS. The one that is well must get every event, once it is there,
without waiting for any of the others; each bad one's attempts say what was wrong with it.
"""
import contextlib
import http.client
import pathlib
import socket
import struct
import threading
import time

from continuo import Failed, await_true
from fault import Fault

PATIENCE = 15  # seconds from an event to the healthy receiver, whatever the others do
GROWN_MAX = 64 * 1024  # kB that the sender may grow by, however much it is sent
FLOOD = b"x" * 65_536


def read_request(connection):
    """Headers and body; nothing of what a bad one answers depends on them."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65_536)
        if not more:
            return data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n")
                   if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        more = connection.recv(65_536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body


def answer(status, *headers):
    return ("HTTP/1.1 %s\r\n%sContent-Length: 0\r\n\r\n" % (
        status, "".join(line + "\r\n" for line in headers))).encode()


def hang(connection, over):
    read_request(connection)
    over.wait(60)


def reset(connection, _over):
    connection.recv(100)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_up(connection, _over):
    read_request(connection)


def drip(connection, over):
    read_request(connection)
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"z" * 500:
        connection.sendall(bytes([byte]))
        if over.wait(0.5):
            return


def flood(connection, over):
    read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n")
    while not over.is_set():
        connection.sendall(FLOOD)


def flood_headers(connection, over):
    read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while not over.is_set():
        connection.sendall(b"X-More: " + FLOOD[:8_000] + b"\r\n")


def endless_chunks(connection, over):
    read_request(connection)
    connection.sendall(b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not over.is_set():
        connection.sendall(b"10000\r\n" + FLOOD + b"\r\n")


def garbage(connection, _over):
    connection.recv(65_536)
    connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\x00\xff\x16\x03\x01garbage\r\n\r\n" * 20)


def says(*text):
    def behaviour(connection, _over):
        read_request(connection)
        connection.sendall(answer(*text))
    return behaviour


# Kind -> (behaviour, scheme, what one of its attempts must show: an HTTP status or an error).
KINDS = {
    "hang": (hang, "http", {"timeout"}),
    "reset": (reset, "http", {"broken"}),
    "hang up": (hang_up, "http", {"broken"}),
    "drip": (drip, "http", {"timeout"}),
    "flood": (flood, "http", {200}),
    "flood of headers": (flood_headers, "http", {"broken", 200}),
    "endless error": (endless_chunks, "http", {500}),
    "redirect": (None, "http", {302}),
    "gone": (says("410 Gone"), "http", {410}),
    "error": (says("500 No"), "http", {500}),
    "busy": (says("429 Too Many Requests", "Retry-After: 86400"), "http", {429}),
    "garbage": (garbage, "http", {"broken"}),
    "garbage over TLS": (garbage, "https", {"tls", "broken"}),
    "TLS that hangs": (hang, "https", {"timeout"}),
    "closed port": (None, "http", {"refused"}),
}


class Target:
    """A listening socket, and what it does to whoever comes."""

    def __init__(self, behaviour):
        self.behaviour, self.over = behaviour, threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            self.behaviour(connection, self.over)

    def close(self):
        self.over.set()
        self.socket.close()


class Healthy(Target):
    """Remembers what came, when, and on which path."""

    def __init__(self):
        self.got, self.lock = {}, threading.Lock()
        super().__init__(self._take)

    def _take(self, connection, _over):
        request = read_request(connection)
        head = request.split(b"\r\n\r\n")[0].decode()
        path = head.split(" ")[1]
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:])
        with self.lock:
            self.got.setdefault((path, headers["webhook-id"]), time.monotonic())
        connection.sendall(answer("204 No Content", "Connection: close"))

    def ids(self, path):
        with self.lock:
            return {event for at, event in self.got if at == path}


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Receivers:
    def __init__(self, stack, rng):
        self.stack, self.healthy, self.targets, self.endpoints = stack, Healthy(), [], {}
        kinds = list(KINDS)
        rng.shuffle(kinds)
        for kind in kinds[:len(kinds) // 2]:
            self._add(kind)
        self.well = self._endpoint("http://127.0.0.1:%d/well" % self.healthy.port)
        for kind in kinds[len(kinds) // 2:]:
            self._add(kind)

    def _add(self, kind):
        behaviour, scheme, _ = KINDS[kind]
        if kind == "redirect":
            behaviour = says("302 Found", "Location: http://127.0.0.1:%d/redirected" %
                             self.healthy.port)
        port = closed_port()
        if behaviour:
            self.targets.append(Target(behaviour))
            port = self.targets[-1].port
        self.endpoints[kind] = self._endpoint("%s://127.0.0.1:%d/bad" % (scheme, port))

    def _endpoint(self, url):
        return self.stack.admin.make("/v1/webhook_endpoints",
                                     {"url": url, "event_types": ["*"]})["id"]

    def missing(self):
        """What has happened since the healthy endpoint was made and has not come there."""
        events = self.stack.sql(
            "SELECT id, type, position FROM webhooks.feed_event WHERE position > "
            "(SELECT listens_from FROM webhooks.webhook_endpoint WHERE id = '%s')" %
            self._uuid(self.well))
        got = self.healthy.ids("/well")
        return [row[1] for row in events if type_id("evt", row[0]) not in got
                and row[1] != "webhook_endpoint.tested"]

    def check(self):
        began = time.monotonic()
        await_true(lambda: not self.missing(), "the healthy receiver has every event", 60)
        if time.monotonic() - began > PATIENCE:
            raise Failed("the healthy receiver waited for the bad ones: %d s" % (
                time.monotonic() - began))
        if self.healthy.ids("/redirected"):
            raise Failed("a redirect was followed")
        for kind, (_, _, expected) in KINDS.items():
            # A receiver that hangs is given up after 15 s.
            await_true(lambda: self._seen(kind) & expected, "%s is seen as %s, not as %s" % (
                kind, expected, self._seen(kind)), 45)
        gone = self.stack.admin.get("/v1/webhook_endpoints/" + self.endpoints["gone"]).json
        if (gone["status"], gone["disabled_reason"]) != ("disabled", "gone"):
            raise Failed("410 did not disable: %s" % gone)
        dead = [kind for kind, id in self.endpoints.items() if kind != "gone" and self.stack.admin.get(
            "/v1/webhook_endpoints/" + id)["status"] != "enabled"]
        if dead:
            raise Failed("disabled before five days were over: %s" % dead)

    def _seen(self, kind):
        rows = self.stack.sql(
            "SELECT DISTINCT a.http_status, a.error FROM webhooks.webhook_attempt AS a JOIN "
            "webhooks.webhook_delivery AS d ON d.id = a.delivery_id WHERE d.endpoint_id = '%s'" %
            self._uuid(self.endpoints[kind]))
        return {int(status) if status not in ("", "0") else error for status, error in rows}

    @staticmethod
    def _uuid(id):
        return uuid_of(id)

    def close(self):
        for id in [self.well, *self.endpoints.values()]:
            with contextlib.suppress(OSError, http.client.HTTPException):
                self.stack.admin.post("/v1/webhook_endpoints/%s/disable" % id)
        for target in [self.healthy, *self.targets]:
            target.close()


ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def uuid_of(id):
    number = 0
    for letter in id.split("_")[1]:
        number = number << 5 | ALPHABET.index(letter)
    text = "%032x" % number
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def type_id(prefix, uuid):
    number = int(uuid.replace("-", ""), 16)
    return prefix + "_" + "".join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(26)))


def resident(stack):
    text = pathlib.Path("/proc/%d/status" % stack.process("webhooks").pid).read_text()
    return int(text.split("VmRSS:")[1].split()[0])


@contextlib.contextmanager
def surrounded(stack, rng, _played):
    receivers = Receivers(stack, rng)
    before = resident(stack)
    try:
        yield
        receivers.check()
        grown = resident(stack) - before
        if grown > GROWN_MAX:
            raise Failed("the sender grew by %d kB: it keeps what it is sent" % grown)
    finally:
        receivers.close()
        stack.mended()


FAULTS = [Fault("webhook targets of every bad kind", "webhook targets", surrounded,
                ignores=("webhooks.", "event webhook_", "event audit_entry.recorded",
                         "directory.audit_entry", "directory.idempotency_key"))]
