#include "services/quoting/app/ask_approvals.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/quoting/v1/approval.pb.h"
#include "libs/json/read.h"
#include "libs/postgres/message.h"
#include "libs/postgres/transaction.h"
#include "services/quoting/app/approval_policies.h"
#include "services/quoting/app/findings.h"
#include "services/quoting/domain/approval_flow.h"
#include "services/quoting/domain/approval_ids.h"
#include "services/quoting/domain/options.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using catalogue::v1::Product;
using domain::ApprovalFacts;
using money::Ratio;
using postgres::Transaction;
using store::StoredQuote;

Product ParseFrozen(const domain::Line& line) {
  Product product;
  if (!json::ReadMessage(line.product.frozen_json, &product, json::Direction::kStored)) {
    throw std::logic_error("A frozen product does not read.");
  }
  return product;
}

std::optional<domain::Recurrence> RecurrenceOf(const domain::Line& line) {
  std::optional<domain::Recurrence> recurrence = line.product.recurrence;
  if (recurrence && line.term) recurrence->term = line.term;
  return recurrence;
}

// The enum's values are in the domain's order, one above it.
static_assert(catalogue::v1::PERIOD_UNIT_YEAR - 1 == static_cast<int>(domain::PeriodUnit::kYear));
domain::Period PeriodOf(const catalogue::v1::Period& period) {
  return {static_cast<domain::PeriodUnit>(period.unit() - 1), std::max(period.count(), 1)};
}

// As purchasing_at has it for what is stored.
Result<money::Decimal> UnitCostAt(const catalogue::v1::Purchasing& element,
                                  money::Decimal quantity) {
  ASSIGN_OR_RETURN(money::Decimal unit_cost, money::Decimal::Parse(element.unit_cost()));
  for (const catalogue::v1::CostBand& band : element.cost_bands()) {
    ASSIGN_OR_RETURN(const money::Decimal from, money::Decimal::Parse(band.from()));
    if (quantity < from) break;
    ASSIGN_OR_RETURN(unit_cost, money::Decimal::Parse(band.unit_cost()));
  }
  return unit_cost;
}

Result<void> AddCosts(const domain::Line& line, const Product& product,
                      std::vector<money::Money>* costs) {
  const std::optional<domain::Recurrence> recurrence = RecurrenceOf(line);
  for (const auto& element : product.purchasing()) {
    domain::BoughtElement bought{.quantity = line.quantity};
    ASSIGN_OR_RETURN(bought.currency, money::Currency::Parse(element.currency()));
    ASSIGN_OR_RETURN(bought.unit_cost, UnitCostAt(element, line.quantity));
    if (element.has_period()) bought.period = PeriodOf(element.period());
    if (recurrence) bought.term = recurrence->term;
    ASSIGN_OR_RETURN(costs->emplace_back(), domain::CostOf(bought));
  }
  return {};
}

// The longest; the segments of a ramp follow each other.
Ratio LongestTerm(const domain::Quote& quote) {
  Ratio longest;
  std::map<ids::Uuid, Ratio> ramps;
  for (const domain::Line& line : quote.lines) {
    const std::optional<domain::Recurrence> recurrence = RecurrenceOf(line);
    if (!recurrence) continue;
    Ratio months = domain::TermMonths(*recurrence);
    if (line.segment) months = ramps[line.segment->ramp_id] += months;
    longest = std::max(longest, months);
  }
  return longest;
}

