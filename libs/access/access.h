// The projection of who may see which account, in each service that holds account data.
//
//   Migrate(config, {events::Migrations(), access::Migrations(), billing::sql::migrations()});
//   access::Subscribe(consumers);                       // follows account_access.changed
//   CREATE POLICY linked_accounts ON invoice            -- and no query can forget it
//     USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
//
// continuo_sees_account is true for callers who see all, and for those with a grant that is valid
// on the transaction's business date. A missing setting means no rows.
//
// Grants come as the account's whole list with a revision; an older list never replaces a newer
// one. The closure over the account tree is directory's work, not done here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/statement.h"
#include "libs/result/result.h"

namespace continuo::events {
class Consumers;
}
namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::rpc {
struct Call;
class Peers;
}  // namespace continuo::rpc

namespace continuo::access {

// A user may see an account from the one day until before the other.
struct Grant {
  ids::UserId user;
  calendar::Date valid_from;
  std::optional<calendar::Date> valid_to;  // none: open

  friend bool operator==(const Grant&, const Grant&) = default;
};

struct AccountGrants {
  int64_t revision = 0;  // 0: directory has not been heard of this account
  std::vector<Grant> grants;
};

// Before the service's own migrations, whose policies use the function.
std::span<const postgres::Migration> Migrations();
std::span<const postgres::Statement* const> Statements();

// Keeps the projection up to date from directory's events.
void Subscribe(events::Consumers& consumers);

// The whole list of an account; false when this revision or a newer one is in already.
bool Replace(postgres::Transaction& tx, ids::AccountId account, int64_t revision,
             std::span<const Grant> grants);
AccountGrants Find(postgres::Transaction& tx, ids::AccountId account);
// Whether the transaction's caller sees the account, as the policies have it.
bool Sees(postgres::Transaction& tx, ids::AccountId account);

// Whoever opens an account sees it at once, in the same transaction. Call it before the account's
// row is written. Nothing happens where a service opens it.
void LinkCreator(postgres::Transaction& tx, ids::AccountId account);

// Whether the caller sees the account after all: before a miss becomes a 404, directory is asked,
// and what it knows is taken into the projection. Not inside a transaction.
Result<bool> Confirm(postgres::Database& database, rpc::Peers& peers, const rpc::Call& call,
                     ids::AccountId account);

}  // namespace continuo::access
