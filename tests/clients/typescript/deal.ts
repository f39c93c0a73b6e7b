// The demo deal, played by a client that is generated from /openapi.json: every path, parameter, body and
// answer below is checked by the compiler against the document.
//
//   node deal.js BASE_URL ADMINISTRATOR_KEY
import createClient, { type Client } from "openapi-fetch";
import { randomUUID } from "node:crypto";
import type { paths } from "./continuo.js";

const [base, key] = process.argv.slice(2) as [string, string];

function connect(secret: string): Client<paths> {
  return createClient<paths>({ baseUrl: base, headers: { Authorization: `Bearer ${secret}` } });
}

// Headers of a write, and of one that changes what was read.
function once(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": randomUUID() };
}
function change(revision: number): { "Idempotency-Key": string; "If-Match": string } {
  return { ...once(), "If-Match": `"${revision}"` };
}

type Answered<T> = { data?: T; error?: unknown; response: Response };

const admin = connect(key);

// Everything that follows from a call, in every service, is done before the next step.
async function followUps(response: Response): Promise<void> {
  const request_id = response.headers.get("x-request-id") ?? "";
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const { data } = await admin.GET("/v1/requests/{request_id}", { params: { path: { request_id } } });
    if (data?.done) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`what follows from ${request_id} does not end`);
}

async function must<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined) throw new Error(`${response.url}: ${JSON.stringify(error)}`);
  if (response.status === 201 || response.headers.has("idempotency-replayed")) await followUps(response);
  return data;
}

async function done<T>(call: Promise<Answered<T>>): Promise<T> {
  const answer = await call;
  const data = await must(Promise.resolve(answer));
  await followUps(answer.response);
  return data;
}

function expect(what: string, is: unknown, expected: unknown): void {
  if (is !== expected) throw new Error(`${what} is ${String(is)} and not ${String(expected)}`);
  console.log(`ok: ${what}: ${String(is)}`);
}

type Money = { amount: string; currency: string } | null | undefined;
const euros = (money: Money): string => `${money?.amount} ${money?.currency}`;

async function setUpCompany(): Promise<string> {
  const division = await done(admin.POST("/v1/divisions", {
    params: { header: once() },
    body: { name: "Germany", legal_name: "Example GmbH", currency: "EUR", country: "DE",
            time_zone: "Europe/Berlin", invoice_series: "DE" },
  }));
  await done(admin.POST("/v1/tax_rates", {
    params: { header: once() },
    body: { country: "DE", tax_code: "standard", rate: "19", valid_from: "2020-01-01" },
  }));
  await done(admin.POST("/v1/bill_run_schedules", {
    params: { header: once() }, body: { division_id: division.id, auto_issue: true, enabled: true },
  }));
  return division.id;
}

type NewProduct = NonNullable<paths["/v1/products"]["post"]["requestBody"]>["content"]["application/json"];

async function publish(body: NewProduct): Promise<string> {
  const product = await done(admin.POST("/v1/products", { params: { header: once() }, body }));
  await done(admin.POST("/v1/products/{id}/publish", {
    params: { path: { id: product.id }, header: change(product.revision) }, body: {},
  }));
  return product.id;
}

async function setUpCatalogue() {
  const supplier = await done(admin.POST("/v1/suppliers", {
    params: { header: once() }, body: { name: "Vendor Inc", currency: "USD" },
  }));
  return {
    licence: await publish({
      code: "PLATFORM", name: "Platform licence", kind: "recurring", unit: "seat",
      tax_code: "standard", commission_class: "licence",
      pricing: { model: "volume", prices: [{ currency: "EUR", bands: [
        { up_to: "49", unit_price: "24" }, { up_to: "99", unit_price: "20" }, { unit_price: "18" }] }] },
      billing: { period: { unit: "month", count: 1 }, timing: "advance" },
      term: { length: { unit: "month", count: 36 }, renewal: "automatic", notice_days: 90 },
      revenue: { rule: "straight_line_months" },
    }),
    installation: await publish({
      code: "INSTALL", name: "Installation", kind: "one_off", tax_code: "standard",
      commission_class: "service",
      pricing: { model: "flat", prices: [{ currency: "EUR", unit_price: "3600" }] },
      revenue: { rule: "point_in_time" },
    }),
    support: await publish({
      code: "CARE", name: "Platform support", kind: "recurring", tax_code: "standard",
      commission_class: "support",
      pricing: { model: "flat", prices: [{ currency: "EUR", unit_price: "4800" }] },
      billing: { period: { unit: "year", count: 1 }, timing: "advance" },
      term: { length: { unit: "year", count: 3 } },
      revenue: { rule: "straight_line_months" },
      service_levels: [
        { code: "8x5", name: "Office hours", factor: "1" },
        { code: "24x7", name: "Round the clock", factor: "1.25", hours: "24x7", response_minutes: 60 }],
      purchasing: [{ name: "Vendor support", supplier_id: supplier.id, currency: "USD", unit_cost: "2000",
                     period: { unit: "year", count: 1 }, timing: "advance", lead_days: 30 }],
    }),
  };
}

