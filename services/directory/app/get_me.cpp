#include "continuo/directory/v1/operations.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "services/directory/app/app.h"
#include "services/directory/app/operations.h"
#include "services/directory/app/resource.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {

// What the call may do comes from its token, not from the tables: it is what the call is judged by.
Result<v1::Me> GetMe(const App& app, const rpc::Call& call, const v1::GetMeRequest&) {
  const rpc::Principal& principal = call.principal;
  v1::Me me;
  me.set_user_id(principal.user_id);
  me.set_api_key_id(principal.key_id);
  me.set_sees(principal.sees_all ? v1::SEES_ALL : v1::SEES_LINKED);
  for (const auto& permission : principal.permissions) me.add_permissions(permission);
  for (const auto& division : principal.division_ids) me.add_division_ids(division);
  if (principal.user_id.empty()) return me;
  ASSIGN_OR_RETURN(const auto user, app.database.Read(call, [&](postgres::Transaction& tx) {
    return Load<v1::User>(tx, sql::select_user, {"user", "usr"}, principal.user_id);
  }));
  me.set_name(user.name());
  me.set_email(user.email());
  return me;
}

}  // namespace continuo::directory::app
