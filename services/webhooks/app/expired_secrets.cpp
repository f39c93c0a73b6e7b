#include "services/webhooks/app/expired_secrets.h"

#include "libs/postgres/database.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {
namespace {

constexpr int kSecretsMax = 1'000;

}  // namespace

Result<bool> ForgetExpiredSecrets(postgres::Database& database, const rpc::Call& call) {
  return database.Work(call, [](postgres::Transaction& tx) -> Result<bool> {
    return tx.Run(sql::delete_expired_secrets, kSecretsMax).affected() == kSecretsMax;
  });
}

bool HasExpiredSecrets(postgres::Transaction& tx) {
  return tx.Run(sql::has_expired_secrets).front().Bool("expired");
}

}  // namespace continuo::webhooks::app
