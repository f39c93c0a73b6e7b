// The stage for tests of change quotes and renewals: a sale, and what contracts says of its contract.
#pragma once

#include "continuo/contracts/v1/running_contract.pb.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {

// 50 seats at 20.00 a month, sold for three years from February; ten months are released, and the
// contract says what it is asked to say.
struct Changes : Quoting {
  Changes() : sold(Must(Accept(Release(Open({Line(seats, "50"), Line(installation, "1")}))))) {
    contract.set_contract_id(sold.contract_id());
    contract.set_revision(3);
    contract.set_account_id(account);
    contract.set_division_id(division);
    contract.set_currency("EUR");
    contract.set_payment_days(21);
    contract.set_order_count(1);
    *contract.add_lines() = Json<contracts::v1::RunningLine>(R"({"order_line_id":")" + sold.lines(0).id() +
        R"(","running":true,"start_on":"2026-02-01","end_on":"2029-02-01","effective_on":"2027-02-01",
        "quantity":"50","amount":{"amount":"1000.00","currency":"EUR"},
        "billing_period":{"unit":"month","count":1},"periods_left":24,"take_over_on":"2027-02-01","period_start":"2027-02-01",
        "period_end":"2027-03-01","open_from":"2026-12-01",
        "ended_total":{"amount":"24000.00","currency":"EUR"}})");
    Tell();
  }
  void Tell() { peers.Know(contract.contract_id(), contract); }
  contracts::v1::RunningLine& running() { return *contract.mutable_lines(0); }

  v1::QuoteLine Change(v1::ContractChangeKind kind, const std::string& quantity,
                       const std::string& product = "") const {
    v1::QuoteLine line = Line(product.empty() ? seats : product, quantity);
    line.mutable_change()->set_kind(kind);
    line.mutable_change()->set_order_line_id(sold.lines(0).id());
    if (kind != v1::CONTRACT_CHANGE_KIND_EXTEND) line.mutable_change()->set_effective_on("2027-02-01");
    return line;
  }
  Result<v1::Quote> Quote(const std::vector<v1::QuoteLine>& lines) {
    v1::CreateQuoteRequest request = Request(lines);
    request.mutable_quote()->set_contract_id(sold.contract_id());
    return CreateQuote(app, Call(), request);
  }
  static std::string Deltas(const v1::Quote& quote) {
    return quote.deltas().mrr().amount() + " " + quote.deltas().acv().amount() + " " +
           quote.deltas().tcv().amount();
  }

  v1::Order sold;
  contracts::v1::RunningContract contract;
};

}  // namespace continuo::quoting::app
