#include "services/directory/app/account_access.h"

#include <set>

#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/responsibility_link.pb.h"
#include "libs/access/access.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "services/directory/app/app.h"
#include "services/directory/domain/link_closure.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using postgres::Transaction;

struct Tree {
  std::vector<domain::AccountNode> nodes;
  std::vector<ids::AccountId> all;
  std::set<ids::AccountId> affected;
};

Tree LoadTree(Transaction& tx, ids::AccountId account) {
  Tree tree;
  for (const postgres::Row row : tx.Run(sql::load_affected_tree, account)) {
    domain::AccountNode node{.id = ids::AccountId(row.Uuid("account_id"))};
    if (const auto parent = row.OptionalUuid("parent_id")) node.parent = ids::AccountId(*parent);
    tree.nodes.push_back(node);
    tree.all.push_back(node.id);
    if (row.Bool("affected")) tree.affected.insert(node.id);
  }
  return tree;
}

std::vector<domain::LinkWindow> LoadLinks(Transaction& tx, const Tree& tree) {
  std::vector<domain::LinkWindow> links;
  for (const postgres::Row row : tx.Run(sql::list_links_of_accounts, tree.all)) {
    links.push_back({ids::AccountId(row.Uuid("account_id")), ids::UserId(row.Uuid("user_id")),
                     row.Date("valid_from"), row.OptionalDate("valid_to")});
  }
  return links;
}

// What was published last.
domain::GrantsByAccount LoadPublished(Transaction& tx, const Tree& tree) {
  const std::vector<ids::AccountId> affected(tree.affected.begin(), tree.affected.end());
  domain::GrantsByAccount published;
  for (const postgres::Row row : tx.Run(sql::list_grants_of_accounts, affected)) {
    published[ids::AccountId(row.Uuid("account_id"))].push_back(
        {ids::UserId(row.Uuid("user_id")), row.Date("valid_from"), row.OptionalDate("valid_to")});
  }
  return published;
}

// Of so many grants an event holds the list itself; a longer one is fetched by the consumers.
constexpr size_t kGrantsInEvent = 100;
// So many accounts go into one statement.
constexpr size_t kAccountsInChunk = 500;

v1::AccountAccessChanged Announcement(const access::GrantsOfAccount& changed, int64_t revision) {
  v1::AccountAccessChanged event;
  event.set_id(changed.account.ToString());
  event.set_revision(revision);
  event.set_fetch(changed.grants.size() > kGrantsInEvent);
  if (event.fetch()) return event;
  for (const access::Grant& grant : changed.grants) {
    auto* published = event.add_grants();
    published->set_user_id(grant.user.ToString());
    published->set_valid_from(grant.valid_from.ToString());
    if (grant.valid_to) published->set_valid_to(grant.valid_to->ToString());
  }
  return event;
}

void Publish(Transaction& tx, int64_t revision, std::span<const access::GrantsOfAccount> changed) {
  access::ReplaceAll(tx, revision, changed);
  std::vector<v1::AccountAccessChanged> announced;
  std::vector<events::NewEvent> facts;
  announced.reserve(changed.size());
  for (const access::GrantsOfAccount& each : changed) {
    announced.push_back(Announcement(each, revision));
    facts.push_back({&announced.back(),
                     {.key = announced.back().id(), .source_version = revision}});
  }
  events::AppendAll(tx, facts);
}

}  // namespace

void RecomputeAccess(Transaction& tx, ids::AccountId account) {
  tx.Run(sql::lock_closure);
  const Tree tree = LoadTree(tx, account);
  const auto closed = domain::CloseLinks(tree.nodes, LoadLinks(tx, tree));
  auto published = LoadPublished(tx, tree);
  std::vector<access::GrantsOfAccount> changed;
  for (const ids::AccountId affected : tree.affected) {
    const std::vector<domain::Grant>& grants = closed.at(affected);
    if (grants == published[affected]) continue;
    changed.push_back({.account = affected});
    for (const domain::Grant& grant : grants) {
      changed.back().grants.push_back({grant.user, grant.valid_from, grant.valid_to});
    }
  }
  if (changed.empty()) return;
  const int64_t revision = tx.Run(sql::advance_closure).front().Int("revision");
  const std::span<const access::GrantsOfAccount> all(changed);
  for (size_t done = 0; done < all.size(); done += kAccountsInChunk) {
    Publish(tx, revision, all.subspan(done, std::min(kAccountsInChunk, all.size() - done)));
  }
}

namespace {

// A link that is made and not closed over the tree yet: whoever asks must not be told "no" meanwhile.
void CloseAwaitedLinks(Transaction& tx, ids::AccountId account, ids::UserId user) {
  const auto today = tx.Today(calendar::Zone::Utc());
  const auto published = access::Find(tx, account);
  const bool sees = std::any_of(
      published.grants.begin(), published.grants.end(), [&](const access::Grant& grant) {
        return grant.user == user && grant.valid_from <= today &&
               (!grant.valid_to || today < *grant.valid_to);
      });
  if (sees) return;
  const postgres::Rows links = tx.Run(sql::list_links_above, account, user);
  const bool linked = !links.empty() && links.front().Bool("valid");  // valid ones come first
  if (linked) RecomputeAccess(tx, account);
}

}  // namespace

Result<v1::AccountAccess> GetAccountAccess(const App& app, const rpc::Call& call,
                                           const v1::GetAccountAccessRequest& request) {
  ASSIGN_OR_RETURN(const auto account, ids::AccountId::Parse(request.account_id()));
  ids::UserId user;
  if (!request.user_id().empty()) {
    ASSIGN_OR_RETURN(user, ids::UserId::Parse(request.user_id()));
  }
  return app.database.Work(call, [&](Transaction& tx) -> Result<v1::AccountAccess> {
    if (!user.IsNil()) CloseAwaitedLinks(tx, account, user);
    const access::AccountGrants found = access::Find(tx, account);
    const calendar::Date today = tx.Today(calendar::Zone::Utc());
    v1::AccountAccess answer;
    answer.set_revision(found.revision);
    for (const access::Grant& grant : found.grants) {
      auto* given = answer.add_grants();
      given->set_user_id(grant.user.ToString());
      given->set_valid_from(grant.valid_from.ToString());
      if (grant.valid_to) given->set_valid_to(grant.valid_to->ToString());
      const bool valid =
          grant.valid_from <= today && (!grant.valid_to || today < *grant.valid_to);
      if (valid && grant.user == user) answer.set_sees(true);
    }
    return answer;
  });
}

}  // namespace continuo::directory::app
