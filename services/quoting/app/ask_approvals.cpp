#include "services/quoting/app/ask_approvals.h"

#include <algorithm>
#include <stdexcept>

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/quoting/v1/approval.pb.h"
#include "libs/json/read.h"
#include "libs/postgres/message.h"
#include "libs/postgres/transaction.h"
#include "services/quoting/app/approval_policies.h"
#include "services/quoting/domain/approval_flow.h"
#include "services/quoting/domain/approval_ids.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using catalogue::v1::Product;
using domain::ApprovalFacts;
using money::Decimal;
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

// What has to be bought for a line; none where a cost is in another currency.
Result<std::optional<Ratio>> CostOf(const domain::Quote& quote, const domain::Line& line,
                                    const Product& product) {
  Ratio cost;
  for (const auto& element : product.purchasing()) {
    if (element.currency() != quote.currency.ToString()) return std::nullopt;
    domain::ElementCost priced{.quantity = line.quantity, .line = RecurrenceOf(line)};
    ASSIGN_OR_RETURN(priced.unit_cost, Decimal::Parse(element.unit_cost()));
    if (element.has_period()) priced.period = PeriodOf(element.period());
    cost += domain::TermCost(priced);
  }
  return cost;
}

Result<std::vector<v1::ApprovalPolicy>> MatchingPolicies(Transaction& tx,
                                                         const domain::Quote& quote) {
  std::vector<v1::ApprovalPolicy> matching;
  const postgres::Rows active = tx.Run(sql::list_active_policies, quote.division_id);
  if (active.empty()) return matching;
  ASSIGN_OR_RETURN(const ApprovalFacts facts, ApprovalFactsOf(quote));
  for (const postgres::Row row : active) {
    v1::ApprovalPolicy policy;
    postgres::Fill(row, &policy);
    ASSIGN_OR_RETURN(const std::vector<domain::Condition> conditions, ReadConditions(policy));
    if (domain::Matches(conditions, facts)) matching.push_back(std::move(policy));
  }
  return matching;
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

Result<ApprovalFacts> ApprovalFactsOf(const domain::Quote& quote) {
  ApprovalFacts facts{.discount_percent = quote.totals.effective_discount_percent,
                      .payment_days = quote.payment_days,
                      .value = quote.totals.term_total,
                      .changed_clauses = domain::ChangedClauses(quote.clauses)};
  std::optional<Ratio> cost = Ratio(0);
  for (const domain::Line& line : quote.lines) {
    const Product product = ParseFrozen(line);
    facts.product_codes.insert(line.product.code);
    if (!product.commission_class().empty()) {
      facts.commission_classes.insert(product.commission_class());
    }
    facts.term_months = std::max(facts.term_months, domain::TermMonthsOf(RecurrenceOf(line)));
    ASSIGN_OR_RETURN(const std::optional<Ratio> of_line, CostOf(quote, line, product));
    if (!of_line) cost.reset();
    if (cost) *cost += *of_line;
  }
  if (cost) facts.margin_percent = domain::MarginPercent(facts.value, *cost);
  return facts;
}

Result<void> AskApprovals(Transaction& tx, const StoredQuote& stored) {
  ASSIGN_OR_RETURN(const std::vector<v1::ApprovalPolicy> policies,
                   MatchingPolicies(tx, stored.quote));
  for (const v1::ApprovalPolicy& policy : policies) {
    for (int number = 1; number <= policy.steps_size(); ++number) {
      RETURN_IF_FAULT(InsertStep(tx, stored, policy, number));
    }
  }
  return {};
}

}  // namespace continuo::quoting::app
