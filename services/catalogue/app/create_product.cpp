#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/app/product_shape.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

Result<void> Insert(postgres::Transaction& tx, ids::ProductId id, const v1::Product& product) {
  std::string document;
  json::WriteMessage(product, &document);
  try {
    tx.Run(sql::insert_product, id, postgres::Json{document}, tx.now());
  } catch (const postgres::UniqueViolation&) {
    return FailedPrecondition("PRODUCT_CODE_TAKEN",
                              "There is a product with code " + product.code() +
                                  ". Use another code, or that product.",
                              {{"code", product.code()}});
  }
  return {};
}

}  // namespace

Result<v1::Product> CreateProduct(postgres::Database& database, const rpc::Call& call,
                                  const v1::CreateProductRequest& request) {
  return database.Command<v1::Product>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Product> {
        v1::Product product = request.product();
        CompleteProduct(&product);
        std::vector<Violation> violations = CheckProduct(tx, &product);
        if (!violations.empty()) return Invalid(std::move(violations));
        const ids::ProductId id = ids::ProductId::New();
        RETURN_IF_FAULT(Insert(tx, id, product));
        ASSIGN_OR_RETURN(v1::Product stored, LoadProduct(tx, id.ToString()));
        v1::ProductCreated created;
        created.set_id(stored.id());
        created.set_revision(stored.revision());
        created.set_code(stored.code());
        created.set_kind(std::string(TextOfKind(ShapeOf(stored).kind)));
        events::Append(tx, created, {.source_version = stored.revision()});
        return stored;
      });
}

}  // namespace continuo::catalogue::app
