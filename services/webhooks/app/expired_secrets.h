// Secrets that have signed nothing for a day are forgotten: what is not there cannot be read.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::rpc {
struct Call;
}

namespace continuo::webhooks::app {

// One slice. True: there may be more.
Result<bool> ForgetExpiredSecrets(postgres::Database& database, const rpc::Call& call);
bool HasExpiredSecrets(postgres::Transaction& tx);

}  // namespace continuo::webhooks::app
