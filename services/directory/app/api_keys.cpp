#include "services/directory/app/api_keys.h"

#include "continuo/directory/v1/api_key.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/user.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "services/directory/app/app.h"
#include "services/directory/app/grants.h"
#include "services/directory/app/issue_key.h"
#include "services/directory/app/resource.h"
#include "services/directory/app/secret_hash.h"
#include "services/directory/domain/api_key_secret.h"
#include "services/directory/domain/permissions.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

constexpr Kind kKey{"API key", "key"};
constexpr int kGraceHours = 24;

// The key's user exists and is active, and the key may do nothing that the caller may not.
Result<void> RequireMayIssue(Transaction& tx, const v1::ApiKey& key) {
  const std::string& user_id = key.user_id();
  const auto user = Load<v1::User>(tx, sql::select_user, {"user", "usr"}, user_id);
  if (!user) {
    return Invalid("/user_id", "REFERENCE_NOT_FOUND",
                   "There is no user " + user_id + ". Check the id.");
  }
  if (user->status() != v1::USER_STATUS_ACTIVE) {
    return FailedPrecondition("USER_DEACTIVATED",
                              "User " + user_id + " is deactivated. Name an active user.",
                              {{"user_id", user_id}});
  }
  return RequireProfileHeld(tx, user->profile_id(), "/user_id",
                            {key.scopes().begin(), key.scopes().end()});
}

struct LockedKey {
  bool ended = false;
  std::string replaced_by_id;
};

Result<LockedKey> LockKey(Transaction& tx, const std::string& id) {
  const postgres::Rows rows = tx.Run(sql::lock_api_key, IdOrNull("key", id));
  if (rows.empty()) return NotFound(kKey.noun, id);
  const postgres::Row row = rows.front();
  return LockedKey{row.Bool("revoked") || row.Bool("expired"),
                   row.OptionalId("key", "replaced_by_id")};
}

Failure NotAuthenticated() {
  return Failure(Fault{.code = Code::kUnauthenticated,
                       .reason = "UNAUTHENTICATED",
                       .message = "The credentials are not valid, have expired or were revoked. "
                                  "Send Authorization: Bearer with a current API key."});
}

Result<v1::AuthenticatedPrincipal> PrincipalOf(const postgres::Rows& rows) {
  if (rows.empty()) return NotAuthenticated();
  v1::AuthenticatedPrincipal principal;
  const postgres::Row row = rows.front();
  postgres::Fill(row, &principal);
  principal.clear_permissions();
  for (const auto& permission :
       domain::Narrow(row.TextArray("permissions"), row.TextArray("scopes"))) {
    principal.add_permissions(permission);
  }
  return principal;
}

}  // namespace

Result<v1::ApiKey> CreateApiKey(const App& app, const rpc::Call& call,
                                const v1::CreateApiKeyRequest& request) {
  return app.database.Command<v1::ApiKey>(call, [&](Transaction& tx) -> Result<v1::ApiKey> {
    RETURN_IF_FAULT(RequireMayIssue(tx, request.api_key()));
    return IssueKey(tx, request.api_key(), app.sandbox);
  });
}

Result<v1::ApiKey> GetApiKey(const App& app, const rpc::Call& call,
                             const v1::GetApiKeyRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return Load<v1::ApiKey>(tx, sql::select_api_key, kKey, request.id());
  });
}

Result<v1::ListApiKeysResponse> ListApiKeys(const App& app, const rpc::Call& call,
                                            const v1::ListApiKeysRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListApiKeysResponse> {
    v1::ListApiKeysResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_api_key}, request, &response));
    return response;
  });
}

Result<v1::ApiKey> RotateApiKey(const App& app, const rpc::Call& call,
                                const v1::RotateApiKeyRequest& request) {
  return app.database.Command<v1::ApiKey>(call, [&](Transaction& tx) -> Result<v1::ApiKey> {
    ASSIGN_OR_RETURN(const LockedKey locked, LockKey(tx, request.id()));
    if (!locked.replaced_by_id.empty()) {
      return FailedPrecondition("API_KEY_ROTATED",
                                "The key has been replaced by " + locked.replaced_by_id +
                                    " already. Rotate that one.",
                                {{"replaced_by_id", locked.replaced_by_id}});
    }
    if (locked.ended) {
      return FailedPrecondition("API_KEY_REVOKED",
                                "Key " + request.id() + " no longer works. Create a new key.",
                                {{"id", request.id()}});
    }
    ASSIGN_OR_RETURN(const auto old, Load<v1::ApiKey>(tx, sql::select_api_key, kKey, request.id()));
    RETURN_IF_FAULT(RequireMayIssue(tx, old));
    tx.AuditBefore(old);
    ASSIGN_OR_RETURN(auto made, IssueKey(tx, old, app.sandbox));
    tx.Run(sql::replace_api_key, IdOrNull("key", old.id()), IdOrNull("key", made.id()),
           request.grace_hours() == 0 ? kGraceHours : request.grace_hours());
    return made;
  });
}

Result<v1::ApiKey> RevokeApiKey(const App& app, const rpc::Call& call,
                                const v1::RevokeApiKeyRequest& request) {
  return app.database.Command<v1::ApiKey>(call, [&](Transaction& tx) -> Result<v1::ApiKey> {
    RETURN_IF_FAULT(LockKey(tx, request.id()));
    ASSIGN_OR_RETURN(const auto before,
                     Load<v1::ApiKey>(tx, sql::select_api_key, kKey, request.id()));
    tx.AuditBefore(before);
    if (before.has_revoked_at()) return before;
    tx.Run(sql::revoke_api_key, IdOrNull("key", request.id()));
    v1::ApiKeyRevoked event;
    event.set_id(before.id());
    event.set_user_id(before.user_id());
    events::Append(tx, event, {.source_version = 2});
    return Load<v1::ApiKey>(tx, sql::select_api_key, kKey, request.id());
  });
}

Result<v1::AuthenticatedPrincipal> AuthenticateKey(const App& app, const rpc::Call& call,
                                                   const v1::AuthenticateKeyRequest& request) {
  const auto mode = app.sandbox ? domain::KeyMode::kTest : domain::KeyMode::kLive;
  if (!domain::HasSecretForm(request.secret(), mode)) return NotAuthenticated();
  return app.database.Read(call, [&](Transaction& tx) {
    const std::string hash = Sha256(request.secret());
    return PrincipalOf(tx.Run(sql::authenticate_key, postgres::Bytes{hash}));
  });
}

Result<v1::AuthenticatedPrincipal> AuthenticateIdentity(
    const App& app, const rpc::Call& call, const v1::AuthenticateIdentityRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return PrincipalOf(tx.Run(sql::authenticate_identity, request.iss(), request.sub()));
  });
}

Result<v1::CredentialRevision> GetCredentialRevision(const App& app, const rpc::Call& call,
                                                     const v1::GetCredentialRevisionRequest&) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::CredentialRevision> {
    v1::CredentialRevision answer;
    postgres::Fill(tx.Run(sql::find_credential_revision).front(), &answer);
    return answer;
  });
}

}  // namespace continuo::directory::app
