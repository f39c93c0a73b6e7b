// Commissions on a real database, with the facts and callers that its stories need.
#pragma once

#include <map>
#include <mutex>
#include <set>

#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/billing/v1/payment.pb.h"
#include "continuo/commissions/v1/commission_statement.pb.h"
#include "continuo/commissions/v1/credit.pb.h"
#include "continuo/commissions/v1/participant.pb.h"
#include "continuo/commissions/v1/plan.pb.h"
#include "continuo/commissions/v1/sale_link.pb.h"
#include "continuo/directory/v1/user.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/ids/kinds.h"
#include "libs/money/money.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/commissions/app/claim_sale_link.h"
#include "services/commissions/app/decide_sale_link.h"
#include "services/commissions/app/make_statements.h"
#include "services/commissions/app/open_sale_link.h"
#include "services/commissions/app/participants.h"
#include "services/commissions/app/plans.h"
#include "services/commissions/app/read_credits.h"
#include "services/commissions/app/read_sale_links.h"
#include "services/commissions/app/statements.h"
#include "services/commissions/app/take_documents.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {

template <class Id>
std::string NewId() {
  return Id::New().ToString();
}

inline void SetMoney(type::v1::Money* money, const std::string& amount) {
  money->set_amount(amount);
  money->set_currency("EUR");
}

// "" when there is no fault, else its reason or the code of its first violation.
template <class T>
std::string ReasonOf(const Result<T>& result) {
  if (result) return "";
  return result.error().violations.empty() ? result.error().reason
                                           : result.error().violations.front().code;
}

// directory, as far as commissions asks it.
class Directory : public rpc::Peers {
 public:
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string& method,
                            const google::protobuf::Message& request,
                            google::protobuf::Message& answer) override {
    REQUIRE(method.ends_with("/GetUser"));
    const auto& id = static_cast<const directory::v1::GetUserRequest&>(request).id();
    if (!users.contains(id)) return NotFound("user", id);
    static_cast<directory::v1::User&>(answer).set_id(id);
    return {};
  }
  std::vector<std::string> services() const override { return {}; }

  std::set<std::string> users;
};

// A line of the order: how it is billed and credited later.
struct Line {
  std::string id;
  std::string commission_class;
};

class World {
 public:
  explicit World(const std::string& now = "2026-03-15T09:00:00Z") {
    test.Migrate("commissions", {events::Migrations(), access::Migrations(), sql::migrations()});
    SetClock(now);
    postgres::DatabaseConfig config = test.Config("commissions");
    config.on_statement = [this](const postgres::Statement& statement, std::chrono::nanoseconds) {
      const std::lock_guard lock(mutex_);
      statements_run_.insert(std::string(statement.name));
    };
    owned_ = std::make_unique<postgres::Database>(config);
  }

  App app() { return {.database = *owned_, .peers = directory}; }
  void SetClock(const std::string& now) { test.SetClock("commissions", now); }
  std::set<std::string> statements_run() {
    const std::lock_guard lock(mutex_);
    return statements_run_;
  }
  int Count(const std::string& what) {
    return std::stoi(test.Execute("SET search_path = commissions; SELECT count(*) FROM " + what));
  }
  int Events(const std::string& type) { return Count("event_log WHERE type = '" + type + "'"); }

  std::string NewUser() { return *directory.users.insert(NewId<ids::UserId>()).first; }
  // A user who sees every account.
  rpc::Call By(const std::string& user, const std::string& method = "ListCredits") {
    rpc::Call call = Linked(user, method);
    call.principal.sees_all = true;
    return call;
  }
  // A user who sees the accounts that links reach.
  rpc::Call Linked(const std::string& user, const std::string& method = "ListCredits") {
    rpc::Call call;
    call.principal.user_id = user;
    call.principal.permissions = {"*"};
    call.method = "/continuo.commissions.v1.CommissionsService/" + method;
    call.request_id = NewId<ids::RequestId>();
    call.idempotency_key = call.request_id;
    call.fingerprint = "the same";
    return call;
  }
  rpc::Call Service() { return rpc::Call::AsService("commissions", NewId<ids::RequestId>()); }
  void Link(const std::string& user, const std::string& account) {
    const access::Grant grant{ids::UserId::Parse(user).value(), calendar::Date(2020, 1, 1), {}};
    REQUIRE(owned_->Work(Service(), [&](postgres::Transaction& tx) -> Result<void> {
      access::Replace(tx, ids::AccountId::Parse(account).value(), 1, {&grant, 1});
      return {};
    }));
  }

