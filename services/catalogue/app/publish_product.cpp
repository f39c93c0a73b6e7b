#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/app/product_versions.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/app/version_adoptions.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

// What a draft names may have been retired since it was saved.
Result<void> CheckPublishable(postgres::Transaction& tx, v1::Product* product) {
  std::vector<Violation> violations = CheckProduct(tx, product);
  if (violations.empty()) return {};
  Failure failure = FailedPrecondition(
      "PRODUCT_NOT_VALID", "Product " + product->code() + " cannot be published: " +
                               violations[0].pointer + ": " + violations[0].detail,
      {{"product_id", product->id()}});
  failure.value().violations = std::move(violations);
  return failure;
}

void InsertVersion(postgres::Transaction& tx, const v1::Product& product,
                   calendar::Date effective_from) {
  std::string document;
  json::WriteMessage(product, &document);
  tx.Run(sql::insert_product_version, ids::ProductVersionId::New(),
         postgres::IdOrNull("prod", product.id()), product.version(), effective_from,
         postgres::Json{document}, tx.now());
}

}  // namespace

Result<v1::Product> PublishProduct(postgres::Database& database, const rpc::Call& call,
                                   const v1::PublishProductRequest& request) {
  return database.Command<v1::Product>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Product> {
        ASSIGN_OR_RETURN(v1::Product draft, LoadProductForChange(tx, request.id()));
        RETURN_IF_FAULT(CheckPublishable(tx, &draft));
        const calendar::Date effective_from = DayOrToday(tx, request.effective_from());
        const int32_t version = draft.version() + 1;
        tx.Run(sql::update_product_status, postgres::IdOrNull("prod", request.id()), "published",
               version);
        ASSIGN_OR_RETURN(v1::Product stored, LoadProduct(tx, request.id()));
        InsertVersion(tx, stored, effective_from);
        if (!request.new_customers_only()) Adopt(tx, stored.id(), version, effective_from, "");
        v1::ProductPublished published;
        published.set_id(stored.id());
        published.set_revision(stored.revision());
        published.set_code(stored.code());
        published.set_version(version);
        published.set_effective_from(effective_from.ToString());
        published.set_new_customers_only(request.new_customers_only());
        events::Append(tx, published, {.source_version = stored.revision()});
        return stored;
      });
}

}  // namespace continuo::catalogue::app
