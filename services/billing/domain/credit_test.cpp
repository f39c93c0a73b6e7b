#include "services/billing/domain/credit.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::billing::domain {
namespace {

using money::Decimal;
using money::Money;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }

// An invoice of the given lines, taxed as billing taxes it, with nothing credited yet.
CreditableInvoice InvoiceOf(const std::vector<TaxableLine>& lines) {
  CreditableInvoice invoice{.id = "inv_1"};
  for (size_t i = 0; i < lines.size(); ++i) {
    const TaxableLine& line = lines[i];
    invoice.lines.push_back({.id = "il_" + std::to_string(i + 1),
                             .tax_code = line.tax_code,
                             .rate = line.rate,
                             .net = line.net,
                             .credited = Money::Zero(line.net.currency())});
  }
  const std::vector<RateTax> taxes = TaxByRate(lines).value();
  for (const RateTax& tax : taxes) {
    invoice.taxes.push_back({.invoiced = tax, .credited = Money::Zero(tax.base.currency())});
  }
  return invoice;
}

void Apply(const Credit& credit, CreditableInvoice& invoice) {
  for (const CreditedLine& line : credit.lines) invoice.lines[line.line].credited += line.net;
  for (const RateTax& credited : credit.taxes) {
    for (CreditableTax& tax : invoice.taxes) {
      const bool same =
          tax.invoiced.tax_code == credited.tax_code && tax.invoiced.rate == credited.rate;
      if (same) tax.credited += credited.tax;
    }
  }
}

TEST_CASE("a partial credit is taxed at the invoice's rate, both parts rounded half up") {
  struct Row {
    const char* net;
    const char* rate;
    const char* credited;
    const char* tax;
    const char* total;
    const char* source;
  };
  const Row row = GENERATE(
      // 50.00 a month from 8 February, ended the same day: 20 of 28 days are credited.
      Row{"37.50", "20", "35.71", "7.14", "42.85",
          "lago-api 1b1c24a6 terminate_pay_in_advance_spec.rb"},
      // 160.00, 29 of 30 days unused.
      Row{"160.00", "25", "154.67", "38.67", "193.34",
          "lago-api 1b1c24a6 credit_note_rounding_spec.rb"},
      // 29.99, 6 of 7 days unused.
      Row{"29.99", "23.33", "25.71", "6.00", "31.71",
          "lago-api 1b1c24a6 credit_note_rounding_spec.rb"});
  CAPTURE(row.source);
  const CreditableInvoice invoice =
      InvoiceOf({{"standard", Decimal::Parse(row.rate).value(), Eur(row.net)}});
  const std::vector<CreditRequest> requests{{.line_id = "il_1", .net = Eur(row.credited)}};
  const auto credit = CreditInvoice(invoice, requests);
  REQUIRE(credit);
  CHECK(credit->net == Eur(row.credited));
  CHECK(credit->tax == Eur(row.tax));
  CHECK(credit->net + credit->tax == Eur(row.total));
}

// killbill/killbill@cb60779c, TestIntegrationInvoiceWithRepairLogic, testSimplePartialRepairWith
// ItemAdjustment: 249.95 billed, 10.00 adjusted, 30 of 31 days unused.
TEST_CASE("more than is left of a line is refused, or capped where that is asked for") {
  CreditableInvoice invoice = InvoiceOf({{"standard", 0, Eur("249.95")}});
  invoice.lines[0].credited = Eur("10.00");
  const std::vector<CreditRequest> requests{{.line_id = "il_1", .net = Eur("241.89")}};
  const auto refused = CreditInvoice(invoice, requests);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "CREDIT_EXCEEDS_LINE");
  CHECK(CreditInvoice(invoice, requests, Excess::kCap)->net == Eur("239.95"));
}

TEST_CASE("a whole credit mirrors the invoice; a second one has nothing left") {
  CreditableInvoice invoice =
      InvoiceOf({{"standard", 19, Eur("10.01")}, {"reduced", 7, Eur("5.00")}});
  const auto whole = CreditInvoice(invoice, {});
  REQUIRE(whole);
  CHECK(whole->lines.size() == 2);
  CHECK(whole->net == Eur("15.01"));
  CHECK(whole->tax == Eur("2.25"));
  Apply(*whole, invoice);
  const auto again = CreditInvoice(invoice, {});
  REQUIRE_FALSE(again);
  CHECK(again.error().reason == "NOTHING_LEFT_TO_CREDIT");
}

TEST_CASE("the last credit takes the rounding residue") {
  // Three lines of 33.33 at 19 percent: 6.3327 each by itself, 19.00 on the invoice.
  CreditableInvoice invoice = InvoiceOf({{"standard", 19, Eur("33.33")},
                                         {"standard", 19, Eur("33.33")},
                                         {"standard", 19, Eur("33.33")}});
  std::vector<Money> taxes;
  for (const char* line : {"il_1", "il_2", "il_3"}) {
    const std::vector<CreditRequest> requests{{.line_id = line}};
    const Credit credit = CreditInvoice(invoice, requests).value();
    taxes.push_back(credit.tax);
    Apply(credit, invoice);
  }
  CHECK(taxes == std::vector{Eur("6.33"), Eur("6.34"), Eur("6.33")});
}

