#include "services/catalogue/rpc/catalogue_rpc.h"

#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/price_preview.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/catalogue/v1/supplier.pb.h"
#include "libs/rpc/methods.h"
#include "services/catalogue/app/preview_price.h"
#include "services/catalogue/app/product_versions.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/app/suppliers.h"

namespace continuo::catalogue {

void OfferMethods(rpc::Methods& methods, postgres::Database& database) {
  const auto offer = [&]<class Request, class Answer>(
                         const std::string& name,
                         Result<Answer> (*use_case)(postgres::Database&, const rpc::Call&,
                                                    const Request&)) {
    methods.On<Request, Answer>("continuo.catalogue.v1.CatalogueService/" + name,
                                [&database, use_case](const rpc::Call& call,
                                                      const Request& request) {
                                  return use_case(database, call, request);
                                });
  };
  offer("CreateProduct", app::CreateProduct);
  offer("GetProduct", app::GetProduct);
  offer("ListProducts", app::ListProducts);
  offer("UpdateProduct", app::UpdateProduct);
  offer("PublishProduct", app::PublishProduct);
  offer("RetireProduct", app::RetireProduct);
  offer("ListProductVersions", app::ListProductVersions);
  offer("GetProductVersion", app::GetProductVersion);
  offer("CreateSupplier", app::CreateSupplier);
  offer("GetSupplier", app::GetSupplier);
  offer("ListSuppliers", app::ListSuppliers);
  offer("UpdateSupplier", app::UpdateSupplier);
  offer("PreviewPrice", app::PreviewPrice);
}

}  // namespace continuo::catalogue
