#include "services/directory/app/grants.h"

#include "continuo/directory/v1/user.pb.h"
#include "libs/rpc/call.h"
#include "services/directory/app/resource.h"
#include "services/directory/domain/permissions.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {

Result<void> RequireHeld(const rpc::Call& call, const std::vector<std::string>& wanted,
                         bool sees_all) {
  if (const auto missing = domain::FirstNotHeld(call.principal.permissions, wanted)) {
    return PermissionDenied("PERMISSION_NOT_HELD",
                            "You do not hold " + *missing + " and so cannot give it to others.",
                            {{"permission", *missing}});
  }
  if (sees_all && !call.principal.sees_all) {
    return PermissionDenied("PERMISSION_NOT_HELD",
                            "You see linked accounts only and so cannot let others see all.",
                            {{"permission", "sees: all"}});
  }
  return {};
}

Result<void> RequireProfileHeld(postgres::Transaction& tx, const std::string& profile_id,
                                const std::string& pointer,
                                const std::vector<std::string>& scopes) {
  const auto profile = Load<v1::SecurityProfile>(tx, sql::select_security_profile,
                                                 {"security profile", "prof"}, profile_id);
  if (!profile) {
    return Invalid(pointer, "REFERENCE_NOT_FOUND",
                   "There is no security profile " + profile_id + ". Check the id.");
  }
  const std::vector<std::string> given{profile->permissions().begin(),
                                       profile->permissions().end()};
  return RequireHeld(tx.call(), domain::Narrow(given, scopes), profile->sees() == v1::SEES_ALL);
}

Result<void> RequireAdministrator(postgres::Transaction& tx) {
  if (!tx.Run(sql::lock_administrators).empty()) return {};
  return FailedPrecondition("LAST_ADMINISTRATOR",
                            "After this nobody could administer any more. Give another active user "
                            "a profile with all permissions that sees all first.");
}

}  // namespace continuo::directory::app
