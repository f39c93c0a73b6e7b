"""Events delivered twice, and out of order between keys."""
import contextlib

import continuo
from continuo import Failed
from fault import Fault, beside


def positions(stack):
    """{(consumer, topic, partition): seq} of all that has been consumed."""
    rows = stack.sql(" UNION ALL ".join(
        "SELECT consumer, topic, partition, seq FROM %s.consumer_position WHERE seq > 0" % schema
        for schema in stack.schemas_with("consumer_position")))
    return {(consumer, topic, int(partition)): int(seq)
            for consumer, topic, partition, seq in rows}


def replay(stack, consumer, topic, partition, seq):
    """As an operator does: the position goes back, and all from there on is handled again."""
    done = stack.run("events", "replay", "--service", consumer, "--topic", topic, "--partition",
                     str(partition), "--from", str(seq))
    if done.returncode != 0:
        raise Failed("continuo events replay: " + done.stderr[-500:])


@contextlib.contextmanager
def delivered_twice(stack, rng, _played):
    """Streams go back to a random place while the round is played, and at the end to the start.

    Not without end: while a stream is behind, the test clock does not move.
    """
    def work():
        for _ in range(10):
            stream, seq = rng.choice(sorted(positions(stack).items()))
            replay(stack, *stream, rng.randint(1, seq))
    with beside(work):
        yield
    for stream in positions(stack):
        stack.sql("UPDATE %s.consumer_position SET seq = 0 WHERE topic = '%s' AND partition = %d"
                  % stream)
    stack.mended()


@contextlib.contextmanager
def produced_twice(stack, rng, played):
    """A relay forgets how far it has produced: the whole log goes over the wire again."""
    service = rng.choice([s for s in continuo.SERVICES if s != "gateway"])

    def work():
        played.clock_moves.wait(60)
        stack.process(service).kill()
        stack.process(service).wait()
        stack.sql("UPDATE %s.relay_position SET produced_seq = 0" % service)
        stack.restart_dead(service)
    with beside(work):
        yield


@contextlib.contextmanager
def out_of_order(stack, _rng, played):
    """One customer's events reach contracts and billing after those that happened later to others.

    A position that another transaction has locked is one that a replica is busy with: its stream
    waits, the others flow.
    """
    played.may_accept.clear()

    def work():
        continuo.await_true(lambda: len(played.accounts) == played.DEALS, "the accounts", 60)
        partitions = [partition_of(stack, account) for account in played.accounts.values()]
        held = partitions[0]
        with stack.session() as session:
            for consumer in ("contracts", "billing"):
                session.run("SELECT FROM %s.consumer_position WHERE partition = %d AND topic IN "
                            "('crm', 'quoting') FOR UPDATE" % (consumer, held))
            before = positions(stack)
            played.may_accept.set()
            # Once in 256 times all three share a partition, and there is nothing to see.
            if len(set(partitions)) > 1:
                continuo.await_true(lambda: overtaken(stack, before, held),
                                    "others' events pass those of partition %d" % held, 30)
        stack.mended()

    def always_let_go():
        try:
            work()
        finally:
            played.may_accept.set()
    with beside(always_let_go):
        yield


def partition_of(stack, account_id):
    return int(stack.sql("SELECT min(partition) FROM crm.event_log WHERE topic = 'crm' AND key = "
                         "'%s'" % account_id)[0][0])


def overtaken(stack, before, held):
    """For each consumer: its order of this partition is in the log and waits, another's has come."""
    now = positions(stack)
    head = int(stack.sql("SELECT coalesce(max(seq), 0) FROM quoting.event_log WHERE topic = "
                         "'quoting' AND partition = %d AND type = 'order.accepted'" % held)[0][0])
    return all(
        head > now.get((consumer, "quoting", held), 0) and
        any(seq > before.get(stream, 0) for stream, seq in now.items()
            if stream[:2] == (consumer, "quoting") and stream[2] != held)
        for consumer in ("contracts", "billing"))


FAULTS = [
    Fault("events delivered twice", "delivered twice", delivered_twice),
    Fault("events produced twice", "delivered twice", produced_twice),
    Fault("events out of order between keys", "out of order", out_of_order),
]
