#include "continuo/demo/deal.h"

#include <chrono>
#include <map>
#include <stdexcept>
#include <thread>

#include "continuo/demo/commission.h"
#include "continuo/demo/rest_client.h"

namespace continuo::demo {
namespace {

constexpr char kLicence[] = R"({"code":"PLATFORM","name":"Platform licence","kind":"recurring",
  "unit":"seat","tax_code":"standard","commission_class":"licence",
  "pricing":{"model":"volume","prices":[{"currency":"EUR","bands":[
    {"up_to":"49","unit_price":"24"},{"up_to":"99","unit_price":"20"},{"unit_price":"18"}]},
    {"currency":"USD","bands":[{"unit_price":"22"}]}]},
  "billing":{"period":{"unit":"month","count":1},"timing":"advance"},
  "term":{"length":{"unit":"month","count":36},"renewal":"automatic","notice_days":90},
  "revenue":{"rule":"straight_line_months"}})";
constexpr char kInstallation[] = R"({"code":"INSTALL","name":"Installation","kind":"one_off",
  "tax_code":"standard","commission_class":"service",
  "pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":"3600"}]},
  "revenue":{"rule":"point_in_time"}})";

std::string Support(const std::string& supplier_id) {
  return R"({"code":"CARE","name":"Platform support","kind":"recurring","tax_code":"standard",
    "commission_class":"support",
    "pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":"4800"}]},
    "billing":{"period":{"unit":"year","count":1},"timing":"advance"},
    "term":{"length":{"unit":"year","count":3}},
    "revenue":{"rule":"straight_line_months"},
    "service_levels":[{"code":"8x5","name":"Office hours","factor":"1"},
      {"code":"24x7","name":"Round the clock","factor":"1.25","hours":"24x7","response_minutes":60}],
    "purchasing":[{"name":"Vendor support","supplier_id":")" +
         supplier_id +
         R"(","currency":"USD","unit_cost":"2000","period":{"unit":"year","count":1},
      "timing":"advance","lead_days":30}]})";
}

class Deal {
 public:
  Deal(RestClient& client, const std::function<void(const Step&)>& tell)
      : client_(client), tell_(tell), commission_(client, tell) {}

  void Play() {
    SetUpCompany();
    SetUpCatalogue();
    commission_.SetUp();
    Convert();
    Quote();
    Accept();
    commission_.ClaimAndVerify(contract_id_);
    Initialise();
    LiveThreeYears();
    Collect();
    commission_.PayOut();
  }

 private:
  // Tells a step once everything that followed from it is done.
  void Tell(const std::string& what, const Answer& answer, const std::string& amount = {}) {
    tell_({what, answer.Text("id"), amount, client_.AwaitFollowUps(answer.request_id)});
  }

  // The demo asserts its own figures: what it shows is right, or it stops.
  static void Expect(const std::string& what, const std::string& actual,
                     const std::string& expected) {
    if (actual == expected) return;
    throw std::runtime_error(what + " is " + actual + " and not " + expected);
  }

