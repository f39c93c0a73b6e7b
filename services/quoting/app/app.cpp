#include "services/quoting/app/app.h"

#include "libs/access/access.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

std::optional<ids::Uuid> UuidOf(const std::string& id) {
  const std::string_view prefix = std::string_view(id).substr(0, id.find('_'));
  const Result<ids::Uuid> uuid = ids::ParseTypeId(prefix, id);
  if (!uuid) return std::nullopt;
  return *uuid;
}

}  // namespace

rpc::Call AsQuoting(const rpc::Call& call) {
  rpc::Call asking = rpc::Call::AsService("quoting", call.request_id);
  asking.causation = call.causation;
  asking.traceparent = call.traceparent;
  asking.deadline = call.deadline;
  return asking;
}

bool SeesAfterAll(const App& app, const rpc::Call& call, const std::string& id) {
  if (call.principal.sees_all) return false;
  const std::optional<ids::Uuid> uuid = UuidOf(id);
  if (!uuid) return false;
  const Result<ids::AccountId> account =
      app.database.Work(AsQuoting(call), [&](postgres::Transaction& tx) -> Result<ids::AccountId> {
        const postgres::Rows found = tx.Run(sql::find_account, *uuid);
        if (found.empty()) return NotFound("resource", id);
        return ids::AccountId(found.front().Uuid("account_id"));
      });
  if (!account) return false;
  return access::Confirm(app.database, app.peers, call, *account).value_or(false);
}

}  // namespace continuo::quoting::app
