"""Row 5: GET one invoice through the gateway, 16 connections."""
import json

import edge
import server_log
from measure import lua_get
from stack import Cluster, Stack, require

PROGRAMS = edge.PROGRAMS
MARKER = "FROM invoice AS i LEFT JOIN issued_invoice"


def check(cluster, stack, invoices):
    """What is read is what is stored."""
    for invoice in invoices:
        answer = stack.admin.get("/v1/invoices/" + invoice["id"])
        require(answer.status == 200, "the invoice is read: %s" % answer)
        net = sum(round(float(each["net"]["amount"]) * 100) for each in answer["lines"])
        stored = cluster.psql("SELECT net_minor, net_minor + tax_minor FROM billing.invoice AS i "
                              "JOIN billing.issued_invoice AS s ON s.invoice_id = i.id "
                              "WHERE s.number = '%s'" % answer["number"],
                              database=stack.database)[0]
        total = round(float(answer["total"]["amount"]) * 100)
        require([str(net), str(total)] == stored, "%s is as it is stored" % answer["number"])


def scripts(cluster, stack, invoices):
    path = "/v1/invoices/" + invoices[0]["id"]
    log = server_log.ServerLog(cluster.directory, cluster.psql)
    setup, parts = server_log.transactions(
        log.record(edge.ROLE, lambda: stack.admin.get(path)), MARKER)
    part = parts[-1]
    ids = [row[0] for row in cluster.psql("SELECT invoice_id FROM billing.issued_invoice",
                                          database=stack.database)]
    own = next(id for id in ids if any(id in entry.get("detail", "") for entry in part))
    return [server_log.script(setup, part, {"'%s'" % own: "'%s'" % id}) for id in ids]


def run(options):
    with Cluster() as cluster, Stack("get_invoice") as stack:
        stack.play_deal()
        invoices = stack.admin.get("/v1/invoices?limit=100")["data"]
        check(cluster, stack, invoices)
        script = lua_get(["/v1/invoices/" + each["id"] for each in invoices], stack.key)
        size = len(json.dumps(stack.admin.get("/v1/invoices/" + invoices[0]["id"]).json)) // 2
        ours = edge.Ours(stack.http_port, lambda _: script)
        edge.compare("5", "GET one invoice through the gateway, 16 connections", ">= 0.40", cluster,
                     ours, script, size, (stack.database, scripts(cluster, stack, invoices)))
        check(cluster, stack, invoices)
