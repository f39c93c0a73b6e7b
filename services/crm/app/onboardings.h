// What accounts have to go through before they can be sold to.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::crm::v1 {
class CompleteOnboardingRequest;
class CreateOnboardingRequest;
class GetOnboardingRequest;
class ListOnboardingsRequest;
class ListOnboardingsResponse;
class Onboarding;
class UpdateOnboardingRequest;
}  // namespace continuo::crm::v1

namespace continuo::crm::app {

Result<v1::Onboarding> CreateOnboarding(postgres::Database& database, const rpc::Call& call,
                                        const v1::CreateOnboardingRequest& request);
Result<v1::Onboarding> GetOnboarding(postgres::Database& database, const rpc::Call& call,
                                     const v1::GetOnboardingRequest& request);
Result<v1::ListOnboardingsResponse> ListOnboardings(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::ListOnboardingsRequest& request);
Result<v1::Onboarding> UpdateOnboarding(postgres::Database& database, const rpc::Call& call,
                                        const v1::UpdateOnboardingRequest& request);
Result<v1::Onboarding> CompleteOnboarding(postgres::Database& database, const rpc::Call& call,
                                          const v1::CompleteOnboardingRequest& request);

}  // namespace continuo::crm::app
