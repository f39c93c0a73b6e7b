"""A company that sells: deals from lead to cash over REST, by clients as they should be.

Each write has one Idempotency-Key and one X-Request-Id, and is repeated with both until it is
answered, whatever happens in between. The journal keeps what was acknowledged.

A deal, all of it invoiced within its round (net 560.00, with 19 % VAT 666.40 EUR):

   licence       10 seats x 20.00, one month in advance    200.00   invoiced on its first day
   installation  once                                      360.00   on the day of the order
"""
import contextlib
import datetime
import http.client
import secrets
import threading
import time
import uuid

import continuo
from continuo import Failed, await_true

GROSS = "666.40"
PATIENCE = 60  # seconds until a write must be answered
LICENCE = {"kind": "recurring", "unit": "seat", "tax_code": "standard",
           "pricing": {"model": "flat", "prices": [{"currency": "EUR", "unit_price": "20"}]},
           "billing": {"period": {"unit": "month", "count": 1}, "timing": "advance"},
           "term": {"length": {"unit": "month", "count": 1}},
           "revenue": {"rule": "straight_line_months"}}
INSTALLATION = {"kind": "one_off", "tax_code": "standard",
                "pricing": {"model": "flat",
                            "prices": [{"currency": "EUR", "unit_price": "360"}]},
                "revenue": {"rule": "point_in_time"}}
PLAN = {"name": "Field sales",
        "terms": {"valid_from": "2026-01-01", "credit_on": "invoice", "rate_percent": "5"}}
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_request_id():
    number = (int(time.time() * 1000) << 80) | (7 << 76) | (secrets.randbits(12) << 64) | \
        (2 << 62) | secrets.randbits(62)
    return "req_" + "".join(ALPHABET[(number >> (5 * i)) & 31] for i in reversed(range(26)))


def days_after(at, days):
    day = datetime.date.fromisoformat(at[:10]) + datetime.timedelta(days)
    return day.isoformat() + "T09:00:00Z"


class Write:
    """An acknowledged write: one key, one effect."""

    def __init__(self, step, path, request_id, answer, attempts):
        self.step, self.path, self.request_id = step, path, request_id
        self.answer, self.attempts = answer, attempts
        self.replayed = answer.headers.get("idempotency-replayed") == "true"


class Client:
    def __init__(self, caller, journal):
        self.caller, self.journal = caller, journal

    def write(self, step, method, path, body=None, if_match=None):
        key, request_id = str(uuid.uuid4()), new_request_id()
        headers = {"X-Request-Id": request_id}
        if if_match:
            headers["If-Match"] = if_match
        began, attempts, last = time.monotonic(), 0, None
        while time.monotonic() - began < PATIENCE:
            attempts += 1
            try:
                answer = self.caller.send(method, path, {} if body is None else body,
                                          headers=headers, idempotency_key=key)
            except (OSError, http.client.HTTPException) as lost:
                last = lost
                time.sleep(0.1)
                continue
            if answer.status in (200, 201):
                write = Write(step, path, request_id, answer, attempts)
                self.journal.append(write)
                return answer
            last = answer
            again = answer.status in (502, 503, 504) or answer.code in (
                "IDEMPOTENCY_KEY_IN_FLIGHT", "CONFLICT")
            if not again:
                raise Failed("%s: %s %s: %s" % (step, method, path, answer))
            time.sleep(0.1)
        raise Failed("%s: %s %s: not answered within %d s, at last %s" % (
            step, method, path, PATIENCE, last))

    def post(self, step, path, body=None, if_match=None):
        return self.write(step, "POST", path, body, if_match)

    def read(self, path):
        last = None

        def probe():
            nonlocal last
            try:
                last = self.caller.get(path)
                return last if last.status == 200 else None
            except (OSError, http.client.HTTPException) as lost:
                last = lost
                return None
        try:
            return await_true(probe, "GET " + path, PATIENCE)
        except Failed as failed:
            raise Failed("%s, at last %s" % (failed, last))


class Company:
    """What every round stands on; set up once, undisturbed."""

    def __init__(self, caller):
        make = caller.make
        self.division = make("/v1/divisions", {
            "name": "Germany", "legal_name": "Example GmbH", "currency": "EUR", "country": "DE",
            "time_zone": "Europe/Berlin", "invoice_series": "DE"})["id"]
        make("/v1/tax_rates", {"country": "DE", "tax_code": "standard", "rate": "19",
                               "valid_from": "2020-01-01"})
        make("/v1/bill_run_schedules", {"division_id": self.division, "auto_issue": True,
                                        "enabled": True})
        self.licence = self._publish(make, dict(LICENCE, code="PLATFORM", name="Platform"))
        self.installation = self._publish(make, dict(INSTALLATION, code="INSTALL", name="Setup"))
        self.profile = make("/v1/security_profiles", {
            "name": "reader", "permissions": ["accounts.read"], "sees": "linked"})["id"]
        self.plan = make("/v1/commission_plans", PLAN)["id"]

    @staticmethod
    def _publish(make, product):
        product_id = make("/v1/products", product)["id"]
        make("/v1/products/%s/publish" % product_id, {})
        return product_id


