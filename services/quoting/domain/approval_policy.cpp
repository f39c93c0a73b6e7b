#include "services/quoting/domain/approval_policy.h"

#include <algorithm>

namespace continuo::quoting::domain {
namespace {

using money::Decimal;
using money::Ratio;
using enum ConditionField;
using enum ConditionOperator;

bool Compare(const Ratio& left, ConditionOperator op, const Ratio& right) {
  switch (op) {
    case kEqual:
      return left == right;
    case kNotEqual:
      return !(left == right);
    case kGreater:
      return left > right;
    case kGreaterOrEqual:
      return left >= right;
    case kLess:
      return left < right;
    case kLessOrEqual:
      return left <= right;
  }
  __builtin_unreachable();
}

bool Has(const std::set<std::string>& codes, const Condition& condition) {
  return codes.contains(condition.code) == (condition.op == kEqual);
}

}  // namespace

bool IsNumber(ConditionField field) {
  return field != kProductCode && field != kCommissionClass && field != kFinding;
}

bool Holds(const Condition& condition, const ApprovalFacts& facts) {
  const auto compare = [&](const Ratio& fact) {
    return Compare(fact, condition.op, condition.number.ToRatio());
  };
  switch (condition.field) {
    case kDiscountPercent:
      return compare(facts.discount_percent.ToRatio());
    case kMarginPercent:
      return !facts.margin_percent || compare(facts.margin_percent->ToRatio());
    case kTermMonths:
      return compare(facts.term_months);
    case kPaymentDays:
      return compare(facts.payment_days);
    case kValue:
      return facts.value.currency().ToString() != condition.currency ||
             compare(facts.value.ToRatio());
    case kProductCode:
      return Has(facts.product_codes, condition);
    case kCommissionClass:
      return Has(facts.commission_classes, condition);
    case kChangedClauses:
      return compare(facts.changed_clauses);
    case kFinding:
      return Has(facts.findings, condition);
  }
  __builtin_unreachable();
}

bool Matches(std::span<const Condition> conditions, const ApprovalFacts& facts) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const Condition& condition) { return Holds(condition, facts); });
}

}  // namespace continuo::quoting::domain