  v1::CommissionTerms Terms(const std::string& valid_from, v1::CreditOn credit_on,
                            const std::string& rate_percent,
                            const std::map<std::string, std::string>& rates = {}) {
    v1::CommissionTerms terms;
    terms.set_valid_from(valid_from);
    terms.set_credit_on(credit_on);
    terms.set_rate_percent(rate_percent);
    for (const auto& [commission_class, rate] : rates) {
      terms.add_rates()->set_commission_class(commission_class);
      terms.mutable_rates()->rbegin()->set_rate_percent(rate);
    }
    return terms;
  }
  std::string AddPlan(const v1::CommissionTerms& terms) {
    v1::CreateCommissionPlanRequest request;
    request.mutable_commission_plan()->set_name("Field sales");
    *request.mutable_commission_plan()->mutable_terms() = terms;
    const auto plan = CreateCommissionPlan(app(), By(manager, "CreateCommissionPlan"), request);
    REQUIRE(plan);
    return plan->id();
  }
  Result<v1::CommissionPlan> AddTerms(const std::string& plan, const v1::CommissionTerms& terms) {
    v1::AddCommissionTermsRequest request;
    request.set_id(plan);
    *request.mutable_terms() = terms;
    return AddCommissionTerms(app(), By(manager, "AddCommissionTerms"), request);
  }
  Result<v1::Participant> TryParticipant(const std::string& user, const std::string& plan,
                                         const std::string& valid_from = "2026-01-01") {
    v1::CreateParticipantRequest request;
    request.mutable_participant()->set_user_id(user);
    request.mutable_participant()->set_plan_id(plan);
    request.mutable_participant()->set_valid_from(valid_from);
    return CreateParticipant(app(), By(manager, "CreateParticipant"), request);
  }
  std::string AddParticipant(const std::string& user, const std::string& plan) {
    const auto participant = TryParticipant(user, plan);
    REQUIRE(participant);
    return participant->id();
  }
  // Under 5 % of everything invoiced.
  std::string AddSimpleParticipant(const std::string& user) {
    return AddParticipant(user, AddPlan(Terms("2026-01-01", v1::CREDIT_ON_INVOICE, "5")));
  }

  // Accepted on 15 March 2026 for 36,000.00 EUR; crm had thought of 35,000.00.
  quoting::v1::Order NewOrder(std::vector<std::string> classes = {""}) {
    quoting::v1::Order order;
    order.set_id(NewId<ids::OrderId>());
    order.set_account_id(account);
    order.set_division_id(division);
    order.set_contract_id(NewId<ids::ContractId>());
    order.set_accepted_on("2026-03-15");
    order.set_start_on("2026-04-01");
    order.set_time_zone("Europe/Berlin");
    SetMoney(order.mutable_term_total(), "36000.00");
    SetMoney(order.mutable_opportunity_value(), "35000.00");
    SetMoney(order.mutable_control_totals()->add_sums(), "36000.00");
    for (const std::string& commission_class : classes) {
      auto* line = order.add_lines();
      line->set_id(NewId<ids::OrderLineId>());
      line->set_commission_class(commission_class);
      line->set_product_name("Licence");
      SetMoney(line->mutable_term_total(), order.lines_size() == 1 ? "36000.00" : "0.00");
    }
    order.mutable_control_totals()->set_count(order.lines_size());
    return order;
  }
  Result<void> Take(const quoting::v1::Order& order) {
    return owned_->Work(Service(), [&](postgres::Transaction& tx) {
      return OpenSaleLink(tx, order, order.control_totals());
    });
  }
  // Takes a new order; the id of its sale link.
  std::string Sell(const quoting::v1::Order& order) {
    REQUIRE(Take(order));
    v1::ListSaleLinksRequest request;
    request.set_contract_id(order.contract_id());
    const auto links = ListSaleLinks(app(), By(manager, "ListSaleLinks"), request);
    REQUIRE(links);
    REQUIRE(links->data_size() == 1);
    return links->data(0).id();
  }

