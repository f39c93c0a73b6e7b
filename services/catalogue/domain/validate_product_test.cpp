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
const ids::ProductId kInstallation = ids::ProductId::New();
const ids::ProductId kSuite = ids::ProductId::New();   // holds the licence
const ids::ProductId kOffice = ids::ProductId::New();  // holds the suite
const ids::ProductId kCampus = ids::ProductId::New();  // holds the office
const ids::ProductId kRing = ids::ProductId::New();    // holds kSelf
const ids::ProductId kSelf = ids::ProductId::New();    // the product that is being saved
const ids::SupplierId kVendor = ids::SupplierId::New();
const Known kKnown = {.products = {{kLicence, {Kind::kRecurring, Status::kPublished, "licence", Cycle{CycleUnit::kMonth, 1}}},
                                   {kDraft, {Kind::kOneOff, Status::kDraft}},
                                   {kRetired, {Kind::kOneOff, Status::kRetired}},
                                   {kInstallation, {Kind::kOneOff, Status::kPublished, "installation"}},
                                   {kSuite, {Kind::kBundle, Status::kPublished, "suite", {},
                                             {kLicence}}},
                                   {kOffice, {Kind::kBundle, Status::kPublished, "office", {},
                                              {kSuite}}},
                                   {kCampus, {Kind::kBundle, Status::kPublished, "campus", {},
                                              {kOffice}}},
                                   {kRing, {Kind::kBundle, Status::kPublished, "ring", {},
                                            {kSelf}}}},
                      .suppliers = {kVendor}};

