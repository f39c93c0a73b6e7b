"""Random writes of many clients that lose answers, repeat themselves, give up early and send twice at once,
while processes are killed. Afterwards, from the database and the event log: each key has one effect, each
effect one event and one audit entry, each answer the state that it told, and a refusal nothing.

Everything random comes from the seed; what the machine makes of it (who is first) does not.
"""
import http.client
import json
import random
import socket
import threading
import time
import uuid

from continuo import Failed
from fault import Fault
from workload import new_request_id

import oracle

CLIENTS = 8
WRITES = 24  # of each client
PATIENCE = 90
BUSY = ("IDEMPOTENCY_KEY_IN_FLIGHT", "CONFLICT", "UNAVAILABLE", "DEADLINE_EXCEEDED")
KILLED = ["gateway", "catalogue", "crm"]
# kind -> (service, list, what a new one has beside its name)
KINDS = {"supplier": ("catalogue", "/v1/suppliers", {"currency": "EUR"}),
         "account": ("crm", "/v1/accounts", {"currency": "EUR", "country": "DE"})}


class Written:
    """One write: its key, and what became of it."""

    def __init__(self, kind, method, path, body, if_match=None):
        self.kind, self.method, self.path, self.body, self.if_match = kind, method, path, body, if_match
        self.key, self.request_id = str(uuid.uuid4()), new_request_id()
        self.answers, self.lock = [], threading.Lock()

    def send(self, caller):
        headers = {"X-Request-Id": self.request_id}
        if self.if_match:
            headers["If-Match"] = self.if_match
        answer = caller.send(self.method, self.path, self.body, headers=headers,
                             idempotency_key=self.key)
        if answer.status < 500 and answer.code not in BUSY:
            with self.lock:
                self.answers.append(answer)
        return answer

    def send_until_answered(self, caller):
        began, last = time.monotonic(), None
        while time.monotonic() - began < PATIENCE:
            try:
                last = self.send(caller)
                if last.status < 500 and last.code not in BUSY:
                    return last
            except (OSError, http.client.HTTPException) as lost:
                last = lost
            time.sleep(0.05)
        raise Failed("%s %s was not answered within %d s: %s" % (self.method, self.path, PATIENCE, last))

    def send_unheard(self, caller, port):
        """As send(), of a client that hangs up before the answer."""
        body = json.dumps(self.body)
        lines = ["%s %s HTTP/1.1" % (self.method, self.path), "Host: a", "X-Request-Id: " + self.request_id,
                 "Authorization: Bearer " + caller.key, "Idempotency-Key: " + self.key,
                 "Content-Type: application/json", "Content-Length: %d" % len(body)]
        if self.if_match:
            lines.append("If-Match: " + self.if_match)
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as connection:
                connection.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        except OSError:
            pass  # the gateway is being killed

    @property
    def made(self):
        return self.answers[0].status in (200, 201)


class Client:
    def __init__(self, stack, seed, shared):
        self.stack, self.caller, self.rng = stack, stack.admin, random.Random(seed)
        self.shared, self.own, self.written = shared, [], []

    def run(self):
        for number in range(WRITES):
            write = self.choose(number)
            self.written.append(write)
            self.play(write)
            if write.method == "POST" and write.made:
                self.own.append((write.kind, write.answers[0]["id"]))

    def choose(self, number):
        name = "%s %d" % (uuid.UUID(int=self.rng.getrandbits(128)), number)
        draw = self.rng.random()
        if draw < 0.4 or not self.own:
            kind = self.rng.choice(sorted(KINDS))
            return Written(kind, "POST", KINDS[kind][1], dict(KINDS[kind][2], name=name))
        # Everybody edits the shared account; only one of those who have read the same wins.
        kind, id = ("account", self.shared) if draw < 0.6 else self.rng.choice(self.own)
        path = "%s/%s" % (KINDS[kind][1], id)
        return Written(kind, "PATCH", path, {"name": name}, self.read(path).etag)

    def read(self, path):
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                answer = self.caller.get(path)
                if answer.status == 200:
                    return answer
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        raise Failed("%s cannot be read for %d s" % (path, PATIENCE))

    def play(self, write):
        draw = self.rng.random()
        if draw < 0.25:
            write.send_unheard(self.caller, self.stack.http_port)
        elif draw < 0.4:  # twice at once
            beside = threading.Thread(target=write.send_until_answered, args=(self.caller,))
            beside.start()
            write.send_until_answered(self.caller)
            beside.join()
        answer = write.send_until_answered(self.caller)
        if draw > 0.7:
            write.send_until_answered(self.caller)
        if draw > 0.85 and answer.status in (200, 201):
            other = Written(write.kind, write.method, write.path, dict(write.body, name="Other"))
            other.key, other.if_match = write.key, write.if_match
            reused = other.send_until_answered(self.caller)
            if reused.code != "IDEMPOTENCY_KEY_REUSED":
                raise Failed("another body under a used key: %s" % reused)


def run_all(clients):
    wrong = []

    def run(client):
        try:
            client.run()
        except Exception as error:  # told by the caller's thread
            wrong.append(error)
    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    return threads, wrong