Result<void> InsertStep(Transaction& tx, const StoredQuote& stored,
                        const v1::ApprovalPolicy& policy, int number) {
  const domain::Quote& quote = stored.quote;
  const v1::ApprovalStep& step = policy.steps(number - 1);
  const std::string submitter = tx.call().principal.user_id;
  const std::vector<std::string> users =
      domain::SeatedUsers({step.user_ids().begin(), step.user_ids().end()}, submitter,
                          policy.submitter_may_approve());
  if (users.empty() && step.profile_id().empty()) {
    return FailedPrecondition("NO_APPROVER_LEFT",
                              "Policy \"" + policy.name() + "\", step " + std::to_string(number) +
                                  ", names nobody but you. Let another user submit the quote.",
                              {{"policy_id", policy.id()}, {"step", std::to_string(number)}});
  }
  tx.Run(sql::insert_approval, domain::ApprovalId::New(), "waiting", quote.account_id,
         quote.division_id, quote.id, quote.version, stored.content_hash,
         postgres::IdOrNull("apol", policy.id()), policy.name(), policy.priority(), number,
         step.mode() == v1::APPROVAL_MODE_ALL ? "all" : "any",
         postgres::IdOrNull("prof", step.profile_id()), policy.submitter_may_approve(),
         postgres::IdOrNull("usr", submitter), postgres::IdArray("usr", users), tx.now());
  return {};
}

}  // namespace

Result<domain::Costs> CostsOf(const domain::Quote& quote) {
  std::vector<money::Money> costs;
  for (const domain::Line& line : quote.lines) {
    RETURN_IF_FAULT(AddCosts(line, ParseFrozen(line), &costs));
  }
  return domain::SumCosts(costs);
}

namespace {

// The margin is none where a rate is unknown.
Result<ApprovalFacts> ApprovalFactsOf(Transaction& tx, const domain::Quote& quote,
                                      const KnownElsewhere& known) {
  ApprovalFacts facts{.discount_percent = quote.totals.effective_discount_percent,
                      .term_months = LongestTerm(quote),
                      .payment_days = quote.payment_days,
                      .value = quote.totals.term_total,
                      .changed_clauses = domain::ChangedClauses(quote.clauses),
                      .findings = domain::CodesOf(FindingsOf(tx, quote, known.account))};
  for (const domain::Line& line : quote.lines) {
    facts.product_codes.insert(line.product.code);
    const std::string commission_class = ParseFrozen(line).commission_class();
    if (!commission_class.empty()) facts.commission_classes.insert(commission_class);
  }
  ASSIGN_OR_RETURN(const domain::Costs costs, CostsOf(quote));
  ASSIGN_OR_RETURN(const domain::MarginOrReason found,
                   domain::MarginOf(facts.value, costs, known.rates));
  if (found.margin) facts.margin_percent = found.margin->percent;
  return facts;
}

}  // namespace

Result<std::vector<v1::ApprovalPolicy>> MatchingPolicies(Transaction& tx,
                                                         const domain::Quote& quote,
                                                         const KnownElsewhere& known) {
  std::vector<v1::ApprovalPolicy> matching;
  const postgres::Rows active = tx.Run(sql::list_active_policies, quote.division_id);
  if (active.empty()) return matching;
  std::vector<ApprovalFacts> offered;
  ASSIGN_OR_RETURN(const std::vector<domain::Quote> choices, domain::Choices(quote));
  for (const domain::Quote& choice : choices) {
    ASSIGN_OR_RETURN(offered.emplace_back(), ApprovalFactsOf(tx, choice, known));
  }
  for (const postgres::Row row : active) {
    v1::ApprovalPolicy policy;
    postgres::Fill(row, &policy);
    ASSIGN_OR_RETURN(const std::vector<domain::Condition> conditions, ReadConditions(policy));
    const bool matches = std::any_of(
        offered.begin(), offered.end(),
        [&](const ApprovalFacts& facts) { return domain::Matches(conditions, facts); });
    if (matches) matching.push_back(std::move(policy));
  }
  return matching;
}

Result<void> AskApprovals(Transaction& tx, const StoredQuote& stored, const KnownElsewhere& known) {
  ASSIGN_OR_RETURN(const std::vector<v1::ApprovalPolicy> policies,
                   MatchingPolicies(tx, stored.quote, known));
  for (const v1::ApprovalPolicy& policy : policies) {
    for (int number = 1; number <= policy.steps_size(); ++number) {
      RETURN_IF_FAULT(InsertStep(tx, stored, policy, number));
    }
  }
  return {};
}

}  // namespace continuo::quoting::app