Pricing Flat() { return {.model = pricing::Model::kFlat, .prices = {{"EUR", D("20"), {}}}}; }
Pricing Volume(std::vector<PriceBand> bands) {
  return {.model = pricing::Model::kVolume, .prices = {{"EUR", kOpen, std::move(bands)}}};
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
          .service_levels = {{"gold"}},
          .purchases = {{"vendor support", kVendor, "EUR", D("9"), Cycle{CycleUnit::kMonth, 1}, true}}};
}
Product Bundle() {
  return {.kind = Kind::kBundle, .id = kSelf, .code = "bundle", .components = {{kLicence, D("1")}}};
}
// One of two, the first when nobody chooses.
Product Choice() {
  Product bundle = Bundle();
  bundle.components = {{kLicence, D("1"), D("1"), D("9"), "plan"},
                       {kInstallation, D("0"), kOpen, D("1"), "plan"}};
  bundle.option_groups = {{"plan", 1, 1}};
  return bundle;
}
Product Priced(pricing::Model model, CurrencyPrice price) {
  Product product = OneOff();
  product.pricing = {.model = model, .prices = {std::move(price)}};
  return product;
}
Product CostPlus() {
  Product product = Recurring();
  product.pricing = {.prices = {{.currency = "EUR"}}, .is_cost_plus = true,
                     .cost_plus = {.markup_percent = D("25")}};
  return product;
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
    {"graduated has bands", Priced(pricing::Model::kGraduated, {"EUR", D("1")}),
     [](Product& p) { p.pricing->prices[0].unit_price.reset(); }, "/pricing/prices/0/bands",
     "REQUIRED"},
    {"packages of some size", Priced(pricing::Model::kPackage, {"EUR", D("1")}), [](Product&) {},
     "/pricing/package_size", "REQUIRED"},
    {"packages", Priced(pricing::Model::kPackage, {"EUR", D("1")}),
     [](Product& p) { p.pricing->package_size = D("10"); }, "", ""},
    {"only packages have a size", OneOff(), [](Product& p) { p.pricing->package_size = D("10"); },
     "/pricing/package_size", "NOT_ALLOWED"},
    {"a percentage", Priced(pricing::Model::kPercentage, {.currency = "EUR", .percent = D("2")}),
     [](Product&) {}, "", ""},
    {"a percentage has no unit price",
     Priced(pricing::Model::kPercentage, {.currency = "EUR", .unit_price = D("2"),
                                          .percent = D("2")}),
     [](Product&) {}, "/pricing/prices/0/unit_price", "NOT_ALLOWED"},
    {"a percentage of lines says of what",
     Priced(pricing::Model::kPercentageOfLines, {.currency = "EUR", .percent = D("20")}),
     [](Product&) {}, "/pricing/basis", "REQUIRED"},
    {"a maximum is above the minimum", OneOff(),
     [](Product& p) {
       p.pricing->prices[0].minimum = D("10");
       p.pricing->prices[0].maximum = D("9");
     },
     "/pricing/prices/0/maximum_amount", "OUT_OF_RANGE"},
    {"a price from cost", CostPlus(), [](Product&) {}, "", ""},
    {"by mark-up or margin", CostPlus(),
     [](Product& p) { p.pricing->cost_plus.margin_percent = D("20"); },
     "/pricing/margin_percent", "NOT_ALLOWED"},
    {"with a cost", CostPlus(), [](Product& p) { p.purchases.clear(); }, "/purchasing",
     "REQUIRED"},
    {"in the price's currency", CostPlus(), [](Product& p) { p.purchases[0].currency = "USD"; },
     "/purchasing/0/currency", "COST_IN_OTHER_CURRENCY"},
    {"only a price from cost has a mark-up", OneOff(),
     [](Product& p) { p.pricing->cost_plus.markup_percent = D("5"); }, "/pricing/markup_percent",
     "NOT_ALLOWED"},
    {"a level's price instead of a factor", Recurring(),
     [](Product& p) { p.service_levels = {{"gold", false, {"EUR"}}}; }, "", ""},
    {"not beside it", Recurring(),
     [](Product& p) { p.service_levels = {{"gold", true, {"EUR"}}}; }, "/service_levels/0/factor",
     "NOT_ALLOWED"},
    {"in every currency of the product", Recurring(),
     [](Product& p) {
       p.pricing->prices.push_back({"USD", D("21")});
       p.service_levels = {{"gold", false, {"EUR"}}};
     },
     "/service_levels/0/prices", "REQUIRED"},
    {"indexed at a fixed rate", Recurring(),
     [](Product& p) { p.indexation = Indexation{.rate = D("3")}; }, "", ""},
    {"a fixed rate is named", Recurring(), [](Product& p) { p.indexation = Indexation{}; },
     "/indexation/rate_percent", "REQUIRED"},
    {"a series is named", Recurring(),
     [](Product& p) { p.indexation = Indexation{.is_series = true}; }, "/indexation/series_code",
     "REQUIRED"},
    {"a cap above the floor", Recurring(),
     [](Product& p) {
       p.indexation = Indexation{.rate = D("3"), .cap = D("1"), .floor = D("2")};
     },
     "/indexation/cap_percent", "OUT_OF_RANGE"},
    {"what is sold once is not indexed", OneOff(),
     [](Product& p) { p.indexation = Indexation{.rate = D("3")}; }, "/indexation", "NOT_ALLOWED"},
    {"what is attached exists", OneOff(),
     [](Product& p) { p.attached = {ids::ProductId::New()}; }, "/attach/0/product_id",
     "REFERENCE_NOT_FOUND"},
    {"what is related is another", Bundle(), [](Product& p) { p.relations = {{kSelf}}; },
     "/relations/0/product_id", "NOT_ALLOWED"},
    {"once", OneOff(), [](Product& p) { p.relations = {{kLicence}, {kLicence, true}}; },
     "/relations/1/product_id", "DUPLICATE"},
    {"one proposal text a language", OneOff(),
     [](Product& p) { p.proposal_locales = {"en", "en"}; }, "/proposal/1/locale", "DUPLICATE"},
    {"usage recurs", Recurring(), [](Product& p) { p.kind = Kind::kUsage; }, "", ""},
    {"work is billed once", OneOff(),
     [](Product& p) { p.kind = Kind::kService; p.term = Cycle{}; }, "/term", "NOT_ALLOWED"},
    {"a range is around a standalone price", OneOff(),
     [](Product& p) { p.has_ssp_range = true; }, "/revenue/ssp_low_percent", "NOT_ALLOWED"},
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
     [](Product& p) { p.purchases = {{"hosting", kOpen, "EUR", D("1"), Cycle{}}}; }, "/purchasing/0/period",
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
     [](Product& p) { p.service_levels = {{"gold"}, {"gold"}}; }, "/service_levels/1/code",
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
     [](Product& p) { p.purchases[0].period.reset(); }, "/purchasing/0/timing", "NOT_ALLOWED"},
    {"bands of a cost ascend", Recurring(),
     [](Product& p) { p.purchases[0].band_starts = {D("10"), D("10")}; },
     "/purchasing/0/cost_bands/1/from", "NOT_ASCENDING"},
    {"bands of a cost that ascend", Recurring(),
     [](Product& p) { p.purchases[0].band_starts = {D("10"), D("100")}; }, "", ""},
    {"purchases are told apart by name", Recurring(),
     [](Product& p) { p.purchases.push_back({"vendor support", kOpen, "EUR", D("1")}); },
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
     [](Product& p) { p.service_levels = {{"gold"}}; }, "/service_levels", "NOT_ALLOWED"},
    {"a component exists", Bundle(),
     [](Product& p) { p.components[0].product = ids::ProductId::New(); },
     "/components/0/product_id", "REFERENCE_NOT_FOUND"},
    {"a component is published", Bundle(), [](Product& p) { p.components[0].product = kDraft; },
     "/components/0/product_id", "NOT_PUBLISHED"},
    {"a component is not retired", Bundle(), [](Product& p) { p.components[0].product = kRetired; },
     "/components/0/product_id", "RETIRED"},
    {"bundles nest", Bundle(), [](Product& p) { p.components[0].product = kOffice; }, "", ""},
    {"three levels deep", Bundle(), [](Product& p) { p.components[0].product = kCampus; },
     "/components/0/product_id", "TOO_DEEP"},
    {"never around", Bundle(), [](Product& p) { p.components[0].product = kRing; },
     "/components/0/product_id", "CYCLE"},
    {"a choice", Choice(), [](Product&) {}, "", ""},
    {"a choice of an option group that is there", Choice(),
     [](Product& p) { p.components[1].option_group = "colour"; p.option_groups[0].min = 0; },
     "/components/1/option_group", "REFERENCE_NOT_FOUND"},
    {"what nobody chooses is in range", Choice(),
     [](Product& p) { p.components[0].quantity = D("10"); }, "/components/0/quantity",
     "OUT_OF_RANGE"},
    {"what is left out can be chosen", Choice(),
     [](Product& p) { p.components[1].max_quantity.reset(); }, "/components/1/quantity",
     "OUT_OF_RANGE"},
    {"a default fits its group", Choice(), [](Product& p) { p.components[1].quantity = D("1"); },
     "/option_groups/0/min", "DEFAULT_OUTSIDE_GROUP"},
    {"a group is told apart", Choice(), [](Product& p) { p.option_groups.push_back({"plan"}); },
     "/option_groups/1/code", "DUPLICATE"},
    {"a discount names its per cent", Bundle(),
     [](Product& p) { p.bundle_price = BundlePrice{BundlePriceMethod::kDiscount}; },
     "/bundle_price/discount_percent", "REQUIRED"},
    {"a price of its own is named", Bundle(),
     [](Product& p) { p.bundle_price = BundlePrice{BundlePriceMethod::kOverride}; },
     "/bundle_price/prices", "REQUIRED"},
    {"and is for parts that are billed together", Bundle(),
     [](Product& p) {
       p.components.push_back({kInstallation, D("1")});
       p.bundle_price = BundlePrice{BundlePriceMethod::kOverride, {}, {"EUR"}};
     },
     "/bundle_price/method", "NOT_BILLED_TOGETHER"},
    {"only a bundle has a bundle's price", OneOff(), [](Product& p) { p.bundle_price.emplace(); },
     "/bundle_price", "NOT_ALLOWED"},
    {"a bundle is not indexed", Bundle(),
     [](Product& p) { p.indexation = Indexation{.rate = D("3")}; }, "/indexation", "NOT_ALLOWED"},
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

TEST_CASE("A cycle is refused with its path") {
  Product bundle = Bundle();
  bundle.components[0].product = kRing;
  const Validation validation = ValidateProduct(bundle, kKnown);
  REQUIRE(validation.violations.size() == 1);
  CHECK(validation.violations[0].detail ==
        "The bundle would hold itself: bundle > ring > bundle. Take one of these out of the one "
        "before.");
}

TEST_CASE("Every violation is told, not only the first") {
  Product product = OneOff();
  product.pricing.reset();
  product.term = Cycle{};
  product.service_levels = {{"a"}, {"a"}};
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