  void SetUpCompany() {
    const auto division = client_.Post(
        "/v1/divisions",
        R"({"name":"Germany","legal_name":"Example GmbH","currency":"EUR","country":"DE",
            "time_zone":"Europe/Berlin","invoice_series":"DE"})");
    division_id_ = division.Text("id");
    Tell("division set up", division);
    Tell("tax rate entered: 19 % VAT",
         client_.Post("/v1/tax_rates",
                      R"({"country":"DE","tax_code":"standard","rate":"19","valid_from":"2020-01-01"})"));
    Tell("bills go out by themselves",
         client_.Post("/v1/bill_run_schedules", R"({"division_id":")" + division_id_ +
                                                    R"(","auto_issue":true,"enabled":true})"));
  }

  std::string Publish(const std::string& json) {
    const auto product = client_.Post("/v1/products", json);
    const auto id = product.Text("id");
    Tell("product published: " + product.Text("name"),
         client_.Post("/v1/products/" + id + "/publish", "{}"));
    return id;
  }

  void SetUpCatalogue() {
    const auto supplier = client_.Post("/v1/suppliers", R"({"name":"Vendor Inc","currency":"USD"})");
    Tell("supplier added", supplier);
    licence_id_ = Publish(kLicence);
    installation_id_ = Publish(kInstallation);
    support_id_ = Publish(Support(supplier.Text("id")));
  }

  void Convert() {
    const auto lead = client_.Post(
        "/v1/leads", R"({"source":"fair","company":"Beispiel AG","country":"DE","currency":"EUR",
          "contact":{"first_name":"Anna","last_name":"Muster","email":"anna@example.de"}})");
    Tell("lead came in", lead);
    const auto converted = client_.Post("/v1/leads/" + lead.Text("id") + "/convert", "{}");
    account_id_ = converted.Text("account_id");
    opportunity_id_ = converted.Text("opportunity_id");
    Tell("lead converted to account, contact, opportunity", converted);
  }

  void Quote() {
    const auto quote = client_.Post(
        "/v1/quotes",
        R"({"account_id":")" + account_id_ + R"(","opportunity_id":")" + opportunity_id_ +
            R"(","division_id":")" + division_id_ +
            R"(","currency":"EUR","start_on":"2026-02-01","payment_days":30,"lines":[
          {"product_id":")" + licence_id_ + R"(","quantity":"100"},
          {"product_id":")" + installation_id_ + R"(","quantity":"1"},
          {"product_id":")" + support_id_ + R"(","quantity":"1","service_level":"24x7"}]})");
    quote_id_ = quote.Text("id");
    Tell("quote for 100 seats", quote, Amount(quote, "totals/term_total"));
    Expect("the quote for 100 seats", Amount(quote, "totals/term_total"), "86400.00 EUR");
    client_.Patch("/v1/quotes/" + quote_id_ + "/lines/" + quote.Text("lines/0/id"),
                  R"({"quantity":"50"})", quote.etag);
    const auto changed = client_.Get("/v1/quotes/" + quote_id_);
    Tell("the customer takes 50 seats", changed, Amount(changed, "totals/term_total"));
    Expect("the quote for 50 seats", Amount(changed, "totals/term_total"), "57600.00 EUR");
  }

  Answer Act(const std::string& action, const std::string& json) {
    const auto current = client_.Get("/v1/quotes/" + quote_id_);
    return client_.Post("/v1/quotes/" + quote_id_ + "/" + action, json, current.etag);
  }

  void Accept() {
    Tell("quote submitted", Act("submit", "{}"));
    Tell("quote approved", Act("approve", R"({"version":1})"));
    Tell("quote released to the customer", Act("release", R"({"version":1})"));
    const auto order =
        Act("accept", R"({"version":1,"accepted_by":"Anna Muster","place":"Berlin"})");
    Tell("quote accepted: the order", order, Amount(order, "term_total"));
    Expect("the order", Amount(order, "term_total"), "57600.00 EUR");
    contract_id_ = order.Text("contract_id");
    const auto contract = client_.Get("/v1/contracts/" + contract_id_);
    Tell("the contract it became", contract, Amount(contract, "term_total"));
    const auto won = client_.Get("/v1/opportunities/" + opportunity_id_);
    Expect("the opportunity", won.Text("status"), "won");
    const auto residual = client_.Get("/v1/residual_demands?account_id=" + account_id_);
    tell_({"still known: asked and not bought", residual.Text("data/0/id"),
           residual.Text("data/0/quantity") + " seats", ""});
    Expect("what was not bought", residual.Text("data/0/quantity"), "50");
  }

  void Initialise() {
    const auto schedules =
        client_.Get("/v1/schedules?status=pending&account_id=" + account_id_);
    for (const auto& schedule : schedules.body["data"].GetArray()) {
      const bool sells = std::string(schedule["side"].GetString()) == "sell";
      const std::string id = schedule["id"].GetString();
      const auto initialised = client_.Post(
          "/v1/schedules/" + id + "/initialise",
          sells ? R"({"start_on":"2026-02-01"})" : R"({"start_on":"2026-01-20"})",
          "\"" + std::to_string(schedule["revision"].GetInt64()) + "\"");
      Tell(std::string(sells ? "schedule initialised: " : "purchase initialised: ") +
               schedule["description"].GetString(),
           initialised, Amount(initialised, "term_total"));
    }
    const auto bought = client_.Get("/v1/purchase_orders?contract_id=" + contract_id_);
    tell_({"the purchase order of three years", bought.Text("data/0/id"),
           Amount(bought, "data/0/total"), ""});
    Expect("the purchase order", Amount(bought, "data/0/total"), "6000.00 USD");
  }

  void Advance(const std::string& to) {
    const auto advanced = client_.Post("/v1/test_clock/advance", R"({"to":")" + to + R"("})");
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    for (;;) {
      const auto clock = client_.Get("/v1/test_clock");
      if (clock.Text("status") == "ready") {
        Expect("the number of parked events", clock.Text("parked"), "0");
        return tell_({"the clock stands at " + to, "", clock.Text("visited") + " due instants", ""});
      }
      if (std::chrono::steady_clock::now() > deadline) {
        throw std::runtime_error("the test clock does not get to " + to);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  void LiveThreeYears() {
    Advance("2026-02-02T09:00:00Z");
    const auto first = client_.Get("/v1/invoices?account_id=" + account_id_ + "&limit=100");
    for (const auto& invoice : first.body["data"].GetArray()) {
      tell_({std::string("invoice ") + invoice["number"].GetString(), invoice["id"].GetString(),
             std::string(invoice["total"]["amount"].GetString()) + " EUR", ""});
    }
    Advance("2026-02-28T23:30:00Z");  // 1 March in Berlin
    TellRevenue("2026-02-28", "5100.00 EUR", "5500.00 EUR", "52500.00 EUR");
    Advance("2029-02-02T09:00:00Z");
    TellRevenue("2029-02-02", "57600.00 EUR", "0.00 EUR", "0.00 EUR");
  }

  void TellRevenue(const std::string& as_of, const std::string& recognised,
                   const std::string& deferred, const std::string& remaining) {
    const auto balance =
        client_.Get("/v1/balances?contract_id=" + contract_id_ + "&as_of=" + as_of);
    tell_({"revenue recognised by " + as_of, balance.Text("data/0/id"),
           Amount(balance, "data/0/recognised"), ""});
    Expect("the revenue by " + as_of, Amount(balance, "data/0/recognised"), recognised);
    tell_({"billed and not yet earned", "", Amount(balance, "data/0/contract_liability"), ""});
    Expect("deferred revenue", Amount(balance, "data/0/contract_liability"), deferred);
    const auto left = client_.Get("/v1/remaining_performance_obligations?contract_id=" +
                                  contract_id_ + "&as_of=" + as_of);
    const std::string still =
        left.body["data"].Empty() ? "0.00 EUR" : Amount(left, "data/0/remaining");
    tell_({"still to be earned", "", still, ""});
    Expect("what remains to be earned", still, remaining);
  }

  // Reads every invoice, page by page, and pays the whole. Each with 19 % VAT: the installation; three
  // months with a year of support; 33 with the licence alone.
  void Collect() {
    int64_t cents = 0, count = 0;
    std::map<std::string, int> invoices;
    std::string cursor;
    do {
      const auto page = client_.Get("/v1/invoices?limit=25&account_id=" + account_id_ +
                                    (cursor.empty() ? "" : "&cursor=" + cursor));
      for (const auto& invoice : page.body["data"].GetArray()) {
        cents += Cents(invoice["total"]["amount"].GetString());
        ++invoices[invoice["total"]["amount"].GetString()];
        ++count;
      }
      cursor = page.Text("next_cursor");
    } while (!cursor.empty());
    const std::string total =
        std::to_string(cents / 100) + "." + std::to_string(100 + cents % 100).substr(1);
    tell_({"invoices of three years", "", std::to_string(count) + " invoices, " + total + " EUR", ""});
    Expect("all invoices", total, "68544.00");
    Expect("invoices of the installation", std::to_string(invoices["4284.00"]), "1");
    Expect("invoices with a year of support", std::to_string(invoices["8330.00"]), "3");
    Expect("invoices of a month's licence", std::to_string(invoices["1190.00"]), "33");
    Expect("the number of invoices", std::to_string(count), "37");
    const auto payment = client_.Post(
        "/v1/payments", R"({"account_id":")" + account_id_ +
                            R"(","method":"bank_transfer","received_on":"2029-02-02",
                            "amount":{"amount":")" + total + R"(","currency":"EUR"}})");
    Tell("payment received", payment, total + " EUR");
    const auto open = client_.Get("/v1/invoices?status=issued&account_id=" + account_id_);
    Expect("the number of open invoices", std::to_string(open.body["data"].Size()), "0");
  }

  static int64_t Cents(std::string amount) {
    amount.erase(amount.find('.'), 1);
    return std::stoll(amount);
  }

  static std::string Amount(const Answer& answer, const std::string& path) {
    return answer.Text(path + "/amount") + " " + answer.Text(path + "/currency");
  }

  RestClient& client_;
  const std::function<void(const Step&)>& tell_;
  Commission commission_;
  std::string division_id_, licence_id_, installation_id_, support_id_;
  std::string account_id_, opportunity_id_, quote_id_, contract_id_;
};

}  // namespace

void PlayDeal(RestClient& client, const std::function<void(const Step&)>& tell) {
  Deal(client, tell).Play();
}

}  // namespace continuo::demo
