// Making one API key within a transaction: for the API, for rotation and for the first administrator.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::directory::v1 {
class ApiKey;
}

namespace continuo::directory::app {

// `wanted` has user_id, name, scopes and expires_at. The answer holds the secret.
Result<v1::ApiKey> IssueKey(postgres::Transaction& tx, const v1::ApiKey& wanted, bool sandbox);

}  // namespace continuo::directory::app
