"""Row 6: a durable REST write, a payment, 16 connections."""
import uuid

import edge
import server_log
from measure import CONNECTIONS, lua_post
from stack import Cluster, Stack, continuo, require

PROGRAMS = edge.PROGRAMS
MARKER = "INSERT INTO payment"
PATH = "/v1/payments"


def body_of(account_id):
    return ('{"account_id":"%s","method":"bank_transfer","received_on":"2029-02-02",'
            '"amount":{"amount":"119.00","currency":"EUR"}}' % account_id)


def pay(stack, body, key):
    answer = stack.admin.post(PATH, body, idempotency_key=key)
    require(answer.status == 201, "a payment is taken: %s" % answer)
    return answer


def script(cluster, stack, body):
    """Two payments on one new connection: what differs between them is new in each."""
    keys = ["bench-" + str(uuid.uuid4()) for _ in range(3)]

    def act():
        for key in keys:
            pay(stack, body, key)

    log = server_log.ServerLog(cluster.directory, cluster.psql)
    setup, parts = server_log.transactions(log.record(edge.ROLE, act), MARKER)
    fresh = server_log.fresh_values(parts[-1], parts[-2])
    fresh["'%s'" % keys[-1]] = "'pgbench-' || :unique"
    return server_log.script(setup, parts[-1], fresh)


def count(cluster, database):
    return int(cluster.psql("SELECT count(*) FROM billing.payment", database=database)[0][0])


def check(cluster, stack, body, before, completed):
    """Each answered payment is there once, with its facts; a repeat makes no second one."""
    added = count(cluster, stack.database) - before
    # What was on its way when wrk ended a round was made and not counted.
    require(completed <= added <= completed + 3 * CONNECTIONS,
            "%d payments for %d answers" % (added, completed))
    key = str(uuid.uuid4())
    first, second = pay(stack, body, key), pay(stack, body, key)
    require(first["id"] == second["id"], "a repeat gets the first answer")
    facts = cluster.psql(
        "SELECT (SELECT count(*) FROM billing.payment) = (SELECT count(*) FROM billing.event_log "
        "WHERE type = 'payment.received'), (SELECT count(*) = count(DISTINCT subject) FROM "
        "billing.event_log WHERE type = 'payment.received')", database=stack.database)[0]
    require(facts == ["t", "t"], "each payment has told its fact once")
    continuo.await_true(
        lambda: cluster.psql("SELECT count(*) FROM billing.event_log WHERE seq IS NULL",
                             database=stack.database) == [["0"]], "the events are relayed", 60)


def run(options):
    with Cluster() as cluster, Stack("payment") as stack:
        stack.play_deal()
        account = stack.admin.get("/v1/accounts")["data"][0]["id"]
        body = body_of(account)
        sql = script(cluster, stack, body)
        # pgbench writes into a copy: its rows are nobody's payments.
        stack.stop()
        cluster.copy(stack.database, "bench_bare")
        stack.start()
        pay(stack, body, str(uuid.uuid4()))
        before = count(cluster, stack.database)
        ours = edge.Ours(stack.http_port, lambda run: lua_post(PATH, body, stack.key, run))
        edge.compare("6", "POST a payment (durable), 16 connections", ">= 0.35", cluster, ours,
                     lua_post(PATH, body, stack.key, "hello"), 300, ("bench_bare", [sql]))
        check(cluster, stack, body, before, ours.completed)
