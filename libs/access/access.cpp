#include "libs/access/access.h"

#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/responsibility_link.pb.h"
#include "libs/events/consumers.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "libs/rpc/peers.h"
#include "libs/access/sql.h"

namespace continuo::access {
namespace {

using postgres::Transaction;

// From the shape that events and answers share.
template <class Source>
Result<std::vector<Grant>> ReadGrants(const Source& source) {
  std::vector<Grant> grants;
  grants.reserve(source.grants_size());
  for (const auto& given : source.grants()) {
    Grant grant;
    ASSIGN_OR_RETURN(grant.user, ids::UserId::Parse(given.user_id()));
    ASSIGN_OR_RETURN(grant.valid_from, calendar::Date::Parse(given.valid_from()));
    if (!given.valid_to().empty()) {
      ASSIGN_OR_RETURN(grant.valid_to, calendar::Date::Parse(given.valid_to()));
    }
    grants.push_back(grant);
  }
  return grants;
}

events::Outcome OnAccountAccessChanged(Transaction& tx, const events::Event&,
                                       const directory::v1::AccountAccessChanged& data) {
  const auto account = ids::AccountId::Parse(data.id());
  if (!account) return account.error();
  const auto grants = ReadGrants(data);
  if (!grants) return grants.error();
  Replace(tx, *account, data.revision(), *grants);
  return events::Done{};
}

}  // namespace

std::span<const postgres::Migration> Migrations() { return sql::migrations(); }
std::span<const postgres::Statement* const> Statements() { return sql::statements(); }

void Subscribe(events::Consumers& consumers) {
  consumers.On<directory::v1::AccountAccessChanged>(OnAccountAccessChanged);
}

bool Replace(Transaction& tx, ids::AccountId account, int64_t revision,
             std::span<const Grant> grants) {
  if (tx.Run(sql::advance_revision, account, revision).empty()) return false;
  tx.Run(sql::clear_grants, account);
  if (grants.empty()) return true;
  std::vector<ids::UserId> users;
  std::vector<calendar::Date> from;
  std::vector<std::optional<calendar::Date>> to;
  for (const Grant& grant : grants) {
    users.push_back(grant.user);
    from.push_back(grant.valid_from);
    to.push_back(grant.valid_to);
  }
  tx.Run(sql::insert_grants, account, users, from, to);
  return true;
}

AccountGrants Find(Transaction& tx, ids::AccountId account) {
  AccountGrants found;
  for (const postgres::Row row : tx.Run(sql::find_account_access, account)) {
    found.revision = row.Int("revision");
    if (row.IsNull("user_id")) continue;
    found.grants.push_back({ids::UserId(row.Uuid("user_id")), row.Date("valid_from"),
                            row.OptionalDate("valid_to")});
  }
  return found;
}

bool Sees(Transaction& tx, ids::AccountId account) {
  return tx.Run(sql::sees_account, account).front().Bool("sees");
}

void LinkCreator(Transaction& tx, ids::AccountId account) {
  const std::string& user = tx.call().principal.user_id;
  if (user.empty()) return;
  tx.Run(sql::link_creator, account, postgres::IdOrNull("usr", user));
}

Result<bool> Confirm(postgres::Database& database, rpc::Peers& peers, const rpc::Call& call,
                     ids::AccountId account) {
  if (call.principal.sees_all) return true;
  if (call.principal.user_id.empty()) return false;
  directory::v1::GetAccountAccessRequest request;
  request.set_user_id(call.principal.user_id);
  request.set_account_id(account.ToString());
  // As a service: the caller need not be allowed to ask who else sees the account.
  rpc::Call asking = rpc::Call::AsService(database.service(), call.request_id);
  asking.deadline = call.deadline;
  ASSIGN_OR_RETURN(const auto answer,
                   peers.Ask<directory::v1::AccountAccess>(
                       asking, "continuo.directory.v1.DirectoryService/GetAccountAccess", request));
  ASSIGN_OR_RETURN(const auto grants, ReadGrants(answer));
  RETURN_IF_FAULT(database.Work(asking, [&](Transaction& tx) -> Result<void> {
    if (answer.revision() > 0) Replace(tx, account, answer.revision(), grants);
    return {};
  }));
  return database.Read(call, [&](Transaction& tx) -> Result<bool> { return Sees(tx, account); });
}

}  // namespace continuo::access
