// A stored account, and the checks that each way of writing one shares.
#pragma once

#include <string>

#include "libs/postgres/resource.h"

namespace continuo::crm::v1 {
class Account;
}

namespace continuo::crm::app {

extern const postgres::Resource kAccount;

// Opens an account, links the caller to it, and publishes account.created. The parent and the
// divisions are the caller's to choose; a parent that the caller does not see is refused.
Result<v1::Account> InsertAccount(postgres::Transaction& tx, v1::Account account);
// `before` is the stored state, locked. Publishes account.updated; when nothing differs, nothing
// happens.
Result<v1::Account> SaveAccount(postgres::Transaction& tx, const v1::Account& before,
                                v1::Account account);
// REFERENCE_NOT_FOUND at `pointer` unless the caller sees the account.
Result<void> CheckAccountExists(postgres::Transaction& tx, const std::string& id,
                                const std::string& pointer);

}  // namespace continuo::crm::app
