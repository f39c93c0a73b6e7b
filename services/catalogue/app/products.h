// The life of a product: drafted, changed, published version by version, retired.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::catalogue::v1 {
class CreateProductRequest;
class GetProductRequest;
class ListProductsRequest;
class ListProductsResponse;
class Product;
class PublishProductRequest;
class RetireProductRequest;
class UpdateProductRequest;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::Product> CreateProduct(postgres::Database& database, const rpc::Call& call,
                                  const v1::CreateProductRequest& request);
Result<v1::Product> GetProduct(postgres::Database& database, const rpc::Call& call,
                               const v1::GetProductRequest& request);
Result<v1::ListProductsResponse> ListProducts(postgres::Database& database, const rpc::Call& call,
                                              const v1::ListProductsRequest& request);
Result<v1::Product> UpdateProduct(postgres::Database& database, const rpc::Call& call,
                                  const v1::UpdateProductRequest& request);
Result<v1::Product> PublishProduct(postgres::Database& database, const rpc::Call& call,
                                   const v1::PublishProductRequest& request);
Result<v1::Product> RetireProduct(postgres::Database& database, const rpc::Call& call,
                                  const v1::RetireProductRequest& request);

}  // namespace continuo::catalogue::app