TEST_CASE("the determination's tax is credited, whatever rounding it had") {
  // A service that taxes each line by itself: 3 x 6.33, not 19.00.
  CreditableInvoice invoice = InvoiceOf({{"standard", 19, Eur("33.33")},
                                         {"standard", 19, Eur("33.33")},
                                         {"standard", 19, Eur("33.33")}});
  invoice.taxes[0].invoiced.tax = Eur("18.99");
  CHECK(CreditInvoice(invoice, {})->tax == Eur("18.99"));
}

TEST_CASE("after a partial credit a whole one credits only what is left") {
  CreditableInvoice invoice = InvoiceOf({{"standard", 19, Eur("100.00")}});
  const std::vector<CreditRequest> requests{{.line_id = "il_1", .net = Eur("40.00")}};
  Apply(CreditInvoice(invoice, requests).value(), invoice);
  const auto rest = CreditInvoice(invoice, {});
  REQUIRE(rest);
  CHECK(rest->net == Eur("60.00"));
  CHECK(rest->tax == Eur("11.40"));
}

TEST_CASE("what cannot be credited is refused with its reason") {
  const CreditableInvoice invoice =
      InvoiceOf({{"standard", 19, Eur("10.00")}, {"standard", 19, Eur("-2.00")}});
  struct Row {
    std::vector<CreditRequest> requests;
    const char* reason;
    const char* violation;
  };
  const Money dollars = Money::Parse("1.00", "USD").value();
  const std::vector<Row> rows{
      {{{"il_1", Eur("10.01")}}, "CREDIT_EXCEEDS_LINE", ""},
      {{{"il_2", Eur("-2.01")}}, "CREDIT_EXCEEDS_LINE", ""},
      {{{"il_2", Eur("1.00")}}, "INVALID_REQUEST", "OUT_OF_RANGE"},
      {{{"il_1", Eur("0.00")}}, "INVALID_REQUEST", "OUT_OF_RANGE"},
      {{{"il_1", dollars}}, "INVALID_REQUEST", "CURRENCY_MISMATCH"},
      {{{"il_9", std::nullopt}}, "INVALID_REQUEST", "REFERENCE_NOT_FOUND"},
      {{{"il_1", Eur("1.00")}, {"il_1", Eur("1.00")}}, "INVALID_REQUEST", "DUPLICATE"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.reason, row.violation);
    const auto credit = CreditInvoice(invoice, row.requests);
    REQUIRE_FALSE(credit);
    CHECK(credit.error().reason == row.reason);
    if (row.violation[0] == '\0') continue;
    REQUIRE(credit.error().violations.size() == 1);
    CHECK(credit.error().violations[0].code == row.violation);
  }
}

TEST_CASE("law: any sequence of credits that credits everything sums to the invoice") {
  CHECK(rc::check([] {
    const auto currency = Eur("0.00").currency();
    std::vector<TaxableLine> lines;
    const int count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < count; ++i) {
      const int64_t sign = *rc::gen::element(1, 1, 1, -1);
      lines.push_back({"standard", *rc::gen::element(0, 7, 19, 23),
                       Money::FromMinor(sign * *rc::gen::inRange<int64_t>(1, 100'000), currency)});
    }
    CreditableInvoice invoice = InvoiceOf(lines);
    Money net = Money::Zero(currency);
    Money tax = net;
    const auto take = [&](const Credit& credit) {
      Money line_sum = Money::Zero(currency);
      for (const CreditedLine& line : credit.lines) line_sum += line.net;
      RC_ASSERT(line_sum == credit.net);
      net += credit.net;
      tax += credit.tax;
      Apply(credit, invoice);
    };
    const int parts = *rc::gen::inRange(0, 8);
    for (int i = 0; i < parts; ++i) {
      const CreditableLine& line =
          invoice.lines[static_cast<size_t>(*rc::gen::inRange(0, count))];
      const int64_t left = line.net.minor() - line.credited.minor();
      if (left == 0) continue;
      const int64_t part = *rc::gen::inRange<int64_t>(1, std::abs(left) + 1);
      const std::vector<CreditRequest> requests{
          {line.id, Money::FromMinor(left < 0 ? -part : part, currency)}};
      take(CreditInvoice(invoice, requests).value());
    }
    if (const auto rest = CreditInvoice(invoice, {})) take(*rest);
    for (const CreditableLine& line : invoice.lines) net -= line.net;
    for (const CreditableTax& rate : invoice.taxes) tax -= rate.invoiced.tax;
    RC_ASSERT(net.IsZero());
    RC_ASSERT(tax.IsZero());
  }));
}

}  // namespace
}  // namespace continuo::billing::domain
