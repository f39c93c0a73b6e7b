#include "continuo/directory/v1/user.pb.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/rpc/call.h"
#include "libs/json/patch.h"
#include "libs/postgres/revision.h"
#include "services/directory/app/app.h"
#include "services/directory/app/grants.h"
#include "services/directory/app/resource.h"
#include "services/directory/app/users.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

constexpr Kind kProfile{"security profile", "prof"};

std::vector<std::string> PermissionsOf(const v1::SecurityProfile& profile) {
  return {profile.permissions().begin(), profile.permissions().end()};
}

std::string_view SeesText(const v1::SecurityProfile& profile) {
  return profile.sees() == v1::SEES_ALL ? "all" : "linked";
}

Result<void> RequireProfileHeld(const rpc::Call& call, const v1::SecurityProfile& profile) {
  return RequireHeld(call, PermissionsOf(profile), profile.sees() == v1::SEES_ALL);
}

template <class Write>
Result<void> WriteUnique(const v1::SecurityProfile& profile, Write write) {
  try {
    write();
    return {};
  } catch (const postgres::UniqueViolation& violation) {
    if (violation.constraint() != "security_profile_name") throw;
    return FailedPrecondition("PROFILE_NAME_TAKEN",
                              "Another security profile is called " + profile.name() +
                                  ". Use it, or choose another name.",
                              {{"name", profile.name()}});
  }
}

}  // namespace

Result<v1::SecurityProfile> CreateSecurityProfile(const App& app, const rpc::Call& call,
                                                  const v1::CreateSecurityProfileRequest& request) {
  const v1::SecurityProfile& profile = request.security_profile();
  RETURN_IF_FAULT(RequireProfileHeld(call, profile));
  return app.database.Command<v1::SecurityProfile>(
      call, [&](Transaction& tx) -> Result<v1::SecurityProfile> {
        const auto id = ids::SecurityProfileId::New();
        RETURN_IF_FAULT(WriteUnique(profile, [&] {
          tx.Run(sql::insert_security_profile, id, profile.name(), PermissionsOf(profile),
                 SeesText(profile), tx.now());
        }));
        return Load<v1::SecurityProfile>(tx, sql::select_security_profile, kProfile, id.ToString());
      });
}

Result<v1::SecurityProfile> GetSecurityProfile(const App& app, const rpc::Call& call,
                                               const v1::GetSecurityProfileRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return Load<v1::SecurityProfile>(tx, sql::select_security_profile, kProfile, request.id());
  });
}

Result<v1::ListSecurityProfilesResponse> ListSecurityProfiles(
    const App& app, const rpc::Call& call, const v1::ListSecurityProfilesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListSecurityProfilesResponse> {
    v1::ListSecurityProfilesResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_security_profile}, request, &response));
    return response;
  });
}

Result<v1::SecurityProfile> UpdateSecurityProfile(const App& app, const rpc::Call& call,
                                                  const v1::UpdateSecurityProfileRequest& request) {
  return app.database.Command<v1::SecurityProfile>(
      call, [&](Transaction& tx) -> Result<v1::SecurityProfile> {
        tx.Run(sql::lock_security_profile, IdOrNull("prof", request.id()));
        ASSIGN_OR_RETURN(const auto before,
                         Load<v1::SecurityProfile>(tx, sql::select_security_profile, kProfile,
                                                   request.id()));
        RETURN_IF_FAULT(postgres::CheckRevision(call, before.revision()));
        tx.AuditBefore(before);
        v1::SecurityProfile changed = before;
        RETURN_IF_FAULT(
            json::ApplyPatch(request.update_mask(), request.security_profile(), &changed));
        // Both: what it gave is taken away too.
        RETURN_IF_FAULT(RequireProfileHeld(call, before));
        RETURN_IF_FAULT(RequireProfileHeld(call, changed));
        RETURN_IF_FAULT(WriteUnique(changed, [&] {
          tx.Run(sql::update_security_profile, IdOrNull("prof", changed.id()), changed.name(),
                 PermissionsOf(changed), SeesText(changed));
        }));
        RETURN_IF_FAULT(RequireAdministrator(tx));
        return Load<v1::SecurityProfile>(tx, sql::select_security_profile, kProfile, request.id());
      });
}

}  // namespace continuo::directory::app
