"""The same POST with the same Idempotency-Key: while the first is in flight, and after its answer was
lost on each part of its way. There is one effect, and every answer tells of the same."""
import http.client
import threading
import uuid

import continuo
from continuo import Failed, await_true
from fault import Beside, Fault, dying

from workload import Client


class Lead:
    """One lead that is asked for again and again."""

    def __init__(self, stack):
        self.stack, self.key = stack, str(uuid.uuid4())
        self.company = "Repeated " + self.key
        self.answers = []

    def post(self):
        answer = self.stack.admin.post("/v1/leads", {"source": "web", "company": self.company},
                                       idempotency_key=self.key)
        self.answers.append(answer)
        return answer

    def post_unheard(self):
        """As post(), of a client that goes away or is cut off."""
        try:
            self.post()
        except (OSError, http.client.HTTPException):
            pass

    def post_until_done(self):
        """A client that has lost its answer. Busy and unavailable are answers to repeat after."""
        def done():
            answer = self.post()
            if answer.status in (503, 504) or answer.code == "IDEMPOTENCY_KEY_IN_FLIGHT":
                return None
            return answer
        return await_true(done, "the repeated request is answered", 60)

    def in_flight(self):
        """Whether its transaction waits for the table that is held."""
        return self.stack.sql("SELECT 1 FROM pg_stat_activity WHERE application_name = "
                              "'continuo-crm' AND wait_event_type = 'Lock'")

    def check_once(self):
        rows = self.stack.sql("SELECT id FROM crm.lead WHERE company = '%s'" % self.company)
        if len(rows) != 1:
            raise Failed("%d leads came of one key" % len(rows))
        created = {answer["id"] for answer in self.answers if answer.status == 201}
        others = {(answer.status, answer.code) for answer in self.answers if answer.status != 201}
        if len(created) != 1:
            raise Failed("the answers name %s" % created)
        if others - {(409, "IDEMPOTENCY_KEY_IN_FLIGHT"), (503, "UNAVAILABLE"),
                     (504, "DEADLINE_EXCEEDED")}:
            raise Failed("a repeat was answered with %s" % others)
        lead = created.pop()
        events = self.stack.sql("SELECT count(*) FROM crm.event_log WHERE topic = 'crm' AND "
                                "subject = '%s'" % lead)
        if events != [["1"]]:
            raise Failed("%s events tell of one lead" % events)


class Held:
    """Nobody can write leads while this lasts."""

    def __init__(self, stack):
        self.session = stack.session()

    def __enter__(self):
        self.session.__enter__()
        self.session.run("LOCK TABLE crm.lead IN SHARE MODE")

    def __exit__(self, *_):
        self.session.__exit__()


def expect_replay(answer, first_id=None):
    replayed = answer.headers.get("idempotency-replayed") == "true"
    if answer.status != 201 or not replayed or first_id not in (None, answer["id"]):
        raise Failed("a repeat is not answered with the first one's answer: %s" % answer)


def while_in_flight(stack, _rng):
    lead = Lead(stack)
    with Held(stack):
        first = Beside(lead.post)
        await_true(lead.in_flight, "the first is in flight", 10)
        second = lead.post()
        if (second.status, second.code) != (409, "IDEMPOTENCY_KEY_IN_FLIGHT"):
            raise Failed("while the first was in flight: %s" % second)
        if second.headers.get("retry-after") != "1":
            raise Failed("it does not say when to repeat: %s" % second.headers)
    first.finish()
    expect_replay(lead.post())
    lead.check_once()


def all_at_once(stack, _rng):
    lead = Lead(stack)
    gate = threading.Barrier(12)

    def send():
        gate.wait()
        lead.post()
    together = [Beside(send) for _ in range(12)]
    for each in together:
        each.finish()
    expect_replay(lead.post_until_done())
    lead.check_once()


def client_gone(stack, _rng):
    lead = Lead(stack)
    with Held(stack):
        connection = http.client.HTTPConnection("127.0.0.1", stack.http_port, timeout=10)
        connection.request("POST", "/v1/leads", '{"source":"web","company":"%s"}' % lead.company, {
            "Authorization": "Bearer " + stack.admin.key, "Content-Type": "application/json",
            "Idempotency-Key": lead.key})
        await_true(lead.in_flight, "the request is in flight", 10)
        connection.close()
    expect_replay(lead.post_until_done())
    lead.check_once()


def killed_in_flight(service):
    def play(stack, _rng):
        lead = Lead(stack)
        with Held(stack):
            first = Beside(lead.post_unheard)
            await_true(lead.in_flight, "the request is in flight", 10)
            stack.process(service).kill()
            stack.process(service).wait()
            first.finish()
            stack.restart_dead(service)
        lead.post_until_done()
        lead.check_once()
    return play


def service_killed_after_commit(stack, _rng):
    process = stack.arm("crm", "command.after_commit=kill")
    lead = Lead(stack)
    with dying(stack, "crm", process):
        lead.post_unheard()
    expect_replay(lead.post_until_done())
    lead.check_once()


def with_another_body(stack, _rng):
    client, key = Client(stack.admin, []), str(uuid.uuid4())
    post = stack.admin.post
    first = post("/v1/leads", {"company": "A " + key}, idempotency_key=key)
    other = post("/v1/leads", {"company": "B " + key}, idempotency_key=key)
    if first.status != 201 or other.code != "IDEMPOTENCY_KEY_REUSED":
        raise Failed("one key, two requests: %s, then %s" % (first, other))
    client.read("/v1/leads/" + first["id"])


def fault(what, play, family):
    return Fault("a POST repeated " + what, family, play, alone=True)


FAULTS = [
    fault("while the first is in flight", while_in_flight, "repeated in flight"),
    fault("twelve times at once", all_at_once, "repeated in flight"),
    fault("with another body", with_another_body, "repeated in flight"),
    fault("after its client went away", client_gone, "repeated after a lost reply"),
    fault("after the gateway was killed", killed_in_flight("gateway"), "repeated after a lost reply"),
    fault("after its service was killed in flight", killed_in_flight("crm"),
          "repeated after a lost reply"),
    fault("after its service was killed at commit", service_killed_after_commit,
          "repeated after a lost reply"),
]
