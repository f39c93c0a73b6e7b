#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {

Result<v1::Product> RetireProduct(postgres::Database& database, const rpc::Call& call,
                                  const v1::RetireProductRequest& request) {
  return database.Command<v1::Product>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Product> {
        ASSIGN_OR_RETURN(const v1::Product product, LoadProductForChange(tx, request.id()));
        tx.Run(sql::update_product_status, postgres::IdOrNull("prod", request.id()), "retired",
               product.version());
        ASSIGN_OR_RETURN(v1::Product stored, LoadProduct(tx, request.id()));
        v1::ProductRetired retired;
        retired.set_id(stored.id());
        retired.set_revision(stored.revision());
        retired.set_code(stored.code());
        events::Append(tx, retired, {.source_version = stored.revision()});
        return stored;
      });
}

}  // namespace continuo::catalogue::app
