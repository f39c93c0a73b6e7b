#include "services/webhooks/domain/condition.h"

namespace continuo::webhooks::domain {

bool Holds(const Condition& condition, const FieldChange& change) {
  if (condition.op == Operator::kChanged) return change.from.json != change.to.json;
  if (!change.from.number || !change.to.number) return false;
  if (change.from.currency != change.to.currency) return false;
  const money::Decimal from = *change.from.number;
  const money::Decimal to = *change.to.number;
  if (condition.op == Operator::kCrosses) {
    return (from < *condition.value) != (to < *condition.value);
  }
  const money::Decimal step = condition.op == Operator::kIncreasedBy ? to - from : from - to;
  return step > money::Decimal() && (!condition.value || step >= *condition.value);
}

}  // namespace continuo::webhooks::domain
