"""Row 4: 1,000 lines priced over REST, and a quote of 1,000 lines priced and stored."""
import json
import statistics
import subprocess
import tempfile
import time
import uuid

import edge
from measure import detail, line
from row_03_price_quote import price
from stack import ROOT, Cluster, Stack, continuo, require

PROGRAMS = ["continuo_bench_http_hello", "continuo_bench_json_round", "continuo_bench_price_quote"]
LINES = 1_000
REPEATS = 15
BANDS = [{"up_to": str(100 * (n + 1)), "unit_price": str(19 - n)} for n in range(7)] + [{"unit_price": "12"}]
PARTS = 5  # lines of a machine


def median_ms(act, repeats=REPEATS):
    times = []
    for number in range(repeats + 2):
        begin = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times[2:])


def calculation():
    return {"currency": "EUR", "header_discount_percent": "2", "lines": [
        {"quantity": str(7 + n % 793), "model": "graduated", "bands": BANDS,
         "service_level_factor": "1.5", "discount_percent": "10"} for n in range(LINES)]}


def publish(admin, code, body):
    made = admin.make("/v1/products", {"code": code, "name": code, **body})
    admin.make("/v1/products/%s/publish" % made["id"], {"effective_from": "2026-01-01"})
    return made["id"]


def plant(admin):
    """One product of three levels that comes to five lines."""
    part = publish(admin, "PART", {
        "kind": "recurring", "tax_code": "standard",
        "pricing": {"model": "graduated", "prices": [{"currency": "EUR", "bands": BANDS}]},
        "billing": {"period": {"unit": "month", "count": 1}, "timing": "advance"},
        "term": {"length": {"unit": "month", "count": 36}, "renewal": "manual"},
        "revenue": {"rule": "straight_line_days"}})
    parts = [part] + [publish(admin, "PART%d" % n, {
        "kind": "one_off", "tax_code": "standard",
        "pricing": {"model": "graduated", "prices": [{"currency": "EUR", "bands": BANDS}]},
        "revenue": {"rule": "point_in_time"}}) for n in range(1, PARTS)]

    def bundle(code, components, discount):
        return publish(admin, code, {
            "kind": "bundle", "components": components,
            "bundle_price": {"method": "discount", "discount_percent": discount}})

    module = bundle("MODULE", [{"product_id": each, "quantity": "70"} for each in parts], "2")
    assembly = bundle("ASSEMBLY", [{"product_id": module, "quantity": "1"}], "3")
    machine = bundle("MACHINE", [{"product_id": assembly, "quantity": "1"}], "5")
    return machine


def sold(account, division, machine):
    return {"account_id": account, "division_id": division, "currency": "EUR",
            "header_discount_percent": "2",
            "lines": [{"product_id": machine, "quantity": str(1 + n % 5), "discount_percent": "10"}
                      for n in range(LINES // PARTS)]}


def bare_insert(cluster, database):
    """The rows of one quote's lines once more, durably, into a table of the same shape."""
    columns = [row[0] for row in cluster.psql(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'quoting' AND "
        "table_name = 'quote_line' AND is_generated = 'NEVER' ORDER BY ordinal_position",
        database=database)]
    cluster.psql("CREATE SCHEMA bench", "CREATE TABLE bench.line (LIKE quoting.quote_line INCLUDING ALL)",
                 "CREATE TABLE bench.seed AS SELECT * FROM quoting.quote_line WHERE quote_id = "
                 "(SELECT quote_id FROM quoting.quote_line GROUP BY 1 HAVING count(*) = %d LIMIT 1)" % LINES,
                 database=database)
    def quoted(column):
        return '"%s"' % column

    fresh = {"id": "gen_random_uuid()", "quote_id": ":'quote'::uuid"}
    insert = "INSERT INTO bench.line (%s) SELECT %s FROM bench.seed;" % (
        ", ".join(map(quoted, columns)),
        ", ".join(fresh.get(column, quoted(column)) for column in columns))
    script = "\\timing on\n" + "".join(
        "\\set quote %s\n%s\n" % (uuid.uuid4(), insert) for _ in range(REPEATS + 2))
    done = subprocess.run(["psql", cluster.url + " dbname=" + database, "-qXAt", "-v", "ON_ERROR_STOP=1",
                           "-f", "-"], input=script, capture_output=True, text=True)
    times = [float(said.split()[1]) for said in done.stdout.splitlines() if said.startswith("Time:")]
    require(len(times) == REPEATS + 2, "each insert is timed: %s" % done.stderr)
    return statistics.median(times[2:])


def json_round(*texts):
    """Milliseconds to read and write what goes over the wire."""
    total = 0
    for text in texts:
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(text)
            file.flush()
            done = subprocess.run([str(ROOT / "build/bench/continuo_bench_json_round"), file.name, "20"],
                                  capture_output=True, text=True, check=True)
            total += float(done.stdout) / 1000
    return total


def hello(body):
    """Milliseconds for the same bytes to an edge that says hello."""
    with edge.Hello() as server:
        caller = continuo.Rest(server.port, "none")
        return median_ms(lambda _: caller.post("/", body))


def compare(what, ours, parts, goal):
    bare = sum(parts.values())
    line("4", what, "%.1f ms" % ours, "%.1f ms" % bare, "%.1fx" % (ours / bare), goal)
    detail("bare: " + ", ".join("%s %.2f ms" % part for part in parts.items()))


def run(_options):
    loop = price(LINES)["bare_p50"] / 1000
    with Cluster() as cluster, Stack("quote") as stack:
        stack.play_deal()
        admin = stack.admin
        asked = json.dumps(calculation())
        answer = admin.post("/v1/calculations/price", asked)
        require(answer.status == 200 and len(answer.json["lines"]) == LINES, "all lines are priced: %s" % answer)
        ours = median_ms(lambda _: admin.post("/v1/calculations/price", asked))
        compare("price 1,000 lines over REST", ours,
                {"hello": hello(asked), "JSON": json_round(asked, answer.text) / 2, "loop": loop}, "<= 3x")

        account = admin.get("/v1/accounts")["data"][0]["id"]
        division = admin.get("/v1/divisions")["data"][0]["id"]
        body = json.dumps(sold(account, division, plant(admin)))
        made = admin.post("/v1/quotes", body)
        require(made.status == 201 and len(made.json["lines"]) == LINES, "it has its lines: %s" % made.status)
        ours = median_ms(lambda _: admin.post("/v1/quotes", body))
        compare("price and store a quote of 1,000 lines", ours,
                {"hello": hello(body), "JSON": json_round(body, made.text) / 2, "loop": loop,
                 "insert": bare_insert(cluster, stack.database)}, "<= 2x")

        first = made.json["lines"][0]["id"]
        path = "/v1/quotes/%s/lines/%s" % (made["id"], first)

        def edit(number):
            done = admin.patch(path, {"quantity": str(100 + number)}, headers={"If-Match": '"%d"' % (1 + number)})
            require(done.status == 200, "a line is edited: %s" % done)

        detail("editing one line of it: %.1f ms" % median_ms(edit))
