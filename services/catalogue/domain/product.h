// A product as its rules see it: what is set, without what only travels along.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/calendar/cycle.h"
#include "libs/ids/kinds.h"
#include "libs/money/decimal.h"
#include "libs/pricing/catalogue_price.h"

namespace continuo::catalogue::domain {

enum class Kind { kOneOff, kRecurring, kBundle };
enum class Status { kDraft, kPublished, kRetired };
enum class RevenueRule { kStraightLine, kPointInTime };

struct CurrencyPrice {
  std::string currency;
  std::optional<money::Decimal> unit_price;
  std::vector<money::PriceBand> bands;
};

struct Pricing {
  pricing::Model model = pricing::Model::kFlat;
  std::vector<CurrencyPrice> prices;
};

struct Billing {
  std::optional<calendar::Cycle> period;
  bool has_timing = false;
  bool has_initialise = false;
  bool has_billable = false;
  int lead_days = 0;
};

struct Purchase {
  std::string name;
  std::optional<ids::SupplierId> supplier;
  bool is_periodic = false;
  bool has_timing = false;
};

struct Component {
  ids::ProductId product;
  money::Decimal quantity;
};

struct Product {
  Kind kind = Kind::kOneOff;
  std::optional<Pricing> pricing;
  std::optional<Billing> billing;
  std::optional<calendar::Cycle> term;
  std::optional<RevenueRule> revenue_rule;
  std::vector<std::string> ssp_currencies;
  std::vector<std::string> service_level_codes;
  std::vector<Purchase> purchases;
  std::vector<Component> components;
};

}  // namespace continuo::catalogue::domain
