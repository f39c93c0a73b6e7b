#include "services/catalogue/app/product_rows.h"

#include "continuo/catalogue/v1/product.pb.h"
#include "libs/postgres/message.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/app/product_shape.h"
#include "services/catalogue/domain/cost_price.h"
#include "services/catalogue/domain/validate_bundle.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

const postgres::Resource kProduct{sql::select_product, sql::lock_product};

domain::Known::Sold SoldOf(const postgres::Row& row) {
  v1::Product product;
  postgres::Fill(row, &product);
  const domain::Product shape = ShapeOf(product);
  domain::Known::Sold sold{.kind = shape.kind,
                           .status = StatusOfText(row.Text("status")),
                           .code = shape.code};
  if (shape.billing) sold.period = shape.billing->period;
  for (const domain::Component& component : shape.components) {
    sold.components.push_back(component.product);
  }
  return sold;
}

std::vector<ids::ProductId> NamedProducts(const domain::Product& product) {
  std::vector<ids::ProductId> named = product.attached;
  for (const domain::Relative& relation : product.relations) named.push_back(relation.product);
  for (const domain::Component& component : product.components) named.push_back(component.product);
  return named;
}

// Level by level, one statement each; one level deeper than a bundle may go, to see that it does.
void LoadProducts(postgres::Transaction& tx, std::vector<ids::ProductId> wanted,
                  domain::Known* known) {
  for (int level = 0; level <= domain::kBundleLevels && !wanted.empty(); ++level) {
    std::vector<ids::ProductId> next;
    for (const postgres::Row row : tx.Run(sql::select_sold_products, wanted)) {
      const ids::ProductId id(row.Uuid("id"));
      const domain::Known::Sold& sold = known->products[id] = SoldOf(row);
      next.insert(next.end(), sold.components.begin(), sold.components.end());
    }
    std::erase_if(next, [&](ids::ProductId id) { return known->products.contains(id); });
    wanted = std::move(next);
  }
}

domain::Known LoadKnown(postgres::Transaction& tx, const domain::Product& product) {
  domain::Known known;
  LoadProducts(tx, NamedProducts(product), &known);
  std::vector<ids::SupplierId> suppliers;
  for (const domain::Purchase& purchase : product.purchases) {
    if (purchase.supplier) suppliers.push_back(*purchase.supplier);
  }
  if (!suppliers.empty()) {
    const postgres::Rows rows = tx.Run(sql::select_known_suppliers, suppliers);
    for (const postgres::Row row : rows) known.suppliers.insert(ids::SupplierId(row.Uuid("id")));
  }
  return known;
}

// Where the costs do not make a price, validation says why.
void CompleteCostPlus(v1::Product* product) {
  const domain::Product shape = ShapeOf(*product);
  for (v1::CurrencyPrice& price : *product->mutable_pricing()->mutable_prices()) {
    price.clear_unit_price();
    const Result<money::Decimal> unit_price = domain::CostUnitPrice(shape, price.currency());
    if (unit_price) price.set_unit_price(unit_price->ToString());
  }
}

}  // namespace

Result<v1::Product> LoadProduct(postgres::Transaction& tx, const std::string& id) {
  return Load<v1::Product>(tx, kProduct, id);
}

Result<v1::Product> LoadProductForChange(postgres::Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(v1::Product product, LoadForChange<v1::Product>(tx, kProduct, id));
  if (product.status() == v1::PRODUCT_STATUS_RETIRED) {
    return FailedPrecondition("PRODUCT_RETIRED",
                              "Product " + product.code() + " is retired. Create a new product.",
                              {{"product_id", id}});
  }
  return product;
}

void CompleteProduct(v1::Product* product) {
  if (product->kind() == v1::PRODUCT_KIND_BUNDLE) return;
  const bool recurs = domain::Recurs(ShapeOf(*product).kind);
  if (!product->has_revenue()) {
    product->mutable_revenue()->set_rule(recurs ? v1::REVENUE_RULE_STRAIGHT_LINE_DAYS
                                                : v1::REVENUE_RULE_POINT_IN_TIME);
  }
  for (v1::ServiceLevel& level : *product->mutable_service_levels()) {
    if (level.factor().empty() && level.prices().empty()) level.set_factor("1");
  }
  for (v1::Purchasing& purchase : *product->mutable_purchasing()) {
    if (purchase.has_period() && !purchase.timing()) {
      purchase.set_timing(v1::BILLING_TIMING_ADVANCE);
    }
  }
  if (product->pricing().model() == v1::PRICING_MODEL_COST_PLUS) CompleteCostPlus(product);
  if (product->indexation().kind() == v1::INDEXATION_KIND_SERIES &&
      !product->indexation().mode()) {
    product->mutable_indexation()->set_mode(v1::INDEXATION_MODE_CHAIN);
  }
  for (v1::Attach& attach : *product->mutable_attach()) {
    if (attach.ratio().empty()) attach.set_ratio("1");
  }
  if (!recurs) {
    v1::Billing& billing = *product->mutable_billing();
    if (!billing.billable()) billing.set_billable(v1::BILLABLE_ON_ACCEPTANCE);
    return;
  }
  if (product->has_billing()) {
    v1::Billing& billing = *product->mutable_billing();
    if (!billing.alignment()) billing.set_alignment(v1::BILLING_ALIGNMENT_ANNIVERSARY);
    if (!billing.proration()) billing.set_proration(v1::PRORATION_DIALECT_ACTUAL_DAYS);
    if (!billing.initialise()) billing.set_initialise(v1::INITIALISE_ON_MANUAL);
  }
  if (product->has_term() && !product->term().renewal()) {
    product->mutable_term()->set_renewal(v1::RENEWAL_KIND_MANUAL);
  }
}

std::vector<Violation> CheckProduct(postgres::Transaction& tx, v1::Product* product) {
  const domain::Product shape = ShapeOf(*product);
  domain::Validation validation = domain::ValidateProduct(shape, LoadKnown(tx, shape));
  product->clear_warnings();
  for (std::string& warning : validation.warnings) product->add_warnings(std::move(warning));
  return std::move(validation.violations);
}

}  // namespace continuo::catalogue::app
