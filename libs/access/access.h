// The projection of who may see which account, in each service that holds account data.
//
//   Migrate(config, {events::Migrations(), access::Migrations(), billing::sql::migrations()});
//   access::Subscribe(consumers, peers, "billing");     // follows account_access.changed
//   CREATE POLICY linked_accounts ON invoice            -- and no query can forget it
//     USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
//
// continuo_sees_account is true for callers who see all, and for those with a grant that is valid
// on the transaction's business date. A missing setting means no rows.
//
// Grants come as the account's whole list with a revision; an older list never replaces a newer
// one, and one too long for an event is fetched from directory. The closure over the account tree is
// directory's work, not done here.
//
// The projection lags behind directory by as long as an event travels. So a user's call that finds
// nothing is looked at once more (LearnOfMiss, which the runtime puts behind every operation): where
// directory knows of a grant that has not arrived yet, it is taken in, and the call is run again.
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

namespace google::protobuf {
class Message;
}
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

// Keeps the projection of `service` up to date from directory's events. `peers` outlives the consumers.
void Subscribe(events::Consumers& consumers, rpc::Peers& peers, const std::string& service);

// The whole list of an account; false when this revision or a newer one is in already.
bool Replace(postgres::Transaction& tx, ids::AccountId account, int64_t revision,
             std::span<const Grant> grants);
// The same for many accounts, in three statements; how many it replaced.
struct GrantsOfAccount {
  ids::AccountId account;
  std::vector<Grant> grants;
};
size_t ReplaceAll(postgres::Transaction& tx, int64_t revision,
                  std::span<const GrantsOfAccount> accounts);
AccountGrants Find(postgres::Transaction& tx, ids::AccountId account);
// Whether the transaction's caller sees the account, as the policies have it.
bool Sees(postgres::Transaction& tx, ids::AccountId account);

// Whoever opens an account sees it at once, in the same transaction. Call it before the account's
// row is written. Nothing happens where a service opens it.
void LinkCreator(postgres::Transaction& tx, ids::AccountId account);

// Whether the caller sees the account after all: directory is asked, and what it knows is taken into
// the projection. Not inside a transaction.
Result<bool> Confirm(postgres::Database& database, rpc::Peers& peers, const rpc::Call& call,
                     ids::AccountId account);

// After a call of a user has found nothing, before that becomes a 404 (or, of an id in a body, a 400):
// whether it is worth to run it once more, since the caller sees one of the accounts behind the ids
// that the request names after all. Costs directory nothing where no such thing exists.
bool LearnOfMiss(postgres::Database& database, rpc::Peers& peers, const rpc::Call& call,
                 const google::protobuf::Message& request);

}  // namespace continuo::access