async function user(name: string, sees: "all" | "linked", permissions: string[]) {
  const profile = await done(admin.POST("/v1/security_profiles", {
    params: { header: once() }, body: { name, sees, permissions },
  }));
  const made = await done(admin.POST("/v1/users", {
    params: { header: once() },
    body: { name, email: `${name}@example.com`, profile_id: profile.id },
  }));
  const issued = await done(admin.POST("/v1/api_keys", {
    params: { header: once() }, body: { user_id: made.id },
  }));
  return { id: made.id, client: connect(issued.secret!) };
}

async function setUpCommission() {
  const rep = await user("rep", "linked", [
    "sale_links.read", "sale_links.claim", "credits.read", "commission_statements.read"]);
  const manager = await user("manager", "all", [
    "sale_links.*", "credits.read", "commission_statements.*"]);
  const plan = await done(admin.POST("/v1/commission_plans", {
    params: { header: once() },
    body: { name: "Field sales", terms: { valid_from: "2026-01-01", credit_on: "invoice",
            rate_percent: "5", rates: [{ commission_class: "licence", rate_percent: "8" },
                                       { commission_class: "support", rate_percent: "3" }] } },
  }));
  await done(admin.POST("/v1/participants", {
    params: { header: once() },
    body: { user_id: rep.id, plan_id: plan.id, valid_from: "2026-01-01" },
  }));
  return { rep: rep.client, manager: manager.client };
}

async function quote(division_id: string, products: Awaited<ReturnType<typeof setUpCatalogue>>) {
  const lead = await done(admin.POST("/v1/leads", {
    params: { header: once() },
    body: { source: "fair", company: "Beispiel AG", country: "DE", currency: "EUR",
            contact: { first_name: "Anna", last_name: "Muster", email: "anna@example.de" } },
  }));
  const converted = await done(admin.POST("/v1/leads/{id}/convert", {
    params: { path: { id: lead.id }, header: change(lead.revision) }, body: {},
  }));
  const made = await done(admin.POST("/v1/quotes", {
    params: { header: once() },
    body: { account_id: converted.account_id!, opportunity_id: converted.opportunity_id, division_id,
            currency: "EUR", start_on: "2026-02-01", payment_days: 30, lines: [
              { product_id: products.licence, quantity: "100" },
              { product_id: products.installation, quantity: "1" },
              { product_id: products.support, quantity: "1", service_level: "24x7" }] },
  }));
  expect("the quote for 100 seats", euros(made.totals?.term_total), "86400.00 EUR");
  await done(admin.PATCH("/v1/quotes/{quote_id}/lines/{id}", {
    params: { path: { quote_id: made.id, id: made.lines[0]!.id }, header: change(made.revision) },
    body: { quantity: "50" },
  }));
  return { quote_id: made.id, account_id: made.account_id! };
}