def check_answers(write):
    """Every answer to one key tells of the same."""
    first = write.answers[0]
    for answer in write.answers[1:]:
        # A refusal is evaluated again each time: by then somebody else may have won.
        if write.made and (answer.status, answer.json) != (first.status, first.json):
            raise Failed("one key, two answers: %s, then %s" % (first, answer))
        if not write.made and answer.status in (200, 201):
            raise Failed("refused, then done: %s, then %s" % (first, answer))
    if not write.made and (first.status, first.code) != (412, "ETAG_MISMATCH"):
        raise Failed("%s %s: %s" % (write.method, write.path, first))


def counts(stack, statement):
    return {row[0]: int(row[1]) for row in stack.sql(statement)}


def check_effects(stack, written):
    events, names = {}, {}
    for service, path, _ in KINDS.values():
        events.update(counts(stack, "SELECT correlation, count(*) FROM %s.event_log WHERE topic = '%s' "
                                    "GROUP BY 1" % (service, service)))
        names.update(counts(stack, "SELECT name, count(*) FROM %s.%s GROUP BY 1" % (
            service, path.rsplit("/", 1)[1][:-1])))
    audits = {row[0]: json.loads(row[1]) for row in stack.sql(
        "SELECT request_id, json_agg(after) FROM directory.audit_entry "
        "WHERE action NOT LIKE '%.on.%' GROUP BY 1")}
    for write in written:
        check_answers(write)
        once = 1 if write.made else 0
        if events.get(write.request_id, 0) != once:
            raise Failed("%s %s (%s): %d events" % (write.method, write.path, write.answers[0].status,
                                                   events.get(write.request_id, 0)))
        after = audits.get(write.request_id, [])
        if len(after) != once:
            raise Failed("%s %s: %d audit entries" % (write.method, write.path, len(after)))
        if write.method == "POST" and names.get(write.body["name"], 0) > 1:
            raise Failed("one key made %d of %s" % (names[write.body["name"]], write.path))
        if write.made:
            told = write.answers[0].json
            kept = after[0] if isinstance(after[0], dict) else json.loads(after[0])
            if (kept["id"], kept["revision"], kept["name"]) != (told["id"], told["revision"],
                                                               told["name"]):
                raise Failed("the answer told %s, the audit has %s" % (told, kept))


def check_states(stack, written):
    """A thing's revision counts what was acknowledged of it, and it is as its last answer told."""
    last, done = {}, {}
    for write in written:
        if not write.made:
            continue
        told = write.answers[0].json
        place = (KINDS[write.kind][1], told["id"])
        done[place] = done.get(place, 0) + 1
        if place not in last or last[place]["revision"] < told["revision"]:
            last[place] = told
    for (path, id), told in last.items():
        is_now = stack.admin.get("%s/%s" % (path, id)).json
        if is_now != told:
            raise Failed("%s/%s is %s and was told as %s" % (path, id, is_now, told))
        if is_now["revision"] != done[path, id]:
            raise Failed("%s/%s is at revision %d after %d writes" % (
                path, id, is_now["revision"], done[path, id]))


def play(kill):
    def disturb(stack, rng):
        first = Written("account", "POST", "/v1/accounts",
                        dict(KINDS["account"][2], name="Shared %x" % rng.getrandbits(64)))
        shared = first.send_until_answered(stack.admin)["id"]
        clients = [Client(stack, rng.getrandbits(64), shared) for _ in range(CLIENTS)]
        threads, wrong = run_all(clients)
        while any(thread.is_alive() for thread in threads):
            if kill:
                name = rng.choice(KILLED)
                stack.process(name).kill()
                stack.process(name).wait()
                stack.restart_dead(name)
            time.sleep(0.2 + rng.random())
        if wrong:
            raise Failed("; ".join(map(str, wrong)))
        stack.mended()
        oracle.converge(stack)
        written = [first] + [write for client in clients for write in client.written]
        check_effects(stack, written)
        check_states(stack, written)
        refused = sum(not write.made for write in written)
        print("%d writes of %d clients, %d answers, %d refused" % (
            len(written), CLIENTS, sum(len(write.answers) for write in written), refused), flush=True)
    return disturb


def two_editors(stack, rng):
    """Two people edit one quote: one wins, the other is told and has changed nothing."""
    admin = stack.admin
    account = admin.make("/v1/accounts", dict(KINDS["account"][2], name="Edited %x" % rng.getrandbits(64)))
    division = admin.get("/v1/divisions")["data"][0]["id"]
    quote = admin.make("/v1/quotes", {"account_id": account["id"], "division_id": division,
                                      "currency": "EUR", "start_on": "2026-02-01", "lines": []})
    path, etag = "/v1/quotes/" + quote["id"], admin.get("/v1/quotes/" + quote["id"]).etag
    edits = [Written("quote", "PATCH", path, {"payment_days": days}, etag) for days in (14, 45)]
    gate = threading.Barrier(2)

    def edit(write):
        gate.wait()
        write.send_until_answered(admin)
    threads = [threading.Thread(target=edit, args=(write,)) for write in edits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [write for write in edits if write.made]
    lost = [write for write in edits if not write.made]
    if len(won) != 1 or lost[0].answers[0].status != 412 or not lost[0].answers[0].json["detail"]:
        raise Failed("two editors: %s" % [str(write.answers[0]) for write in edits])
    if admin.get(path)["payment_days"] != won[0].body["payment_days"]:
        raise Failed("the winner's edit is not there")


FAULTS = [
    Fault("random writes with lost answers and repeats", "random writes", play(kill=False), alone=True),
    Fault("random writes while processes are killed", "random writes", play(kill=True), alone=True),
    Fault("two editors of one quote", "two editors", two_editors, alone=True),
]
