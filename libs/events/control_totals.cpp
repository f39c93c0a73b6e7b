#include "libs/events/control_totals.h"

#include <set>
#include <stdexcept>

namespace continuo::events {

void ControlTotals::Add(const std::string& currency, int64_t minor) {
  ++count;
  int64_t& sum = minor_by_currency[currency];
  if (__builtin_add_overflow(sum, minor, &sum)) {
    throw std::overflow_error("the control total in " + currency + " leaves 64 bits");
  }
}

Result<void> ControlTotals::Check(const ControlTotals& expected) const {
  const auto differ = [](const std::string& what, int64_t is, int64_t should_be) {
    return FailedPrecondition(
        "CONTROL_TOTALS_DIFFER",
        "Received " + what + " " + std::to_string(is) + ", announced " + std::to_string(should_be) +
            ". Nothing was taken over; fetch the document again, and compare both sides.",
        {{"what", what},
         {"received", std::to_string(is)},
         {"announced", std::to_string(should_be)}});
  };
  if (count != expected.count) return differ("count", count, expected.count);
  std::set<std::string> currencies;
  for (const auto& [currency, sum] : minor_by_currency) currencies.insert(currency);
  for (const auto& [currency, sum] : expected.minor_by_currency) currencies.insert(currency);
  const auto sum_in = [](const ControlTotals& totals, const std::string& currency) {
    const auto found = totals.minor_by_currency.find(currency);
    return found == totals.minor_by_currency.end() ? 0 : found->second;
  };
  for (const std::string& currency : currencies) {
    const int64_t is = sum_in(*this, currency), should_be = sum_in(expected, currency);
    if (is != should_be) return differ("sum in minor units of " + currency, is, should_be);
  }
  return {};
}

}  // namespace continuo::events
