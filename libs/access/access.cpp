#include "libs/access/access.h"

#include <set>

#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/responsibility_link.pb.h"
#include "libs/access/sql.h"
#include "libs/events/consumers.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "libs/rpc/peers.h"

namespace continuo::access {
namespace {

using directory::v1::AccountAccess;
using directory::v1::AccountAccessChanged;
using postgres::Transaction;

constexpr char kGetAccountAccess[] = "continuo.directory.v1.DirectoryService/GetAccountAccess";

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

// The list that the event announces: its own, or directory's as of now, which is as new or newer.
Result<AccountAccess> FetchGrants(rpc::Peers& peers, const rpc::Call& call,
                                  const AccountAccessChanged& data) {
  if (data.fetch()) {
    directory::v1::GetAccountAccessRequest request;
    request.set_account_id(data.id());
    return peers.Ask<AccountAccess>(call, kGetAccountAccess, request);
  }
  AccountAccess access;
  access.set_revision(data.revision());
  for (const auto& given : data.grants()) {
    auto* grant = access.add_grants();
    grant->set_user_id(given.user_id());
    grant->set_valid_from(given.valid_from());
    grant->set_valid_to(given.valid_to());
  }
  return access;
}

events::Outcome OnAccountAccessChanged(Transaction& tx, const events::Event&,
                                       const AccountAccessChanged& data,
                                       const AccountAccess& access) {
  const auto account = ids::AccountId::Parse(data.id());
  if (!account) return account.error();
  const auto grants = ReadGrants(access);
  if (!grants) return grants.error();
  Replace(tx, *account, access.revision(), *grants);
  return events::Done{};
}

}  // namespace

std::span<const postgres::Migration> Migrations() { return sql::migrations(); }
std::span<const postgres::Statement* const> Statements() { return sql::statements(); }

void Subscribe(events::Consumers& consumers, rpc::Peers& peers, const std::string& service) {
  consumers.On<AccountAccessChanged, AccountAccess>(
      [&peers, service](const events::Event& event, const AccountAccessChanged& data) {
        return FetchGrants(peers, events::CallFor(service, event), data);
      },
      OnAccountAccessChanged);
}

size_t ReplaceAll(Transaction& tx, int64_t revision, std::span<const GrantsOfAccount> accounts) {
  std::vector<ids::AccountId> named;
  for (const GrantsOfAccount& each : accounts) named.push_back(each.account);
  std::set<ids::AccountId> behind;
  for (const postgres::Row row : tx.Run(sql::advance_revisions, named, revision)) {
    behind.insert(ids::AccountId(row.Uuid("account_id")));
  }
  if (behind.empty()) return 0;
  tx.Run(sql::clear_grants, std::vector<ids::AccountId>(behind.begin(), behind.end()));
  std::vector<ids::AccountId> of;
  std::vector<ids::UserId> users;
  std::vector<calendar::Date> from;
  std::vector<std::optional<calendar::Date>> to;
  for (const GrantsOfAccount& each : accounts) {
    if (!behind.contains(each.account)) continue;
    for (const Grant& grant : each.grants) {
      of.push_back(each.account);
      users.push_back(grant.user);
      from.push_back(grant.valid_from);
      to.push_back(grant.valid_to);
    }
  }
  if (!of.empty()) tx.Run(sql::insert_grants, of, users, from, to);
  return behind.size();
}

bool Replace(Transaction& tx, ids::AccountId account, int64_t revision,
             std::span<const Grant> grants) {
  const GrantsOfAccount one{account, {grants.begin(), grants.end()}};
  return ReplaceAll(tx, revision, std::span(&one, 1)) == 1;
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
  asking.traceparent = call.traceparent;
  asking.deadline = call.deadline;
  ASSIGN_OR_RETURN(const auto answer,
                   peers.Ask<AccountAccess>(asking, kGetAccountAccess, request));
  ASSIGN_OR_RETURN(const auto grants, ReadGrants(answer));
  RETURN_IF_FAULT(database.Work(asking, [&](Transaction& tx) -> Result<void> {
    if (answer.revision() > 0) Replace(tx, account, answer.revision(), grants);
    return {};
  }));
  return database.Read(call, [&](Transaction& tx) -> Result<bool> { return Sees(tx, account); });
}

}  // namespace continuo::access
