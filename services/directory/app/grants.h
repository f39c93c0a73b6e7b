// The rule that nobody gives to others what they do not have.
#pragma once

#include <string>
#include <vector>

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::rpc {
struct Call;
}

namespace continuo::directory::app {

// PERMISSION_NOT_HELD unless the caller holds all of `wanted` and, where `sees_all`, sees all.
Result<void> RequireHeld(const rpc::Call& call, const std::vector<std::string>& wanted,
                         bool sees_all);
// The same for what this profile gives, narrowed to `scopes` where there are any.
// REFERENCE_NOT_FOUND at `pointer` when there is no such profile.
Result<void> RequireProfileHeld(postgres::Transaction& tx, const std::string& profile_id,
                                const std::string& pointer,
                                const std::vector<std::string>& scopes = {});
// LAST_ADMINISTRATOR unless an active user is left who may do and see everything. Call it after
// the change; locks those users.
Result<void> RequireAdministrator(postgres::Transaction& tx);

}  // namespace continuo::directory::app
