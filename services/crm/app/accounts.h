// Customers, in a tree.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::crm::v1 {
class Account;
class CreateAccountRequest;
class GetAccountRequest;
class ListAccountsRequest;
class ListAccountsResponse;
class UpdateAccountRequest;
class UpsertAccountRequest;
}  // namespace continuo::crm::v1

namespace continuo::crm::app {

Result<v1::Account> CreateAccount(postgres::Database& database, const rpc::Call& call,
                                  const v1::CreateAccountRequest& request);
Result<v1::Account> GetAccount(postgres::Database& database, const rpc::Call& call,
                               const v1::GetAccountRequest& request);
Result<v1::ListAccountsResponse> ListAccounts(postgres::Database& database, const rpc::Call& call,
                                              const v1::ListAccountsRequest& request);
Result<v1::Account> UpdateAccount(postgres::Database& database, const rpc::Call& call,
                                  const v1::UpdateAccountRequest& request);
Result<v1::Account> UpsertAccount(postgres::Database& database, const rpc::Call& call,
                                  const v1::UpsertAccountRequest& request);

}  // namespace continuo::crm::app