class Round:
    """Three customers buy at once while the office works; two days pass; they pay."""

    DEALS = 3

    def __init__(self, caller, company, number):
        self.caller, self.company, self.number = caller, company, number
        self.journal, self.failed = [], []
        self.accounts = {}  # deal -> account id
        self.client = Client(caller, self.journal)
        # A day after the order, so that order and licence are always invoiced apart.
        self.start_on = days_after(self.client.read("/v1/test_clock")["at"], 1)[:10]
        # For a fault that must come at the right moment: the clock begins to move; and a place
        # where the deals wait if it wants them to.
        self.clock_moves, self.may_accept = threading.Event(), threading.Event()
        self.may_accept.set()
        self.seconds = {}  # how long each part took

    def play(self):
        deals = range(self.DEALS)
        with self._timed("selling"):
            self._together([lambda deal=deal: self._sell(deal) for deal in deals] + [self._office])
        self.clock_moves.set()
        with self._timed("living"):
            self._live(2)
        self._together([lambda deal=deal: self._collect(deal) for deal in deals])

    @contextlib.contextmanager
    def _timed(self, part):
        began = time.monotonic()
        yield
        self.seconds[part] = time.monotonic() - began

    def _together(self, parts):
        def run(part):
            try:
                part()
            except Exception as error:  # told by the caller's thread
                self.failed.append(error)
        threads = [threading.Thread(target=run, args=(part,)) for part in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failed:
            raise Failed("; ".join(str(error) for error in self.failed))

    def _sell(self, deal):
        post, company = self.client.post, self.company
        lead = post("lead", "/v1/leads", {
            "source": "fair", "company": "Customer %d.%d" % (self.number, deal), "country": "DE",
            "currency": "EUR", "contact": {"first_name": "Anna", "last_name": "Muster",
                                           "email": "anna@example.de"}})
        converted = post("convert", "/v1/leads/%s/convert" % lead["id"])
        self.accounts[deal] = account = converted["account_id"]
        quote = post("quote", "/v1/quotes", {
            "account_id": account, "opportunity_id": converted["opportunity_id"],
            "division_id": company.division, "currency": "EUR", "start_on": self.start_on,
            "payment_days": 30,
            "lines": [{"product_id": company.licence, "quantity": "10"},
                      {"product_id": company.installation, "quantity": "1"}]})
        path = "/v1/quotes/" + quote["id"]
        for step, body in (("submit", {}), ("approve", {"version": 1}), ("release", {"version": 1}),
                           ("accept", {"version": 1, "accepted_by": "Anna Muster",
                                       "place": "Berlin"})):
            if step == "accept":
                self.may_accept.wait(PATIENCE)
            order = post(step, "%s/%s" % (path, step), body, self.client.read(path).etag)
        schedules = "/v1/schedules?status=pending&account_id=" + account
        await_true(lambda: self.client.read(schedules).json["data"], "schedules of " +
                   order["contract_id"], PATIENCE)
        for schedule in self.client.read(schedules).json["data"]:
            post("initialise", "/v1/schedules/%s/initialise" % schedule["id"],
                 {"start_on": self.start_on}, '"%d"' % schedule["revision"])

    def _office(self):
        post, name = self.client.post, "r%dx%s" % (self.number, secrets.token_hex(3))
        user = post("user", "/v1/users", {"name": name, "email": name + "@example.com",
                                          "profile_id": self.company.profile})
        product = post("product", "/v1/products",
                       dict(INSTALLATION, code=name.upper(), name="Setup " + name))
        post("publish", "/v1/products/%s/publish" % product["id"])
        account = post("account", "/v1/accounts", {"name": "Partner " + name, "country": "DE",
                                                   "currency": "EUR"})
        post("participant", "/v1/participants", {
            "user_id": user["id"], "plan_id": self.company.plan, "valid_from": "2026-01-01"})
        # It hears of nothing that a round does: what it would be sent depends on when it is there.
        post("endpoint", "/v1/webhook_endpoints", {
            "url": "https://example.com/" + name, "event_types": ["division.updated"]})
        # What follows from the account may meet the link or not: it is first.
        self._await_follow_ups(account)
        post("link", "/v1/responsibility_links", {
            "user_id": user["id"], "account_id": account["id"], "role": "owner"})

    def _await_follow_ups(self, answer):
        path = "/v1/requests/" + answer.headers["x-request-id"]
        await_true(lambda: self.client.read(path).json["done"], "all that follows from " + path,
                   PATIENCE)

    def _live(self, days):
        to = days_after(self.client.read("/v1/test_clock")["at"], days)
        self.client.post("advance", "/v1/test_clock/advance", {"to": to})
        clock = await_true(lambda: self._ready_clock(), "the test clock at " + to, PATIENCE)
        if clock["parked"] != 0:
            raise Failed("%s events are parked: %s" % (clock["parked"], clock))

    def _ready_clock(self):
        clock = self.client.read("/v1/test_clock")
        return clock if clock["status"] == "ready" else None

    def invoices(self, deal):
        return self.client.read("/v1/invoices?limit=100&account_id=" +
                                self.accounts[deal]).json["data"]

    def _collect(self, deal):
        self.client.post("payment", "/v1/payments", {
            "account_id": self.accounts[deal], "method": "bank_transfer",
            "received_on": self.start_on, "amount": {"amount": GROSS, "currency": "EUR"}})
