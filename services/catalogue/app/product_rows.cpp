#include "services/catalogue/app/product_rows.h"

#include "continuo/catalogue/v1/product.pb.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/app/product_shape.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

const postgres::Resource kProduct{sql::select_product, sql::lock_product};

domain::Known LoadKnown(postgres::Transaction& tx, const domain::Product& product) {
  domain::Known known;
  std::vector<ids::ProductId> products;
  for (const domain::Component& component : product.components) {
    products.push_back(component.product);
  }
  std::vector<ids::SupplierId> suppliers;
  for (const domain::Purchase& purchase : product.purchases) {
    if (purchase.supplier) suppliers.push_back(*purchase.supplier);
  }
  if (!products.empty()) {
    const postgres::Rows rows = tx.Run(sql::select_sold_products, products);
    for (const postgres::Row row : rows) {
      known.products[ids::ProductId(row.Uuid("id"))] = {KindOfText(row.Text("kind")),
                                                        StatusOfText(row.Text("status"))};
    }
  }
  if (!suppliers.empty()) {
    const postgres::Rows rows = tx.Run(sql::select_known_suppliers, suppliers);
    for (const postgres::Row row : rows) known.suppliers.insert(ids::SupplierId(row.Uuid("id")));
  }
  return known;
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
  const bool recurs = product->kind() == v1::PRODUCT_KIND_RECURRING;
  if (!product->has_revenue()) {
    product->mutable_revenue()->set_rule(recurs ? v1::REVENUE_RULE_STRAIGHT_LINE_DAYS
                                                : v1::REVENUE_RULE_POINT_IN_TIME);
  }
  for (v1::ServiceLevel& level : *product->mutable_service_levels()) {
    if (level.factor().empty()) level.set_factor("1");
  }
  for (v1::Purchasing& purchase : *product->mutable_purchasing()) {
    if (purchase.has_period() && !purchase.timing()) {
      purchase.set_timing(v1::BILLING_TIMING_ADVANCE);
    }
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
