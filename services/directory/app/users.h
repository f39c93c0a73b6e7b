// Users and the security profiles that say what they may do.
//
// Nobody gives more than they have: who makes a profile, or puts a user into one, must hold all of
// the profile's permissions. And somebody is always left who may do everything.
#pragma once

#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class CreateSecurityProfileRequest;
class CreateUserRequest;
class DeactivateUserRequest;
class GetSecurityProfileRequest;
class GetUserRequest;
class ListSecurityProfilesRequest;
class ListSecurityProfilesResponse;
class ListUsersRequest;
class ListUsersResponse;
class SecurityProfile;
class UpdateSecurityProfileRequest;
class UpdateUserRequest;
class User;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

Result<v1::User> CreateUser(const App& app, const rpc::Call& call,
                            const v1::CreateUserRequest& request);
Result<v1::User> GetUser(const App& app, const rpc::Call& call, const v1::GetUserRequest& request);
Result<v1::ListUsersResponse> ListUsers(const App& app, const rpc::Call& call,
                                        const v1::ListUsersRequest& request);
Result<v1::User> UpdateUser(const App& app, const rpc::Call& call,
                            const v1::UpdateUserRequest& request);
Result<v1::User> DeactivateUser(const App& app, const rpc::Call& call,
                                const v1::DeactivateUserRequest& request);

Result<v1::SecurityProfile> CreateSecurityProfile(const App& app, const rpc::Call& call,
                                                  const v1::CreateSecurityProfileRequest& request);
Result<v1::SecurityProfile> GetSecurityProfile(const App& app, const rpc::Call& call,
                                               const v1::GetSecurityProfileRequest& request);
Result<v1::ListSecurityProfilesResponse> ListSecurityProfiles(
    const App& app, const rpc::Call& call, const v1::ListSecurityProfilesRequest& request);
Result<v1::SecurityProfile> UpdateSecurityProfile(const App& app, const rpc::Call& call,
                                                  const v1::UpdateSecurityProfileRequest& request);

}  // namespace continuo::directory::app
