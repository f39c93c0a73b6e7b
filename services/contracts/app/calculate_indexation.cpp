#include "continuo/contracts/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "services/contracts/app/calculations.h"
#include "services/contracts/domain/indexation.h"

namespace continuo::contracts::app {
namespace {

using calculations::AddStep;
using calculations::ReadDecimal;
using money::Decimal;
using money::Money;

Result<domain::IndexationRules> RulesOf(const v1::IndexationRequest& request) {
  domain::IndexationRules rules{
      .carried = request.carried_price() == v1::CARRIED_PRICE_ROUNDED
                     ? domain::CarriedPrice::kRounded
                     : domain::CarriedPrice::kExact,
      .rounding = calculations::RoundingOf(request.rounding())};
  ASSIGN_OR_RETURN(rules.margin_percent, ReadDecimal(request.margin_percent(), "/margin_percent"));
  if (!request.cap_percent().empty()) {
    ASSIGN_OR_RETURN(rules.cap_percent, ReadDecimal(request.cap_percent(), "/cap_percent"));
  }
  if (!request.floor_percent().empty()) {
    ASSIGN_OR_RETURN(rules.floor_percent, ReadDecimal(request.floor_percent(), "/floor_percent"));
  }
  if (request.has_change_places()) rules.change_places = request.change_places();
  if (rules.cap_percent && rules.floor_percent && *rules.cap_percent < *rules.floor_percent) {
    return Invalid("/cap_percent", "OUT_OF_RANGE", "A cap is not below the floor.");
  }
  return rules;
}

Result<std::vector<domain::IndexedPrice>> Fixed(const v1::IndexationRequest& request,
                                                const Money& price,
                                                const domain::IndexationRules& rules) {
  if (request.fixed_percent().empty()) {
    return Invalid("/fixed_percent", "REQUIRED", "Name the rate that raises the price.");
  }
  if (!request.base_index().empty() || request.readings_size() > 0) {
    return Invalid("/readings", "NOT_APPLICABLE", "A fixed rate follows no index. Leave it out.");
  }
  ASSIGN_OR_RETURN(const Decimal percent, ReadDecimal(request.fixed_percent(), "/fixed_percent"));
  return domain::IndexFixed(price, percent, std::max(request.times(), 1), rules);
}

Result<std::vector<domain::IndexedPrice>> ByIndex(const v1::IndexationRequest& request,
                                                  const Money& price,
                                                  const domain::IndexationRules& rules) {
  if (!request.fixed_percent().empty()) {
    return Invalid("/fixed_percent", "NOT_APPLICABLE",
                   "An index gives the rate. Leave it out, or use margin_percent.");
  }
  if (request.times() != 0) {
    return Invalid("/times", "NOT_APPLICABLE", "Give one reading for each time.");
  }
  if (request.base_index().empty()) {
    return Invalid("/base_index", "REQUIRED", "Name the reading that the price stands for.");
  }
  if (request.readings().empty()) return Invalid("/readings", "REQUIRED", "Give one or more.");
  ASSIGN_OR_RETURN(const Decimal base, ReadDecimal(request.base_index(), "/base_index"));
  std::vector<Decimal> readings;
  for (int i = 0; i < request.readings_size(); ++i) {
    const std::string pointer = "/readings/" + std::to_string(i);
    if (request.readings(i).empty()) return Invalid(pointer, "REQUIRED", "Give a reading.");
    ASSIGN_OR_RETURN(const Decimal reading, ReadDecimal(request.readings(i), pointer));
    readings.push_back(reading);
  }
  return request.mode() == v1::INDEXATION_MODE_INDEX_BASE
             ? domain::IndexOnBase(price, base, readings, rules)
             : domain::IndexInChain(price, base, readings, rules);
}

void ShowPercent(const money::Ratio& percent, v1::CalculatedRatio* shown) {
  shown->set_exact(calculations::ExactText(percent));
  shown->set_rounded(calculations::RoundedText(percent));
}

}  // namespace

Result<v1::Indexation> CalculateIndexation(const v1::IndexationRequest& request) {
  ASSIGN_OR_RETURN(const Money price, calculations::ReadMoney(request.price(), "/price"));
  ASSIGN_OR_RETURN(const domain::IndexationRules rules, RulesOf(request));
  ASSIGN_OR_RETURN(const auto prices, request.mode() == v1::INDEXATION_MODE_FIXED
                                          ? Fixed(request, price, rules)
                                          : ByIndex(request, price, rules));
  v1::Indexation answer;
  for (const domain::IndexedPrice& indexed : prices) {
    v1::IndexedPrice& shown = *answer.add_prices();
    ShowPercent(indexed.change_percent, shown.mutable_change_percent());
    ShowPercent(indexed.applied_percent, shown.mutable_applied_percent());
    calculations::WriteMoney(indexed.price, shown.mutable_price());
    auto* steps = answer.mutable_derivation();
    AddStep(steps, "change_percent", "with the margin, before cap and floor",
            indexed.change_percent);
    AddStep(steps, "applied_percent", "after floor and cap", indexed.applied_percent);
    AddStep(steps, "price", "", indexed.exact, indexed.price);
  }
  return answer;
}

}  // namespace continuo::contracts::app