  // One line for each of the order's lines that has an amount, with 19 % tax.
  billing::v1::Invoice NewInvoice(const quoting::v1::Order& order,
                                  const std::vector<std::string>& nets, const std::string& total) {
    billing::v1::Invoice invoice;
    invoice.set_id(NewId<ids::InvoiceId>());
    FillDocument(order, nets, total, &invoice);
    return invoice;
  }
  billing::v1::CreditNote NewCreditNote(const quoting::v1::Order& order,
                                        const billing::v1::Invoice& invoice,
                                        const std::vector<std::string>& nets,
                                        const std::string& total) {
    billing::v1::CreditNote note;
    note.set_id(NewId<ids::CreditNoteId>());
    note.set_invoice_id(invoice.id());
    FillDocument(order, nets, total, &note);
    return note;
  }
  Result<std::string> Take(const billing::v1::Invoice& invoice) {
    return owned_->Work(Service(), [&](postgres::Transaction& tx) {
      return TakeInvoice(tx, invoice, invoice.control_totals());
    });
  }
  Result<std::string> Take(const billing::v1::CreditNote& note) {
    return owned_->Work(Service(), [&](postgres::Transaction& tx) {
      return TakeCreditNote(tx, note, note.control_totals());
    });
  }
  // What the payment pays now; none: it was reversed.
  Result<void> TakePaid(const std::string& payment_id, int64_t revision,
                        const std::vector<std::pair<std::string, std::string>>& allocations) {
    billing::v1::Payment payment;
    payment.set_id(payment_id);
    payment.set_revision(revision);
    payment.set_account_id(account);
    for (const auto& [invoice, amount] : allocations) {
      payment.add_allocations()->set_invoice_id(invoice);
      SetMoney(payment.mutable_allocations()->rbegin()->mutable_amount(), amount);
    }
    return owned_->Work(Service(), [&](postgres::Transaction& tx) {
      return TakePayment(tx, payment, calendar::Date(2026, 3, 20));
    });
  }

  Result<v1::SaleLink> Claim(const rpc::Call& call, const std::string& link,
                             const std::map<std::string, std::string>& splits = {}) {
    v1::ClaimSaleLinkRequest request;
    request.set_id(link);
    request.set_evidence("My demo on 3 March.");
    for (const auto& [participant, percent] : splits) {
      request.add_splits()->set_participant_id(participant);
      request.mutable_splits()->rbegin()->set_percent(percent);
    }
    return ClaimSaleLink(app(), call, request);
  }
  Result<v1::SaleLink> Verify(const rpc::Call& call, const std::string& link) {
    v1::VerifySaleLinkRequest request;
    request.set_id(link);
    request.set_reason("I was there.");
    return VerifySaleLink(app(), call, request);
  }
  Result<v1::SaleLink> Contest(const rpc::Call& call, const std::string& link) {
    v1::ContestSaleLinkRequest request;
    request.set_id(link);
    request.set_reason("The demo was mine.");
    return ContestSaleLink(app(), call, request);
  }
  Result<v1::SaleLink> Resolve(const rpc::Call& call, const std::string& link,
                               const std::map<std::string, std::string>& splits = {}) {
    v1::ResolveSaleLinkRequest request;
    request.set_id(link);
    request.set_reason("Both took part.");
    for (const auto& [participant, percent] : splits) {
      request.add_splits()->set_participant_id(participant);
      request.mutable_splits()->rbegin()->set_percent(percent);
    }
    return ResolveSaleLink(app(), call, request);
  }
  Result<v1::SaleLink> Get(const rpc::Call& call, const std::string& link) {
    v1::GetSaleLinkRequest request;
    request.set_id(link);
    return GetSaleLink(app(), call, request);
  }
  Result<v1::ListSaleLinkStepsResponse> Steps(const rpc::Call& call, const std::string& link) {
    v1::ListSaleLinkStepsRequest request;
    request.set_sale_link_id(link);
    rpc::Call listing = call;
    listing.method = Linked("", "ListSaleLinkSteps").method;
    return ListSaleLinkSteps(app(), listing, request);
  }
  // A sale that the user's participant has claimed and the manager verified.
  std::string SellBy(const std::string& user, const quoting::v1::Order& order) {
    const std::string link = Sell(order);
    REQUIRE(Claim(Linked(user, "ClaimSaleLink"), link));
    REQUIRE(Verify(By(manager, "VerifySaleLink"), link));
    return link;
  }