async function accept(quote_id: string): Promise<string> {
  const at = async () => {
    const read = await must(admin.GET("/v1/quotes/{id}", { params: { path: { id: quote_id } } }));
    return { path: { id: quote_id }, header: change(read.revision) };
  };
  await done(admin.POST("/v1/quotes/{id}/submit", { params: await at(), body: {} }));
  await done(admin.POST("/v1/quotes/{id}/approve", { params: await at(), body: { version: 1 } }));
  await done(admin.POST("/v1/quotes/{id}/release", { params: await at(), body: { version: 1 } }));
  const order = await done(admin.POST("/v1/quotes/{id}/accept", {
    params: await at(), body: { version: 1, accepted_by: "Anna Muster", place: "Berlin" },
  }));
  expect("the order", euros(order.term_total), "57600.00 EUR");
  return order.contract_id!;
}

async function claim(rep: Client<paths>, manager: Client<paths>): Promise<void> {
  const open = await must(rep.GET("/v1/sale_links", { params: { query: { status: "open" } } }));
  const id = open.data[0]!.id;
  expect("what the rep may recognise is masked", open.data[0]!.masked, true);
  await done(rep.POST("/v1/sale_links/{id}/claim", {
    params: { path: { id }, header: once() }, body: { evidence: "Met the customer at the fair." },
  }));
  const verified = await done(manager.POST("/v1/sale_links/{id}/verify", {
    params: { path: { id }, header: once() }, body: { reason: "I was there." },
  }));
  expect("the contract's price", euros(verified.contract_price), "57600.00 EUR");
}

async function initialise(account_id: string): Promise<void> {
  const pending = await must(admin.GET("/v1/schedules", {
    params: { query: { status: "pending", account_id } },
  }));
  for (const schedule of pending.data) {
    await done(admin.POST("/v1/schedules/{id}/initialise", {
      params: { path: { id: schedule.id }, header: change(schedule.revision) },
      body: { start_on: schedule.side === "sell" ? "2026-02-01" : "2026-01-20" },
    }));
  }
}

async function advance(to: string): Promise<void> {
  await must(admin.POST("/v1/test_clock/advance", { params: { header: once() }, body: { to } }));
  for (;;) {
    const clock = await must(admin.GET("/v1/test_clock"));
    if (clock.status === "ready") return expect(`parked events at ${to}`, clock.parked, 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function collect(account_id: string): Promise<void> {
  let cents = 0;
  let cursor: string | undefined;
  do {
    const page = await must(admin.GET("/v1/invoices", {
      params: { query: { limit: 25, account_id, ...(cursor ? { cursor } : {}) } },
    }));
    for (const invoice of page.data) cents += Math.round(Number(invoice.total!.amount) * 100);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect("all invoices, in cents", cents, 6_854_400);
  await done(admin.POST("/v1/payments", {
    params: { header: once() },
    body: { account_id, method: "bank_transfer", received_on: "2029-02-02",
            amount: { amount: "68544.00", currency: "EUR" } },
  }));
  const open = await must(admin.GET("/v1/invoices", { params: { query: { status: "issued", account_id } } }));
  expect("open invoices", open.data.length, 0);
}

async function payOut(rep: Client<paths>, manager: Client<paths>): Promise<void> {
  let paid = 0;
  let cursor: string | undefined;
  do {
    const page = await must(rep.GET("/v1/commission_statements", {
      params: { query: { limit: 25, ...(cursor ? { cursor } : {}) } },
    }));
    for (const { id } of page.data) {
      await must(manager.POST("/v1/commission_statements/{id}/approve", {
        params: { path: { id }, header: once() }, body: {},
      }));
      const settled = await must(manager.POST("/v1/commission_statements/{id}/pay", {
        params: { path: { id }, header: once() }, body: { reference: "Payroll" },
      }));
      paid += Math.round(Number(settled.paid!.amount) * 100);
    }
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect("commission paid, in cents", paid, 360_000);
}

const division_id = await setUpCompany();
const products = await setUpCatalogue();
const { rep, manager } = await setUpCommission();
const { quote_id, account_id } = await quote(division_id, products);
const contract_id = await accept(quote_id);
await claim(rep, manager);
await initialise(account_id);
await advance("2029-02-02T09:00:00Z");
const balance = await must(admin.GET("/v1/balances", {
  params: { query: { contract_id, as_of: "2029-02-02" } },
}));
expect("revenue recognised", euros(balance.data[0]!.recognised), "57600.00 EUR");
await collect(account_id);
await payOut(rep, manager);
