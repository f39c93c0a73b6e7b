#include "services/directory/bootstrap.h"

#include "continuo/directory/v1/api_key.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/resource.h"
#include "services/directory/app/issue_key.h"
#include "services/directory/store/sql.h"

namespace continuo::directory {
namespace {

using postgres::Transaction;

constexpr std::string_view kProfileName = "administrator";

ids::UserId EnsureUser(Transaction& tx, const AdministratorWanted& wanted) {
  const postgres::Rows profile =
      tx.Run(sql::ensure_administrator_profile, ids::SecurityProfileId::New(), kProfileName,
             tx.now());
  const auto id = ids::UserId::New();
  const postgres::Rows user = tx.Run(sql::ensure_administrator, id, wanted.email, wanted.name,
                                     profile.front().Uuid("id"), tx.now());
  const ids::UserId stored(user.front().Uuid("id"));
  if (stored != id) return stored;
  v1::UserCreated event;
  event.set_id(id.ToString());
  event.set_revision(1);
  event.set_security_profile_id(profile.front().Id("prof", "id"));
  events::Append(tx, event, {.source_version = 1});
  return id;
}

// No RPC made it, so no hook tells of it; whoever looks for how access began must find this.
void RecordForAudit(Transaction& tx, v1::ApiKey key) {
  key.clear_secret();
  v1::AuditEntryRecorded entry;
  entry.set_id(ids::AuditEntryId::New().ToString());
  entry.set_principal("directory");
  entry.set_action("directory.CreateAdministrator");
  entry.set_subject_id(key.user_id());
  entry.set_request_id(tx.call().request_id);
  entry.set_after(postgres::Document(key));
  events::Append(tx, entry, {.key = entry.subject_id(), .topic = "directory.audit"});
}

}  // namespace

Result<AdministratorMade> CreateAdministrator(postgres::Database& database, const rpc::Call& call,
                                              const AdministratorWanted& wanted) {
  return database.Work(call, [&](Transaction& tx) -> Result<AdministratorMade> {
    const ids::UserId user = EnsureUser(tx, wanted);
    v1::ApiKey key;
    key.set_user_id(user.ToString());
    key.set_name(wanted.key_name);
    ASSIGN_OR_RETURN(const auto made, app::IssueKey(tx, key, wanted.sandbox));
    RecordForAudit(tx, made);
    return AdministratorMade{made.user_id(), made.id(), made.secret()};
  });
}

}  // namespace continuo::directory
