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

namespace continuo::catalogue::rpc {

using continuo::rpc::Call;
using continuo::rpc::Methods;

void Offer(Methods& methods, postgres::Database& database) {
  const std::string service = "continuo.catalogue.v1.CatalogueService/";
  methods.On<v1::CreateProductRequest, v1::Product>(
      service + "CreateProduct", [&database](const Call& call, const v1::CreateProductRequest& request) {
        return app::CreateProduct(database, call, request);
      });
  methods.On<v1::GetProductRequest, v1::Product>(
      service + "GetProduct", [&database](const Call& call, const v1::GetProductRequest& request) {
        return app::GetProduct(database, call, request);
      });
  methods.On<v1::ListProductsRequest, v1::ListProductsResponse>(
      service + "ListProducts", [&database](const Call& call, const v1::ListProductsRequest& request) {
        return app::ListProducts(database, call, request);
      });
  methods.On<v1::UpdateProductRequest, v1::Product>(
      service + "UpdateProduct", [&database](const Call& call, const v1::UpdateProductRequest& request) {
        return app::UpdateProduct(database, call, request);
      });
  methods.On<v1::PublishProductRequest, v1::Product>(
      service + "PublishProduct", [&database](const Call& call, const v1::PublishProductRequest& request) {
        return app::PublishProduct(database, call, request);
      });
  methods.On<v1::RetireProductRequest, v1::Product>(
      service + "RetireProduct", [&database](const Call& call, const v1::RetireProductRequest& request) {
        return app::RetireProduct(database, call, request);
      });
  methods.On<v1::ListProductVersionsRequest, v1::ListProductVersionsResponse>(
      service + "ListProductVersions", [&database](const Call& call, const v1::ListProductVersionsRequest& request) {
        return app::ListProductVersions(database, call, request);
      });
  methods.On<v1::GetProductVersionRequest, v1::ProductVersion>(
      service + "GetProductVersion", [&database](const Call& call, const v1::GetProductVersionRequest& request) {
        return app::GetProductVersion(database, call, request);
      });
  methods.On<v1::CreateSupplierRequest, v1::Supplier>(
      service + "CreateSupplier", [&database](const Call& call, const v1::CreateSupplierRequest& request) {
        return app::CreateSupplier(database, call, request);
      });
  methods.On<v1::GetSupplierRequest, v1::Supplier>(
      service + "GetSupplier", [&database](const Call& call, const v1::GetSupplierRequest& request) {
        return app::GetSupplier(database, call, request);
      });
  methods.On<v1::ListSuppliersRequest, v1::ListSuppliersResponse>(
      service + "ListSuppliers", [&database](const Call& call, const v1::ListSuppliersRequest& request) {
        return app::ListSuppliers(database, call, request);
      });
  methods.On<v1::UpdateSupplierRequest, v1::Supplier>(
      service + "UpdateSupplier", [&database](const Call& call, const v1::UpdateSupplierRequest& request) {
        return app::UpdateSupplier(database, call, request);
      });
  methods.On<v1::PricePreviewRequest, v1::PricePreview>(
      service + "PreviewPrice", [&database](const Call& call, const v1::PricePreviewRequest& request) {
        return app::PreviewPrice(database, call, request);
      });
}

}  // namespace continuo::catalogue::rpc
