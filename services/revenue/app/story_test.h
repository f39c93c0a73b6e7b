// A stage for revenue's stories: a database, one account, and the facts of the other services as
// they would arrive.
//
//   Story story("2026-02-01T09:00:00Z");
//   const auto order = story.Accept({{.sold = "1200.00"}});
//   story.Initialise(order, 0, "2026-02-01", "2027-02-01");
//   story.At("2026-03-01T09:00:00Z");
//   CHECK(story.Recognised(order) == "100.00 EUR");
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/billing/v1/payment.pb.h"
#include "continuo/contracts/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "continuo/revenue/v1/accounting_period.pb.h"
#include "continuo/revenue/v1/journal_entry.pb.h"
#include "continuo/revenue/v1/performance_obligation.pb.h"
#include "continuo/revenue/v1/revenue_contract.pb.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "libs/testing/database.h"
#include "services/revenue/app/app.h"

namespace continuo::revenue::app {

inline constexpr auto kMonths = catalogue::v1::REVENUE_RULE_STRAIGHT_LINE_MONTHS;
inline constexpr auto kDays = catalogue::v1::REVENUE_RULE_STRAIGHT_LINE_DAYS;
inline constexpr auto kAtOnce = catalogue::v1::REVENUE_RULE_POINT_IN_TIME;

struct SoldLine {
  std::string sold;
  std::string ssp = {};  // as sold
  catalogue::v1::RevenueRule rule = kMonths;
  bool one_off = false;
};
struct BilledLine {
  const quoting::v1::Order& order;
  int line = 0;
  std::string net;
};

// No peer is asked in a story: documents are handed over.
class NoPeers : public rpc::Peers {
 public:
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string&,
                            const google::protobuf::Message&, google::protobuf::Message&) override {
    return Unavailable("UNAVAILABLE", "No peer in a story.");
  }
  std::vector<std::string> services() const override { return {}; }
};

// The names of all statements that stories have run.
std::set<std::string>& StatementsRun();

class Story {
 public:
  explicit Story(const std::string& now);

  App app() { return {.database = *database, .peers = peers}; }
  rpc::Call ServiceCall();
  // By someone who sees all, with a fresh idempotency key.
  rpc::Call UserCall(const std::string& method);

  // Sets the clock and does what is due.
  void At(const std::string& now);

  quoting::v1::Order NewOrder(const std::vector<SoldLine>& lines,
                              const std::string& accepted_on = "2026-01-15");
  Result<void> Take(const quoting::v1::Order& order);
  quoting::v1::Order Accept(const std::vector<SoldLine>& lines,
                            const std::string& accepted_on = "2026-01-15");
  Taken Initialise(const quoting::v1::Order& order, int line, const std::string& start_on,
                   const std::string& end_on, int64_t revision = 2);
  Taken Uninitialise(const quoting::v1::Order& order, int line, int64_t revision);
  Taken Cancel(const quoting::v1::Order& order, int line, const std::string& end_on,
               const std::string& voided, const std::string& unserved, int64_t revision = 3);

  billing::v1::Invoice NewInvoice(const std::vector<BilledLine>& lines, const std::string& tax,
                                  const std::string& issued_on);
  Result<Taken> Post(const billing::v1::Invoice& invoice);
  billing::v1::Invoice Bill(const std::vector<BilledLine>& lines, const std::string& tax,
                            const std::string& issued_on);
  billing::v1::CreditNote NewCreditNote(const billing::v1::Invoice& invoice,
                                        const std::vector<BilledLine>& lines,
                                        const std::string& tax, const std::string& issued_on);
  Result<Taken> Post(const billing::v1::CreditNote& note);
  billing::v1::Payment NewPayment(const std::string& amount, const std::string& received_on);
  void Allocate(billing::v1::Payment* payment, const billing::v1::Invoice& invoice,
                const std::string& amount, const std::string& on);
  Result<Taken> Post(const billing::v1::Payment& payment);

  v1::RevenueContract Contract(const quoting::v1::Order& order);
  std::string Recognised(const quoting::v1::Order& order);
  v1::Balance Balance(const quoting::v1::Order& order, const std::string& as_of = {});
  v1::PerformanceObligation Obligation(const quoting::v1::Order& order, int line);
  // "2026-02 100.00, 2026-03 100.00": recognised, by month of service.
  std::string Earned(const quoting::v1::Order& order, int line);
  // Each line of the newest entry of a kind: "cash 50.00 | unapplied_cash -50.00".
  std::string LastEntry(const std::string& kind);
  // "accounts_receivable": debits less credits, in the story's account.
  std::string Ledger(const std::string& ledger_account);
  v1::AccountingPeriod Period(const std::string& period);
  Result<v1::AccountingPeriod> Close(const std::string& period);

  std::string One(const std::string& sql);
  int Count(const std::string& from_where);
  int Events(const std::string& type) { return Count("event_log WHERE type = '" + type + "'"); }
  // Laws 5 and 6, as `continuo verify` has them, within the schema.
  void CheckLaws();

  testing::TestDatabase test;
  std::unique_ptr<postgres::Database> database;
  NoPeers peers;
  std::string account;
  std::string division;
  const std::string user = ids::UserId::New().ToString();
};

template <class T>
std::string ReasonOf(const Result<T>& result) {
  return result ? "" : result.error().reason;
}
std::string Text(const type::v1::Money& money);

}  // namespace continuo::revenue::app
