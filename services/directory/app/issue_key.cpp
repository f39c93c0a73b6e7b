#include "services/directory/app/issue_key.h"

#include "continuo/directory/v1/api_key.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "services/directory/app/resource.h"
#include "services/directory/app/secret_hash.h"
#include "services/directory/domain/api_key_secret.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {

Result<v1::ApiKey> IssueKey(postgres::Transaction& tx, const v1::ApiKey& wanted, bool sandbox) {
  const auto mode = sandbox ? domain::KeyMode::kTest : domain::KeyMode::kLive;
  const std::string secret = domain::MakeSecret(mode, RandomByte);
  const auto id = ids::ApiKeyId::New();
  const std::vector<std::string> scopes(wanted.scopes().begin(), wanted.scopes().end());
  std::optional<calendar::Instant> expires_at;
  if (wanted.has_expires_at()) expires_at = ToInstant(wanted.expires_at());
  const std::string hash = Sha256(secret);
  tx.Run(sql::insert_api_key, id, postgres::IdOrNull("usr", wanted.user_id()),
         postgres::NullIfEmpty(wanted.name()), scopes, domain::ShownPrefix(secret),
         postgres::Bytes{hash}, expires_at, tx.now());
  ASSIGN_OR_RETURN(auto key,
                   Load<v1::ApiKey>(tx, sql::select_api_key, {"API key", "key"}, id.ToString()));
  key.set_secret(secret);
  v1::ApiKeyCreated event;
  event.set_id(key.id());
  event.set_user_id(key.user_id());
  events::Append(tx, event, {.source_version = 1});
  return key;
}

}  // namespace continuo::directory::app