  // The credits, the oldest first.
  std::vector<v1::Credit> Credits(const rpc::Call& call, const std::string& participant = "") {
    v1::ListCreditsRequest request;
    request.set_limit(100);
    if (!participant.empty()) request.set_participant_id(participant);
    const auto credits = ListCredits(app(), call, request);
    REQUIRE(credits);
    return {credits->data().begin(), credits->data().end()};
  }
  // "50.00 0.02": their amounts.
  std::string Amounts(const std::string& participant = "") {
    std::string amounts;
    for (const v1::Credit& credit : Credits(By(manager), participant)) {
      amounts += (amounts.empty() ? "" : " ") + credit.amount().amount();
    }
    return amounts;
  }
  // Law 7: splits are whole, credits add up, a statement is its credits, each on one or waiting.
  void CheckLaws() {
    CHECK(Count("(SELECT sale_link_id FROM sale_split GROUP BY sale_link_id, revision "
                "HAVING sum(percent) <> 100) AS s") == 0);
    CHECK(Count("credit AS c WHERE credited_before_minor <> (SELECT coalesce(sum(amount_minor), 0) "
                "FROM credit AS b WHERE b.sale_link_id = c.sale_link_id AND "
                "b.participant_id = c.participant_id AND b.currency = c.currency "
                "AND b.id < c.id)") == 0);
    CHECK(Count("(SELECT s.id FROM commission_statement AS s "
                "LEFT JOIN statement_line AS l ON l.commission_statement_id = s.id "
                "LEFT JOIN credit AS c ON c.id = l.credit_id GROUP BY s.id HAVING "
                "sum(c.amount_minor) <> s.earned_minor OR count(c.id) <> s.line_count) AS s") == 0);
    CHECK(Count("credit AS c WHERE (SELECT count(*) FROM statement_line WHERE credit_id = c.id) "
                "+ (SELECT count(*) FROM unstated_credit WHERE credit_id = c.id) <> 1") == 0);
  }

  testing::TestDatabase test;
  Directory directory;
  const std::string account = NewId<ids::AccountId>();
  const std::string division = NewId<ids::DivisionId>();
  const std::string manager = NewId<ids::UserId>();

 private:
  template <class Document>
  void FillDocument(const quoting::v1::Order& order, const std::vector<std::string>& nets,
                    const std::string& total, Document* document) {
    document->set_account_id(account);
    document->set_currency("EUR");
    document->set_issued_on("2026-03-16");
    SetMoney(document->mutable_total(), total);
    int64_t sum = 0;
    for (std::size_t i = 0; i < nets.size(); ++i) {
      if (nets[i].empty()) continue;
      auto* line = document->add_lines();
      line->set_contract_id(order.contract_id());
      line->set_order_id(order.id());
      line->set_order_line_id(order.lines(static_cast<int>(i)).id());
      SetMoney(line->mutable_net(), nets[i]);
      sum += money::Money::Parse(nets[i], "EUR")->minor();
    }
    document->mutable_control_totals()->set_count(document->lines_size());
    const auto eur = money::Currency::Parse("EUR").value();
    SetMoney(document->mutable_control_totals()->add_sums(),
             money::Money::FromMinor(sum, eur).AmountText());
  }

  std::mutex mutex_;
  std::set<std::string> statements_run_;
  std::unique_ptr<postgres::Database> owned_;
};

}  // namespace continuo::commissions::app
