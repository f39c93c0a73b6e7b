"""A seller's stage for proposals, and a browser without scripts: forms as they are sent, no key."""
import html.parser
import http.client
import urllib.parse

BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "User-Agent": "Scenario/1.0"}


class Page(html.parser.HTMLParser):
    """What a browser without scripts needs: the forms with their fields, and the text."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.text, self.tags, self.labels = [], "", [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag == "form":
            self.forms.append({"action": attributes["action"], "fields": {}})
        if tag == "label":
            self.labels.add(attributes["for"])
        if tag == "input" and attributes.get("type") == "hidden":
            self.forms[-1]["fields"][attributes["name"]] = attributes["value"]

    def handle_data(self, data):
        self.text += data


def browse(instance, path, form=None, headers=None):
    """As a browser: no key, a form as its body. The answer's bytes and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", instance.http_port, timeout=60)
    sent = dict(BROWSER, **(headers or {}))
    if form is not None:
        sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection.request("POST", path, urllib.parse.urlencode(form), sent)
    else:
        connection.request("GET", path, headers=sent)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {k.lower(): v for k, v in response.getheaders()}, body


class Stage:
    def __init__(self, instance):
        self.instance, self.admin = instance, instance.admin
        make = self.admin.make
        self.division = make("/v1/divisions", {
            "name": "Germany", "legal_name": "Example GmbH", "currency": "EUR", "country": "DE",
            "time_zone": "Europe/Berlin", "invoice_series": "DE"})["id"]
        self.products = [self.product("INSTALL", "2500.00"), self.product("LICENCE", "1800.00", "month")]

    def product(self, code, price, recurring=None):
        body = {"code": code, "name": code.title(), "kind": "recurring" if recurring else "one_off",
                "tax_code": "standard", "revenue": {"rule": "point_in_time"},
                "pricing": {"model": "flat", "prices": [{"currency": "EUR", "unit_price": price}]}}
        if recurring:
            body.update(billing={"period": {"unit": recurring, "count": 1}, "timing": "advance"},
                        term={"length": {"unit": "year", "count": 3}, "renewal": "automatic",
                              "notice_days": 90},
                        revenue={"rule": "straight_line_months"},
                        service_levels=[{"code": "gold", "name": "Gold", "hours": "24x7",
                                         "response_minutes": 30}])
        made = self.admin.make("/v1/products", body)["id"]
        self.admin.make("/v1/products/%s/publish" % made, {})
        return made

    def act(self, quote, action, body):
        path = "/v1/quotes/" + quote
        return self.admin.make(path + "/" + action, body,
                               headers={"If-Match": self.admin.get(path).etag})

    def release(self):
        account = self.admin.make("/v1/accounts", {
            "name": "Müller & Söhne <AG>", "country": "DE", "currency": "EUR",
            "billing_address": {"lines": ["Musterweg 1"], "postal_code": "53111", "city": "Bonn"}})["id"]
        quote = self.admin.make("/v1/quotes", {
            "account_id": account, "division_id": self.division, "currency": "EUR",
            "lines": [{"product_id": self.products[0], "quantity": "1"},
                      {"product_id": self.products[1], "quantity": "10", "service_level": "gold",
                       "group": "Phase 2"}]})["id"]
        for action, body in (("submit", {}), ("approve", {"version": 1}), ("release", {"version": 1})):
            self.act(quote, action, body)
        return self.admin.get("/v1/quotes/" + quote).json

    def propose(self, quote, **more):
        return self.admin.make("/v1/quotes/%s/proposals" % quote["id"], more)

    def send(self, quote, **more):
        proposal = self.propose(quote, **more).json
        link = self.admin.make("/v1/proposals/%s/send" % proposal["id"], {})["link"]
        return proposal, urllib.parse.urlsplit(link).path
