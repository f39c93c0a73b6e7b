// Whom we buy from.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::catalogue::v1 {
class CreateSupplierRequest;
class GetSupplierRequest;
class ListSuppliersRequest;
class ListSuppliersResponse;
class Supplier;
class UpdateSupplierRequest;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::Supplier> CreateSupplier(postgres::Database& database, const rpc::Call& call,
                                    const v1::CreateSupplierRequest& request);
Result<v1::Supplier> GetSupplier(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetSupplierRequest& request);
Result<v1::ListSuppliersResponse> ListSuppliers(postgres::Database& database,
                                                const rpc::Call& call,
                                                const v1::ListSuppliersRequest& request);
Result<v1::Supplier> UpdateSupplier(postgres::Database& database, const rpc::Call& call,
                                    const v1::UpdateSupplierRequest& request);

}  // namespace continuo::catalogue::app
