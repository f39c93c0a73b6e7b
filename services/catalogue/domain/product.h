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

enum class Kind { kOneOff, kRecurring, kBundle, kUsage, kService };
enum class Status { kDraft, kPublished, kRetired };
enum class RevenueRule { kStraightLine, kPointInTime };
enum class BundlePriceMethod { kSum, kDiscount, kOverride };

// Billed period by period, with a term; what does not recur is billed once.
constexpr bool Recurs(Kind kind) { return kind == Kind::kRecurring || kind == Kind::kUsage; }

struct CurrencyPrice {
  std::string currency;
  std::optional<money::Decimal> unit_price;
  std::vector<money::PriceBand> bands;
  std::optional<money::Decimal> percent;
  std::optional<money::Decimal> minimum;
  std::optional<money::Decimal> maximum;
};

// The unit prices come from the costs: one of the two is set.
struct CostPlus {
  std::optional<money::Decimal> markup_percent;
  std::optional<money::Decimal> margin_percent;
};

struct Pricing {
  pricing::Model model = pricing::Model::kFlat;  // cost-plus is flat once it is worked out
  std::vector<CurrencyPrice> prices;
  std::optional<money::Decimal> package_size;
  bool has_basis = false;
  bool is_cost_plus = false;
  CostPlus cost_plus;
};

struct Billing {
  std::optional<calendar::Cycle> period;
  bool has_timing = false;
  bool has_initialise = false;
  bool has_billable = false;
  int lead_days = 0;
};

struct ServiceLevel {
  std::string code;
  bool has_factor = false;
  std::vector<std::string> price_currencies;
};

struct Purchase {
  std::string name;
  std::optional<ids::SupplierId> supplier;
  std::string currency;
  money::Decimal unit_cost;
  std::optional<calendar::Cycle> period;  // none: bought once
  bool has_timing = false;
  std::vector<money::Decimal> band_starts = {};  // from where on one unit costs something else
};

struct Indexation {
  bool is_series = false;
  std::optional<money::Decimal> rate, margin, cap, floor;
  bool has_series_code = false;
  bool has_mode = false;
  int lag_months = 0;
};

// What another product is to this one.
struct Relative {
  ids::ProductId product;
  bool excludes = false;
};

struct Component {
  ids::ProductId product;
  money::Decimal quantity;
  std::optional<money::Decimal> min_quantity;
  std::optional<money::Decimal> max_quantity;
  std::string option_group;
};

struct OptionGroup {
  std::string code;
  int min = 0;
  int max = 0;  // 0: any number
};

struct BundlePrice {
  BundlePriceMethod method = BundlePriceMethod::kSum;
  std::optional<money::Decimal> discount_percent;
  std::vector<std::string> currencies;  // of its own price
};

struct Product {
  Kind kind = Kind::kOneOff;
  std::optional<ids::ProductId> id;  // none: not saved yet
  std::string code;
  std::optional<Pricing> pricing;
  std::optional<Billing> billing;
  std::optional<calendar::Cycle> term;
  std::optional<RevenueRule> revenue_rule;
  std::vector<std::string> ssp_currencies;
  bool has_ssp_range = false;
  std::vector<ServiceLevel> service_levels;
  std::vector<Purchase> purchases;
  std::optional<Indexation> indexation;
  std::vector<ids::ProductId> attached;
  std::vector<Relative> relations;
  std::vector<std::string> proposal_locales;
  std::vector<Component> components;
  std::vector<OptionGroup> option_groups;
  std::optional<BundlePrice> bundle_price;
};

}  // namespace continuo::catalogue::domain
