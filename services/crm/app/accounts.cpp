#include "services/crm/app/accounts.h"

#include "continuo/crm/v1/account.pb.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "libs/json/validate.h"
#include "services/crm/app/account_rows.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {

Result<v1::Account> CreateAccount(postgres::Database& database, const rpc::Call& call,
                                  const v1::CreateAccountRequest& request) {
  return database.Command<v1::Account>(
      call, [&](postgres::Transaction& tx) { return InsertAccount(tx, request.account()); });
}

Result<v1::Account> GetAccount(postgres::Database& database, const rpc::Call& call,
                               const v1::GetAccountRequest& request) {
  return Get<v1::Account>(database, call, kAccount, request);
}

Result<v1::ListAccountsResponse> ListAccounts(postgres::Database& database, const rpc::Call& call,
                                              const v1::ListAccountsRequest& request) {
  return ListOf<v1::ListAccountsResponse>(database, call, kAccount, request);
}

Result<v1::Account> UpdateAccount(postgres::Database& database, const rpc::Call& call,
                                  const v1::UpdateAccountRequest& request) {
  return database.Command<v1::Account>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Account> {
        ASSIGN_OR_RETURN(const v1::Account before,
                         LoadForChange<v1::Account>(tx, kAccount, request.id()));
        v1::Account account = before;
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.account(), &account));
        return SaveAccount(tx, before, std::move(account));
      });
}

namespace {

// The body names the external id only when it wants others beside it.
void AddExternalId(const v1::UpsertAccountRequest& request, v1::Account* account) {
  for (const v1::ExternalId& id : account->external_ids()) {
    if (id.system() == request.system() && id.id() == request.external_id()) return;
  }
  v1::ExternalId& id = *account->add_external_ids();
  id.set_system(request.system());
  id.set_id(request.external_id());
}

}  // namespace

Result<v1::Account> UpsertAccount(postgres::Database& database, const rpc::Call& call,
                                  const v1::UpsertAccountRequest& request) {
  return database.Command<v1::Account>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Account> {
        const postgres::Rows known =
            tx.Run(sql::select_account_by_external_id, request.system(), request.external_id());
        if (known.empty()) {
          // What is opened must be whole; the request was checked as the change of an account.
          v1::CreateAccountRequest create;
          *create.mutable_account() = request.account();
          if (auto missing = json::Validate(create); !missing.empty()) {
            return Invalid(std::move(missing));
          }
          AddExternalId(request, create.mutable_account());
          return InsertAccount(tx, std::move(*create.mutable_account()));
        }
        const std::string id = known.front().Id("acc", "account_id");
        ASSIGN_OR_RETURN(const v1::Account before, LoadForChange<v1::Account>(tx, kAccount, id));
        v1::Account account = before;
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.account(), &account));
        AddExternalId(request, &account);
        return SaveAccount(tx, before, std::move(account));
      });
}

}  // namespace continuo::crm::app
