#include "services/crm/app/account_rows.h"

#include <set>

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/events.pb.h"
#include "libs/access/access.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {

using postgres::Document;
using postgres::IdArray;
using postgres::IdOrNull;

const postgres::Resource kAccount{sql::select_account, sql::lock_account};

namespace {

constexpr int kPaymentDays = 30;

Result<void> CheckExternalIds(const v1::Account& account) {
  std::set<std::pair<std::string, std::string>> seen;
  for (int i = 0; i < account.external_ids_size(); ++i) {
    const v1::ExternalId& id = account.external_ids(i);
    if (seen.insert({id.system(), id.id()}).second) continue;
    return Invalid("/external_ids/" + std::to_string(i), "DUPLICATE",
                   "The external id is there twice. Leave one out.");
  }
  return {};
}

Result<void> SaveExternalIds(postgres::Transaction& tx, const v1::Account& account) {
  std::vector<std::string> systems;
  std::vector<std::string> external_ids;
  for (const v1::ExternalId& id : account.external_ids()) {
    systems.push_back(id.system());
    external_ids.push_back(id.id());
  }
  const postgres::Parameter id = IdOrNull("acc", account.id());
  tx.Run(sql::delete_account_external_ids, id);
  try {
    tx.Run(sql::insert_account_external_ids, id, systems, external_ids);
  } catch (const postgres::UniqueViolation&) {
    return FailedPrecondition("EXTERNAL_ID_TAKEN",
                              "Another account has one of these external ids. Use that account, or "
                              "take the id off it first.");
  }
  return {};
}

// The tree stays a tree. The new parent is known to be seen by the caller.
Result<void> CheckNoCycle(postgres::Transaction& tx, const v1::Account& account) {
  if (account.parent_id().empty()) return {};
  tx.Run(sql::lock_account_tree);
  const postgres::Rows rows =
      tx.Run(sql::select_account_within, IdOrNull("acc", account.parent_id()),
             IdOrNull("acc", account.id()));
  if (!rows.front().Bool("within")) return {};
  return FailedPrecondition("ACCOUNT_TREE_CYCLE",
                            "Account " + account.parent_id() + " is account " + account.id() +
                                " or stands below it. Name another parent.",
                            {{"account_id", account.id()}, {"parent_id", account.parent_id()}});
}

void PublishUpdated(postgres::Transaction& tx, const v1::Account& stored,
                    const std::vector<json::ChangedField>& changes) {
  v1::AccountUpdated updated;
  updated.set_id(stored.id());
  updated.set_revision(stored.revision());
  updated.set_parent_id(stored.parent_id());
  for (const json::ChangedField& field : changes) {
    type::v1::Change& change = (*updated.mutable_changes())[field.name];
    change.set_from(field.from);
    change.set_to(field.to);
  }
  events::Append(tx, updated, {.account_id = stored.id(), .source_version = stored.revision()});
}

}  // namespace

Result<void> CheckAccountExists(postgres::Transaction& tx, const std::string& id,
                                const std::string& pointer) {
  if (!tx.Run(sql::select_account, IdOrNull("acc", id)).empty()) return {};
  return Invalid(pointer, "REFERENCE_NOT_FOUND",
                 "There is no such account that you may see. Check the id.");
}

Result<v1::Account> InsertAccount(postgres::Transaction& tx, v1::Account account) {
  if (!account.parent_id().empty()) {
    RETURN_IF_FAULT(CheckAccountExists(tx, account.parent_id(), "/parent_id"));
  }
  RETURN_IF_FAULT(CheckExternalIds(account));
  if (!account.has_payment_days()) account.set_payment_days(kPaymentDays);
  const ids::AccountId id = ids::AccountId::New();
  account.set_id(id.ToString());
  access::LinkCreator(tx, id);
  tx.Run(sql::insert_account, id, postgres::Json{Document(account)},
         IdOrNull("acc", account.parent_id()), IdArray("div", account.division_ids()), tx.now());
  RETURN_IF_FAULT(SaveExternalIds(tx, account));
  ASSIGN_OR_RETURN(v1::Account stored, Load<v1::Account>(tx, kAccount, account.id()));
  v1::AccountCreated created;
  created.set_id(stored.id());
  created.set_revision(stored.revision());
  created.set_parent_id(stored.parent_id());
  created.set_currency(stored.currency());
  created.set_country(stored.country());
  created.set_created_by(tx.call().principal.user_id);
  events::Append(tx, created, {.account_id = stored.id(), .source_version = stored.revision()});
  return stored;
}

Result<v1::Account> SaveAccount(postgres::Transaction& tx, const v1::Account& before,
                                v1::Account account) {
  if (!account.has_payment_days()) account.set_payment_days(kPaymentDays);
  const std::vector<json::ChangedField> changes = json::ChangedFields(before, account);
  if (changes.empty()) return before;
  RETURN_IF_FAULT(CheckExternalIds(account));
  if (account.parent_id() != before.parent_id() && !account.parent_id().empty()) {
    RETURN_IF_FAULT(CheckAccountExists(tx, account.parent_id(), "/parent_id"));
    RETURN_IF_FAULT(CheckNoCycle(tx, account));
  }
  tx.Run(sql::update_account, IdOrNull("acc", account.id()), postgres::Json{Document(account)},
         IdOrNull("acc", account.parent_id()), IdArray("div", account.division_ids()));
  RETURN_IF_FAULT(SaveExternalIds(tx, account));
  ASSIGN_OR_RETURN(v1::Account stored, Load<v1::Account>(tx, kAccount, account.id()));
  PublishUpdated(tx, stored, changes);
  return stored;
}

}  // namespace continuo::crm::app
