#include "services/directory/consumers/consumers.h"

#include "continuo/crm/v1/events.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "libs/events/consumers.h"
#include "libs/json/read.h"
#include "libs/postgres/transaction.h"
#include "services/directory/app/account_access.h"
#include "services/directory/app/audit.h"
#include "services/directory/app/responsibility_links.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::consumers {
namespace {

using events::Done;
using events::Event;
using events::Outcome;
using postgres::Transaction;

// An account of the tree, as of this version.
template <class Account>
void KeepNode(Transaction& tx, const Account& data) {
  tx.Run(sql::upsert_account_node, postgres::IdOrNull("acc", data.id()),
         postgres::IdOrNull("acc", data.parent_id()), data.revision());
}

Outcome Recompute(Transaction& tx, const std::string& account_id) {
  const auto account = ids::AccountId::Parse(account_id);
  if (!account) return account.error();
  app::RecomputeAccess(tx, *account);
  return Done{};
}

Outcome OnAccountCreated(Transaction& tx, const Event& event, const crm::v1::AccountCreated& data) {
  KeepNode(tx, data);
  if (!data.created_by().empty()) {
    app::LinkCreatorOfAccount(tx, data.id(), data.created_by(), event.event_id);
  }
  return Recompute(tx, data.id());
}

Outcome OnAccountUpdated(Transaction& tx, const Event&, const crm::v1::AccountUpdated& data) {
  KeepNode(tx, data);
  return Recompute(tx, data.id());
}

Outcome OnLinkCreated(Transaction& tx, const Event&, const v1::ResponsibilityLinkCreated& data) {
  return Recompute(tx, data.account_id());
}

Outcome OnLinkEnded(Transaction& tx, const Event&, const v1::ResponsibilityLinkEnded& data) {
  return Recompute(tx, data.account_id());
}

Outcome OnAudit(Transaction& tx, const Event& event) {
  v1::AuditEntryRecorded entry;
  const auto read = json::ReadMessage(event.data, &entry, json::Direction::kResponse);
  if (!read) return read.error();
  app::AppendAuditEntry(tx, event, entry);
  return Done{};
}

}  // namespace

void Subscribe(events::Consumers& consumers, std::span<const std::string_view> audited) {
  consumers.On<crm::v1::AccountCreated>(OnAccountCreated);
  consumers.On<crm::v1::AccountUpdated>(OnAccountUpdated);
  consumers.On<v1::ResponsibilityLinkCreated>(OnLinkCreated);
  consumers.On<v1::ResponsibilityLinkEnded>(OnLinkEnded);
  for (const std::string_view service : audited) {
    consumers.OnTopic(std::string(service) + ".audit", OnAudit);
  }
}

}  // namespace continuo::directory::consumers
