#include "continuo/contracts/v1/contract.pb.h"
#include "continuo/quoting/v1/renewal_run.pb.h"
#include "services/quoting/app/changes_stage_test.h"
#include "services/quoting/app/renewal_runs.h"

namespace continuo::quoting::app {
namespace {

// The contract's line runs to its end in February 2029.
struct Renewals : Changes {
  Renewals() {
    running().set_effective_on("2029-02-01");
    running().set_periods_left(0);
    running().mutable_ended_total()->set_amount("0.00");
    Tell();
    contracts::v1::ListContractsResponse ending;
    contracts::v1::Contract& one = *ending.add_data();
    one.set_id(sold.contract_id());
    one.set_account_id(account);
    contracts::v1::Contract& unknown = *ending.add_data();
    unknown.set_id(ids::ContractId::New().ToString());
    unknown.set_account_id(account);
    peers.Know("contracts", ending);
  }
  v1::RenewalRun Start(const std::string& uplift_percent = "") {
    v1::CreateRenewalRunRequest request;
    request.mutable_renewal_run()->set_division_id(division);
    request.mutable_renewal_run()->set_ends_from("2029-01-01");
    request.mutable_renewal_run()->set_ends_before("2030-01-01");
    request.mutable_renewal_run()->set_uplift_percent(uplift_percent);
    return Must(CreateRenewalRun(app, Call(), request));
  }
  rpc::Call Job() const { return rpc::Call::AsService("quoting", ids::RequestId::New().ToString()); }
  void Work() {
    while (Must(AdvanceRenewalRun(app, Job()))) {
    }
  }
  v1::RenewalRun Get(const v1::RenewalRun& run) {
    v1::GetRenewalRunRequest request;
    request.set_id(run.id());
    return Must(GetRenewalRun(app, Call(), request));
  }
  std::string Outcomes(const v1::RenewalRun& run) {
    v1::ListRenewalsRequest request;
    request.set_renewal_run_id(run.id());
    std::string outcomes;
    const v1::ListRenewalsResponse listed = Must(ListRenewals(app, Call(), request));
    for (const v1::Renewal& renewal : listed.data()) {
      outcomes += renewal.status() == v1::RENEWAL_STATUS_QUOTED ? "quoted " : renewal.code() + " ";
    }
    return outcomes;
  }
  Result<v1::Quote> RenewAll() {
    v1::CreateQuoteRequest request = Request();
    request.mutable_quote()->set_kind(v1::QUOTE_KIND_RENEWAL);
    request.mutable_quote()->set_contract_id(sold.contract_id());
    return CreateQuote(app, Call(), request);
  }
};

TEST_CASE("A renewal extends every line that runs to its end") {
  Renewals stage;
  const v1::Quote quote = stage.Must(stage.RenewAll());
  CHECK(quote.kind() == v1::QUOTE_KIND_RENEWAL);
  REQUIRE(quote.lines_size() == 1);
  CHECK(quote.lines(0).change().kind() == v1::CONTRACT_CHANGE_KIND_EXTEND);
  CHECK(quote.lines(0).start_on() == "2029-02-01");
  CHECK(quote.lines(0).quantity() == "50");
  CHECK(Changes::Deltas(quote) == "0.00 0.00 36000.00");
  const v1::Order order = stage.Must(stage.Accept(stage.Release(quote)));
  CHECK(order.kind() == v1::ORDER_KIND_CHANGE);
  stage.contract.set_order_count(2);
  stage.Tell();
  CHECK(Reason(stage.RenewAll()) == "RENEWAL_NOT_POSSIBLE");
  CHECK(Reason(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_EXTEND, "50")})) ==
        "CONTRACT_LINE_CHANGED_TWICE");
}

TEST_CASE("A run quotes each contract once, and tells why it does not") {
  Renewals stage;
  const v1::RenewalRun run = stage.Start();
  CHECK(run.status() == v1::RENEWAL_RUN_STATUS_RUNNING);
  CHECK(run.contracts() == 2);
  CHECK(stage.Must(stage.database.Work(stage.Job(), RenewalRunSince)).has_value());
  stage.Work();
  const v1::RenewalRun done = stage.Get(run);
  CHECK(done.status() == v1::RENEWAL_RUN_STATUS_COMPLETED);
  CHECK(done.quoted() == 1);
  CHECK(done.refused() == 1);
  CHECK(stage.Outcomes(run).find("quoted") != std::string::npos);
  CHECK(stage.Outcomes(run).find("REFERENCE_NOT_FOUND") != std::string::npos);
  CHECK(stage.Events().ends_with("renewal_run.completed"));
  CHECK_FALSE(stage.Must(stage.database.Work(stage.Job(), RenewalRunSince)).has_value());
  const v1::RenewalRun again = stage.Start();
  stage.Work();
  CHECK(stage.Get(again).quoted() == 0);
  CHECK(stage.Outcomes(again).find("RENEWAL_NOT_POSSIBLE") != std::string::npos);
}

TEST_CASE("An uplift raises the agreed price") {
  Renewals stage;
  stage.Start("5");
  stage.Work();
  CHECK(stage.test.Execute("SELECT l.net_unit_price::text || ' ' || l.override_reason FROM quoting.quote_line l "
                           "JOIN quoting.quote q ON q.id = l.quote_id WHERE q.kind = 'renewal'") ==
        "21.00000000 As agreed in " + stage.sold.number() + ", raised by 5 %");
}

TEST_CASE("A cancelled run quotes nothing more; days that are none are refused") {
  Renewals stage;
  const v1::RenewalRun run = stage.Start();
  v1::CancelRenewalRunRequest cancel;
  cancel.set_id(run.id());
  CHECK(stage.Must(CancelRenewalRun(stage.app, stage.Call(), cancel)).status() ==
        v1::RENEWAL_RUN_STATUS_CANCELLED);
  stage.Work();
  CHECK(stage.Get(run).quoted() == 0);
  CHECK(Reason(CancelRenewalRun(stage.app, stage.Call(), cancel)) == "RENEWAL_RUN_FINISHED");
  v1::CreateRenewalRunRequest backwards;
  backwards.mutable_renewal_run()->set_ends_from("2029-01-01");
  backwards.mutable_renewal_run()->set_ends_before("2029-01-01");
  CHECK(Pointer(CreateRenewalRun(stage.app, stage.Call(), backwards)) == "/ends_before");
  CHECK(stage.Must(ListRenewalRuns(stage.app, stage.Call(), {})).data_size() == 1);
}

}  // namespace
}  // namespace continuo::quoting::app
