#include "services/directory/app/users.h"

#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/user.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/json/patch.h"
#include "libs/postgres/revision.h"
#include "services/directory/app/app.h"
#include "services/directory/app/changes.h"
#include "services/directory/app/grants.h"
#include "services/directory/app/resource.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Transaction;

constexpr Kind kUser{"user", "usr"};

Result<void> RequireDivisions(Transaction& tx, const v1::User& user) {
  const postgres::Rows missing =
      tx.Run(sql::list_missing_divisions, postgres::IdArray("div", user.division_ids()));
  if (missing.empty()) return {};
  const std::string id = missing.front().Id("div", "id");
  return Invalid("/division_ids", "REFERENCE_NOT_FOUND",
                 "There is no division " + id + ". Check the id.");
}

// What the database alone can know: addresses and identities are unique.
template <class Write>
Result<void> WriteUnique(Write write) {
  try {
    write();
    return {};
  } catch (const postgres::UniqueViolation& violation) {
    if (violation.constraint() == "member_email") {
      return FailedPrecondition("EMAIL_TAKEN",
                                "Another user has this e-mail address. Change that user, or use "
                                "another address.");
    }
    if (violation.constraint() == "member_external_identity") {
      return FailedPrecondition("EXTERNAL_IDENTITY_TAKEN",
                                "Another user has this external identity. Remove it there first.");
    }
    throw;
  }
}

Result<void> Insert(Transaction& tx, ids::UserId id, const v1::User& user) {
  return WriteUnique([&] {
    const std::string metadata = json::FieldText(user, "metadata");
    tx.Run(sql::insert_user, id, user.email(), user.name(), IdOrNull("prof", user.profile_id()),
           postgres::IdArray("div", user.division_ids()),
           NullIfEmpty(user.external_identity().iss()), NullIfEmpty(user.external_identity().sub()),
           postgres::Json{metadata}, tx.now());
  });
}

Result<void> Update(Transaction& tx, const v1::User& user) {
  return WriteUnique([&] {
    const std::string metadata = json::FieldText(user, "metadata");
    tx.Run(sql::update_user, IdOrNull("usr", user.id()), user.email(), user.name(),
           IdOrNull("prof", user.profile_id()), postgres::IdArray("div", user.division_ids()),
           NullIfEmpty(user.external_identity().iss()), NullIfEmpty(user.external_identity().sub()),
           postgres::Json{metadata});
  });
}

// Who changes a user must hold what the user has, and what the user gets: else a colleague with
// more rights could be taken over.
Result<void> RequireMayChange(Transaction& tx, const v1::User& before, const v1::User& changed) {
  RETURN_IF_FAULT(RequireProfileHeld(tx, before.profile_id(), "/profile_id"));
  if (changed.profile_id() == before.profile_id()) return {};
  return RequireProfileHeld(tx, changed.profile_id(), "/profile_id");
}

void AppendUpdated(Transaction& tx, const v1::User& before, const v1::User& after) {
  v1::UserUpdated event;
  event.set_id(after.id());
  event.set_revision(after.revision());
  AddChanges(before, after, event.mutable_changes());
  // The issuer may travel, the subject is a person's.
  event.mutable_changes()->erase("external_identity");
  events::Append(tx, event, {.source_version = after.revision()});
}

}  // namespace

Result<v1::User> CreateUser(const App& app, const rpc::Call& call,
                            const v1::CreateUserRequest& request) {
  return app.database.Command<v1::User>(call, [&](Transaction& tx) -> Result<v1::User> {
    RETURN_IF_FAULT(RequireProfileHeld(tx, request.user().profile_id(), "/profile_id"));
    RETURN_IF_FAULT(RequireDivisions(tx, request.user()));
    const auto id = ids::UserId::New();
    RETURN_IF_FAULT(Insert(tx, id, request.user()));
    ASSIGN_OR_RETURN(auto created, Load<v1::User>(tx, sql::select_user, kUser, id.ToString()));
    v1::UserCreated event;
    event.set_id(created.id());
    event.set_revision(created.revision());
    event.set_security_profile_id(created.profile_id());
    events::Append(tx, event, {.source_version = created.revision()});
    return created;
  });
}

Result<v1::User> GetUser(const App& app, const rpc::Call& call, const v1::GetUserRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return Load<v1::User>(tx, sql::select_user, kUser, request.id());
  });
}

Result<v1::ListUsersResponse> ListUsers(const App& app, const rpc::Call& call,
                                        const v1::ListUsersRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListUsersResponse> {
    v1::ListUsersResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_user}, request, &response));
    return response;
  });
}

Result<v1::User> UpdateUser(const App& app, const rpc::Call& call,
                            const v1::UpdateUserRequest& request) {
  return app.database.Command<v1::User>(call, [&](Transaction& tx) -> Result<v1::User> {
    tx.Run(sql::lock_user, IdOrNull("usr", request.id()));
    ASSIGN_OR_RETURN(const auto before,
                     Load<v1::User>(tx, sql::select_user, kUser, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, before.revision()));
    tx.AuditBefore(before);
    v1::User changed = before;
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.user(), &changed));
    RETURN_IF_FAULT(RequireMayChange(tx, before, changed));
    RETURN_IF_FAULT(RequireDivisions(tx, changed));
    RETURN_IF_FAULT(Update(tx, changed));
    if (changed.profile_id() != before.profile_id()) RETURN_IF_FAULT(RequireAdministrator(tx));
    ASSIGN_OR_RETURN(auto after, Load<v1::User>(tx, sql::select_user, kUser, request.id()));
    AppendUpdated(tx, before, after);
    return after;
  });
}

Result<v1::User> DeactivateUser(const App& app, const rpc::Call& call,
                                const v1::DeactivateUserRequest& request) {
  return app.database.Command<v1::User>(call, [&](Transaction& tx) -> Result<v1::User> {
    tx.Run(sql::lock_user, IdOrNull("usr", request.id()));
    ASSIGN_OR_RETURN(const auto before,
                     Load<v1::User>(tx, sql::select_user, kUser, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, before.revision()));
    tx.AuditBefore(before);
    if (before.status() == v1::USER_STATUS_DEACTIVATED) return before;
    tx.Run(sql::deactivate_user, IdOrNull("usr", request.id()), tx.now());
    RETURN_IF_FAULT(RequireAdministrator(tx));
    ASSIGN_OR_RETURN(auto after, Load<v1::User>(tx, sql::select_user, kUser, request.id()));
    v1::UserDeactivated event;
    event.set_id(after.id());
    event.set_revision(after.revision());
    events::Append(tx, event, {.source_version = after.revision()});
    return after;
  });
}

}  // namespace continuo::directory::app
