// Whether a change is one that an endpoint waits for.
//
//   Holds({.field = "rate", .op = Operator::kIncreasedBy, .value = 0.5}, {from 1.5, to 2})  -> true
//
// Numbers are compared, of money the amounts; between two currencies, and from or to nothing, there
// is no more and no less. How an event tells of its changes is not its business (app/event_changes.h).
#pragma once

#include <optional>
#include <string>

#include "libs/money/decimal.h"

namespace continuo::webhooks::domain {

enum class Operator { kChanged, kIncreasedBy, kDecreasedBy, kCrosses };

struct Condition {
  std::string event_type;  // a type or a pattern
  std::string field;
  Operator op = Operator::kChanged;
  std::optional<money::Decimal> value;  // there where op is kCrosses
};

struct FieldValue {
  std::string json;                      // "null" where there is nothing
  std::optional<money::Decimal> number;  // where it is one
  std::string currency;                  // empty: no money
};
struct FieldChange {
  FieldValue from;
  FieldValue to;
};

bool Holds(const Condition& condition, const FieldChange& change);

}  // namespace continuo::webhooks::domain
