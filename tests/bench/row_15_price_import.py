"""Row 15: 100,000 prices imported into a price book over REST, beside a bare COPY of the same rows."""
import time
import uuid

from measure import alternate, detail, line, rate
from stack import Cluster, Stack, require

PROGRAMS = []
PRICES = 100_000
LEVELS = 9  # of each product, which has its own price too
PIECE = 20_000
HEADER = "product_code,service_level,unit_price"


def make_products(cluster, stack):
    """One over REST; the others are its copies under codes of their own."""
    stack.admin.make("/v1/products", {
        "code": "P-0", "name": "Product", "kind": "one_off",
        "pricing": {"model": "flat", "prices": [{"currency": "EUR", "unit_price": "100"}]},
        "service_levels": [{"code": "L%d" % n, "name": "Level", "factor": "1.5"}
                           for n in range(LEVELS)]})
    cluster.script(
        "SET search_path = catalogue; INSERT INTO product SELECT (jsonb_populate_record(p,"
        " jsonb_build_object('id', gen_random_uuid(), 'code', 'P-' || n))).*"
        " FROM product AS p, generate_series(1, %d) AS n; ANALYZE product"
        % (PRICES // (LEVELS + 1) - 1), stack.database)


def rows():
    for number in range(PRICES):
        product, level = divmod(number, LEVELS + 1)
        yield "P-%d" % product, "" if level == 0 else "L%d" % (level - 1), "%d.%02d" % (number // 100, number % 100)


def import_rows(stack, pieces, code):
    """Seconds from the first piece to the answer to the last, and the book."""
    book = stack.admin.make("/v1/price_books", {"code": code, "name": code, "currency": "EUR",
                                                "valid_from": "2026-01-01"})["id"]
    begun = stack.admin.make("/v1/price_imports", {"price_book_id": book, "format": "csv"})["id"]
    at = 1
    began = time.monotonic()
    for piece in pieces:
        answer = stack.admin.send("POST", "/v1/price_imports/%s/rows?line=%d" % (begun, at), piece,
                                  headers={"Content-Type": "text/csv"})
        require(answer.status == 200, "a piece is taken: %s" % answer)
        at = answer["next_line"]
    took = time.monotonic() - began
    require((answer["rows_taken"], answer["rows_refused"]) == (PRICES, 0), "every row is taken")
    return took, code


def gate(cluster, stack, code):
    """What is in the book is what the file says, price by price."""
    expected = {row[:2]: float(row[2]) for row in rows()}
    found = cluster.psql("SELECT p.code, e.service_level, e.unit_price FROM catalogue.price_book_entry AS e"
                         " JOIN catalogue.product AS p ON p.id = e.product_id"
                         " JOIN catalogue.price_book AS b ON b.id = e.price_book_id WHERE b.code = '%s'" % code,
                         database=stack.database)
    require({(row[0], row[1]): float(row[2]) for row in found} == expected, "the book holds the file")


def copy_file(cluster, stack, code):
    """The same rows as COPY takes them, and a table like the service's, with its indexes."""
    path = cluster.directory + "/data/price_rows"  # where the server may write
    cluster.script("CREATE TABLE public.bare (LIKE catalogue.price_book_entry INCLUDING ALL);", stack.database)
    cluster.psql("COPY (SELECT e.* FROM catalogue.price_book_entry AS e JOIN catalogue.price_book AS b"
                 " ON b.id = e.price_book_id WHERE b.code = '%s' ORDER BY e.id) TO '%s'" % (code, path),
                 database=stack.database)
    return path


def run(options):
    lines = [",".join(row) for row in rows()]
    pieces = ["\n".join(lines[at:at + PIECE]) + "\n" for at in range(0, PRICES, PIECE)]
    pieces[0] = HEADER + "\n" + pieces[0]
    with Cluster() as cluster, Stack("price_import") as stack:
        make_products(cluster, stack)
        gate(cluster, stack, import_rows(stack, pieces, "GATE")[1])
        path = copy_file(cluster, stack, "GATE")

        def bare():
            cluster.psql("TRUNCATE public.bare", database=stack.database)
            began = time.monotonic()
            cluster.psql("COPY public.bare FROM '%s'" % path, database=stack.database)
            return PRICES / (time.monotonic() - began)

        stack.reset_peak()
        found = alternate(cluster.checkpoint, bare=bare, ours=lambda: PRICES / import_rows(
            stack, pieces, "B-" + uuid.uuid4().hex)[0])
        peak = stack.memory("VmHWM")
        require(cluster.psql("SELECT count(*) FROM public.bare", database=stack.database) == [[str(PRICES)]],
                "COPY has them all")
    line("15", "{:,} prices imported over REST, in pieces of {:,}".format(PRICES, PIECE),
         rate(found["ours"]), rate(found["bare"]), "%.2f" % (found["ours"] / found["bare"]), ">= 0.30")
    detail("bare: COPY from a file on the server into a table with the same indexes; most memory %d MB" %
           (peak // 1024))
