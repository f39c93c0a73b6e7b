// Whether a quote needs an approval, as conditions on what it comes to.
//
//   {discount_percent, greater, 20}, {value, greater_or_equal, 100000 EUR}
//     25 % off 120,000 EUR   matches: both hold
//     25 % off 90,000 EUR    does not
//     25 % off 90,000 USD    matches: euros and dollars cannot be compared here
//
// What cannot be known (a margin with a cost whose rate is unknown, a value in another currency) holds:
// a policy that could be passed by by quoting in dollars would be none.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "libs/money/decimal.h"
#include "libs/money/money.h"
#include "libs/money/ratio.h"

namespace continuo::quoting::domain {

enum class ConditionField {
  kDiscountPercent,
  kMarginPercent,
  kTermMonths,
  kPaymentDays,
  kValue,
  kProductCode,
  kCommissionClass,
  kChangedClauses,
  kFinding,
};
enum class ConditionOperator { kEqual, kNotEqual, kGreater, kGreaterOrEqual, kLess, kLessOrEqual };

struct Condition {
  ConditionField field;
  ConditionOperator op = ConditionOperator::kEqual;
  money::Decimal number;     // of all fields but the two with codes
  std::string code;          // of those, and of a finding
  std::string currency;      // of kValue
};

struct ApprovalFacts {
  money::Decimal discount_percent;  // effective, over the whole term
  std::optional<money::Decimal> margin_percent;
  money::Ratio term_months;  // the longest
  int payment_days = 0;
  money::Money value;  // the term total
  std::set<std::string> product_codes;
  std::set<std::string> commission_classes;
  int changed_clauses = 0;
  std::set<std::string> findings;  // codes
};

// Whether a field is compared as a number; others are sets of codes.
bool IsNumber(ConditionField field);
bool Holds(const Condition& condition, const ApprovalFacts& facts);
// All hold; none: every quote.
bool Matches(std::span<const Condition> conditions, const ApprovalFacts& facts);

}  // namespace continuo::quoting::domain
