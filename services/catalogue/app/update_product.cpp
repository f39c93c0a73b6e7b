#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/json/patch.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {

Result<v1::Product> UpdateProduct(postgres::Database& database, const rpc::Call& call,
                                  const v1::UpdateProductRequest& request) {
  return database.Command<v1::Product>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Product> {
        ASSIGN_OR_RETURN(v1::Product product, LoadProductForChange(tx, request.id()));
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.product(), &product));
        CompleteProduct(&product);
        std::vector<Violation> violations = CheckProduct(tx, &product);
        if (!violations.empty()) return Invalid(std::move(violations));
        std::string document;
        json::WriteMessage(product, &document);
        tx.Run(sql::update_product, postgres::IdOrNull("prod", request.id()),
               postgres::Json{document});
        ASSIGN_OR_RETURN(v1::Product stored, LoadProduct(tx, request.id()));
        v1::ProductUpdated updated;
        updated.set_id(stored.id());
        updated.set_revision(stored.revision());
        updated.set_code(stored.code());
        events::Append(tx, updated, {.source_version = stored.revision()});
        return stored;
      });
}

}  // namespace continuo::catalogue::app
