#include "services/catalogue/domain/validate_product.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::catalogue::domain {
namespace {

using calendar::Cycle;
using calendar::CycleUnit;
using money::Decimal;
using money::PriceBand;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
constexpr auto kOpen = std::nullopt;

const ids::ProductId kLicence = ids::ProductId::New();
const ids::ProductId kDraft = ids::ProductId::New();
const ids::ProductId kRetired = ids::ProductId::New();
const ids::ProductId kSuite = ids::ProductId::New();
const ids::SupplierId kVendor = ids::SupplierId::New();
const Known kKnown = {.products = {{kLicence, {Kind::kRecurring, Status::kPublished}},
                                   {kDraft, {Kind::kOneOff, Status::kDraft}},
                                   {kRetired, {Kind::kOneOff, Status::kRetired}},
                                   {kSuite, {Kind::kBundle, Status::kPublished}}},
                      .suppliers = {kVendor}};

Pricing Flat() { return {pricing::Model::kFlat, {{"EUR", D("20"), {}}}}; }
Pricing Volume(std::vector<PriceBand> bands) {
  return {pricing::Model::kVolume, {{"EUR", kOpen, std::move(bands)}}};
}
Product OneOff() {
  return {.kind = Kind::kOneOff, .pricing = Flat(), .revenue_rule = RevenueRule::kPointInTime};
}
Product Recurring() {
  return {.kind = Kind::kRecurring,
          .pricing = Flat(),
          .billing = Billing{.period = Cycle{CycleUnit::kMonth, 1}, .has_timing = true},
          .term = Cycle{CycleUnit::kMonth, 36},
          .revenue_rule = RevenueRule::kStraightLine,
          .ssp_currencies = {"EUR"},
          .service_level_codes = {"gold"},
          .purchases = {{"vendor support", kVendor, true, true}}};
}
Product Bundle() {
  return {.kind = Kind::kBundle, .components = {{kLicence, D("1")}}};
}

struct Rule {
  const char* name;
  Product product;
  std::function<void(Product&)> change;
  const char* pointer;  // "" when it is allowed
  const char* code;
};

const std::vector<Rule> kRules = {
    {"a one-off with a price will do", OneOff(), [](Product&) {}, "", ""},
    {"a recurring product with everything", Recurring(), [](Product&) {}, "", ""},
    {"a bundle of a published product", Bundle(), [](Product&) {}, "", ""},
    {"a price is needed", OneOff(), [](Product& p) { p.pricing.reset(); }, "/pricing", "REQUIRED"},
    {"in some currency", OneOff(), [](Product& p) { p.pricing->prices.clear(); },
     "/pricing/prices", "REQUIRED"},
    {"in each currency once", OneOff(),
     [](Product& p) { p.pricing->prices.push_back({"EUR", D("19"), {}}); },
     "/pricing/prices/1/currency", "DUPLICATE"},
    {"flat has a unit price", OneOff(), [](Product& p) { p.pricing->prices[0].unit_price.reset(); },
     "/pricing/prices/0/unit_price", "REQUIRED"},
    {"flat has no bands", OneOff(),
     [](Product& p) { p.pricing->prices[0].bands = {{kOpen, D("1")}}; },
     "/pricing/prices/0/bands", "NOT_ALLOWED"},
    {"volume has bands", OneOff(), [](Product& p) { p.pricing = Volume({}); },
     "/pricing/prices/0/bands", "REQUIRED"},
    {"volume has no unit price beside them", OneOff(),
     [](Product& p) {
       p.pricing = Volume({{kOpen, D("1")}});
       p.pricing->prices[0].unit_price = D("1");
     },
     "/pricing/prices/0/unit_price", "NOT_ALLOWED"},
    {"the last band is open", OneOff(), [](Product& p) { p.pricing = Volume({{D("5"), D("1")}}); },
     "/pricing/prices/0/bands/0/up_to", "NOT_ALLOWED"},
    {"only the last band is open", OneOff(),
     [](Product& p) { p.pricing = Volume({{kOpen, D("1")}, {kOpen, D("1")}}); },
     "/pricing/prices/0/bands/0/up_to", "REQUIRED"},
    {"bands ascend", OneOff(),
     [](Product& p) { p.pricing = Volume({{D("5"), D("1")}, {D("5"), D("1")}, {kOpen, D("1")}}); },
     "/pricing/prices/0/bands/1/up_to", "NOT_ASCENDING"},
    {"from above zero", OneOff(),
     [](Product& p) { p.pricing = Volume({{D("0"), D("1")}, {kOpen, D("1")}}); },
     "/pricing/prices/0/bands/0/up_to", "NOT_ASCENDING"},
    {"a one-off has no period", OneOff(),
     [](Product& p) { p.billing = Billing{.period = Cycle{}}; }, "/billing/period", "NOT_ALLOWED"},
    {"a one-off has no timing", OneOff(),
     [](Product& p) { p.billing = Billing{.has_timing = true}; }, "/billing/timing", "NOT_ALLOWED"},
    {"a one-off has no schedule", OneOff(),
     [](Product& p) { p.billing = Billing{.has_initialise = true}; }, "/billing/initialise",
     "NOT_ALLOWED"},
    {"nor a lead", OneOff(), [](Product& p) { p.billing = Billing{.lead_days = 1}; },
     "/billing/lead_days", "NOT_ALLOWED"},
    {"a one-off has no term", OneOff(), [](Product& p) { p.term = Cycle{}; }, "/term",
     "NOT_ALLOWED"},
    {"a one-off is earned at a point in time", OneOff(),
     [](Product& p) { p.revenue_rule = RevenueRule::kStraightLine; }, "/revenue/rule",
     "NOT_ALLOWED"},
    {"a one-off buys nothing that recurs", OneOff(),
     [](Product& p) { p.purchases = {{"hosting", kOpen, true, false}}; }, "/purchasing/0/period",
     "NOT_ALLOWED"},
    {"what recurs needs billing", Recurring(), [](Product& p) { p.billing.reset(); }, "/billing",
     "REQUIRED"},
    {"a period", Recurring(), [](Product& p) { p.billing->period.reset(); }, "/billing/period",
     "REQUIRED"},
    {"a timing", Recurring(), [](Product& p) { p.billing->has_timing = false; }, "/billing/timing",
     "REQUIRED"},
    {"a term", Recurring(), [](Product& p) { p.term.reset(); }, "/term", "REQUIRED"},
    {"a term of whole periods", Recurring(),
     [](Product& p) {
       p.billing->period = Cycle{CycleUnit::kQuarter, 1};
       p.term = Cycle{CycleUnit::kMonth, 5};
     },
     "/term/length", "NOT_WHOLE_PERIODS"},
    {"weeks fit no months", Recurring(),
     [](Product& p) { p.billing->period = Cycle{CycleUnit::kWeek, 1}; }, "/term/length",
     "NOT_WHOLE_PERIODS"},
    {"weeks fit days", Recurring(),
     [](Product& p) {
       p.billing->period = Cycle{CycleUnit::kWeek, 2};
       p.term = Cycle{CycleUnit::kDay, 28};
     },
     "", ""},
    {"years fit a term in months", Recurring(),
     [](Product& p) { p.billing->period = Cycle{CycleUnit::kYear, 1}; }, "", ""},
    {"what recurs is not billable at acceptance", Recurring(),
     [](Product& p) { p.billing->has_billable = true; }, "/billing/billable", "NOT_ALLOWED"},
    {"what recurs is earned over time", Recurring(),
     [](Product& p) { p.revenue_rule = RevenueRule::kPointInTime; }, "/revenue/rule",
     "NOT_ALLOWED"},
    {"service levels are told apart", Recurring(),
     [](Product& p) { p.service_level_codes = {"gold", "gold"}; }, "/service_levels/1/code",
     "DUPLICATE"},
    {"a standalone price per currency", Recurring(),
     [](Product& p) { p.ssp_currencies = {"EUR", "EUR"}; }, "/revenue/ssp/1/currency", "DUPLICATE"},
    {"in a currency that has a price", Recurring(), [](Product& p) { p.ssp_currencies = {"USD"}; },
     "/revenue/ssp/0/currency", "NO_PRICE"},
    {"a supplier exists", Recurring(),
     [](Product& p) { p.purchases[0].supplier = ids::SupplierId::New(); },
     "/purchasing/0/supplier_id", "REFERENCE_NOT_FOUND"},
    {"a supplier may be chosen later", Recurring(),
     [](Product& p) { p.purchases[0].supplier.reset(); }, "", ""},
    {"what is bought once has no timing", Recurring(),
     [](Product& p) { p.purchases[0].is_periodic = false; }, "/purchasing/0/timing", "NOT_ALLOWED"},
    {"purchases are told apart by name", Recurring(),
     [](Product& p) { p.purchases.push_back({"vendor support", kOpen, false, false}); },
     "/purchasing/1/name", "DUPLICATE"},
    {"only a bundle has components", OneOff(),
     [](Product& p) { p.components = {{kLicence, D("1")}}; }, "/components", "NOT_ALLOWED"},
    {"a bundle has components", Bundle(), [](Product& p) { p.components.clear(); }, "/components",
     "REQUIRED"},
    {"a bundle has no price", Bundle(), [](Product& p) { p.pricing = Flat(); }, "/pricing",
     "NOT_ALLOWED"},
    {"a bundle has no billing", Bundle(), [](Product& p) { p.billing = Billing{}; }, "/billing",
     "NOT_ALLOWED"},
    {"a bundle has no term", Bundle(), [](Product& p) { p.term = Cycle{}; }, "/term",
     "NOT_ALLOWED"},
    {"a bundle has no service levels", Bundle(),
     [](Product& p) { p.service_level_codes = {"gold"}; }, "/service_levels", "NOT_ALLOWED"},
    {"a component exists", Bundle(),
     [](Product& p) { p.components[0].product = ids::ProductId::New(); },
     "/components/0/product_id", "REFERENCE_NOT_FOUND"},
    {"a component is published", Bundle(), [](Product& p) { p.components[0].product = kDraft; },
     "/components/0/product_id", "NOT_PUBLISHED"},
    {"a component is not retired", Bundle(), [](Product& p) { p.components[0].product = kRetired; },
     "/components/0/product_id", "RETIRED"},
    {"bundles do not nest", Bundle(), [](Product& p) { p.components[0].product = kSuite; },
     "/components/0/product_id", "NESTED_BUNDLE"},
    {"a component is named once", Bundle(),
     [](Product& p) { p.components.push_back({kLicence, D("2")}); }, "/components/1/product_id",
     "DUPLICATE"},
};

TEST_CASE("A product's parts fit together") {
  for (const Rule& rule : kRules) {
    INFO(rule.name);
    Product product = rule.product;
    rule.change(product);
    const Validation validation = ValidateProduct(product, kKnown);
    CHECK(validation.warnings.empty());
    if (*rule.pointer == '\0') {
      CHECK(validation.violations.empty());
    } else {
      REQUIRE(validation.violations.size() == 1);
      CHECK(validation.violations[0].pointer == rule.pointer);
      CHECK(validation.violations[0].code == rule.code);
    }
  }
}

TEST_CASE("Every violation is told, not only the first") {
  Product product = OneOff();
  product.pricing.reset();
  product.term = Cycle{};
  product.service_level_codes = {"a", "a"};
  CHECK(ValidateProduct(product, kKnown).violations.size() == 3);
}

TEST_CASE("A volume table where more costs less is lawful, with a warning") {
  Product product = OneOff();
  product.pricing = Volume({{D("50"), D("20")}, {kOpen, D("18")}});
  const Validation validation = ValidateProduct(product, kKnown);
  CHECK(validation.violations.empty());
  REQUIRE(validation.warnings.size() == 1);
  CHECK(validation.warnings[0] ==
        "The volume prices in EUR are not monotone: a little more than 50 costs less than 50.");
}

TEST_CASE("The warning agrees with the prices themselves") {
  rc::check([] {
    const auto figure = [] { return Decimal(*rc::gen::inRange(0, 20)); };
    const std::vector<PriceBand> bands = {
        {D("10"), figure(), figure()}, {D("30"), figure(), figure()}, {kOpen, figure(), figure()}};
    Product product = OneOff();
    product.pricing = Volume(bands);
    RC_ASSERT(ValidateProduct(product, kKnown).warnings.empty() == money::IsMonotone(bands));
  });
}

}  // namespace
}  // namespace continuo::catalogue::domain
