#include "services/directory/rpc/directory_rpc.h"

#include "continuo/directory/v1/directory_service.pb.h"
#include "libs/rpc/methods.h"
#include "services/directory/app/account_access.h"
#include "services/directory/app/api_keys.h"
#include "services/directory/app/app.h"
#include "services/directory/app/audit.h"
#include "services/directory/app/divisions.h"
#include "services/directory/app/exchange_rates.h"
#include "services/directory/app/operations.h"
#include "services/directory/app/responsibility_links.h"
#include "services/directory/app/test_clock.h"
#include "services/directory/app/users.h"

namespace continuo::directory {
namespace {

using rpc::Call;
using rpc::Methods;

const std::string kService = "continuo.directory.v1.DirectoryService/";

void OfferCompany(const app::App& app, Methods& methods) {
  methods.On<v1::CreateDivisionRequest, v1::Division>(
      kService + "CreateDivision", [&app](const Call& call, const v1::CreateDivisionRequest& request) {
        return app::CreateDivision(app, call, request);
      });
  methods.On<v1::GetDivisionRequest, v1::Division>(
      kService + "GetDivision", [&app](const Call& call, const v1::GetDivisionRequest& request) {
        return app::GetDivision(app, call, request);
      });
  methods.On<v1::ListDivisionsRequest, v1::ListDivisionsResponse>(
      kService + "ListDivisions", [&app](const Call& call, const v1::ListDivisionsRequest& request) {
        return app::ListDivisions(app, call, request);
      });
  methods.On<v1::UpdateDivisionRequest, v1::Division>(
      kService + "UpdateDivision", [&app](const Call& call, const v1::UpdateDivisionRequest& request) {
        return app::UpdateDivision(app, call, request);
      });
  methods.On<v1::CreateExchangeRateRequest, v1::ExchangeRate>(
      kService + "CreateExchangeRate", [&app](const Call& call, const v1::CreateExchangeRateRequest& request) {
        return app::CreateExchangeRate(app, call, request);
      });
  methods.On<v1::GetExchangeRateRequest, v1::ExchangeRate>(
      kService + "GetExchangeRate", [&app](const Call& call, const v1::GetExchangeRateRequest& request) {
        return app::GetExchangeRate(app, call, request);
      });
  methods.On<v1::ListExchangeRatesRequest, v1::ListExchangeRatesResponse>(
      kService + "ListExchangeRates", [&app](const Call& call, const v1::ListExchangeRatesRequest& request) {
        return app::ListExchangeRates(app, call, request);
      });
  methods.On<v1::GetAuditEntryRequest, v1::AuditEntry>(
      kService + "GetAuditEntry", [&app](const Call& call, const v1::GetAuditEntryRequest& request) {
        return app::GetAuditEntry(app, call, request);
      });
  methods.On<v1::ListAuditEntriesRequest, v1::ListAuditEntriesResponse>(
      kService + "ListAuditEntries", [&app](const Call& call, const v1::ListAuditEntriesRequest& request) {
        return app::ListAuditEntries(app, call, request);
      });
  methods.On<v1::GetExchangeRateOnRequest, v1::ExchangeRate>(
      kService + "GetExchangeRateOn", [&app](const Call& call, const v1::GetExchangeRateOnRequest& request) {
        return app::GetExchangeRateOn(app, call, request);
      });
}

void OfferPeople(const app::App& app, Methods& methods) {
  methods.On<v1::CreateUserRequest, v1::User>(
      kService + "CreateUser", [&app](const Call& call, const v1::CreateUserRequest& request) {
        return app::CreateUser(app, call, request);
      });
  methods.On<v1::GetUserRequest, v1::User>(
      kService + "GetUser", [&app](const Call& call, const v1::GetUserRequest& request) {
        return app::GetUser(app, call, request);
      });
  methods.On<v1::ListUsersRequest, v1::ListUsersResponse>(
      kService + "ListUsers", [&app](const Call& call, const v1::ListUsersRequest& request) {
        return app::ListUsers(app, call, request);
      });
  methods.On<v1::UpdateUserRequest, v1::User>(
      kService + "UpdateUser", [&app](const Call& call, const v1::UpdateUserRequest& request) {
        return app::UpdateUser(app, call, request);
      });
  methods.On<v1::DeactivateUserRequest, v1::User>(
      kService + "DeactivateUser", [&app](const Call& call, const v1::DeactivateUserRequest& request) {
        return app::DeactivateUser(app, call, request);
      });
  methods.On<v1::CreateSecurityProfileRequest, v1::SecurityProfile>(
      kService + "CreateSecurityProfile", [&app](const Call& call, const v1::CreateSecurityProfileRequest& request) {
        return app::CreateSecurityProfile(app, call, request);
      });
  methods.On<v1::GetSecurityProfileRequest, v1::SecurityProfile>(
      kService + "GetSecurityProfile", [&app](const Call& call, const v1::GetSecurityProfileRequest& request) {
        return app::GetSecurityProfile(app, call, request);
      });
  methods.On<v1::ListSecurityProfilesRequest, v1::ListSecurityProfilesResponse>(
      kService + "ListSecurityProfiles", [&app](const Call& call, const v1::ListSecurityProfilesRequest& request) {
        return app::ListSecurityProfiles(app, call, request);
      });
  methods.On<v1::UpdateSecurityProfileRequest, v1::SecurityProfile>(
      kService + "UpdateSecurityProfile", [&app](const Call& call, const v1::UpdateSecurityProfileRequest& request) {
        return app::UpdateSecurityProfile(app, call, request);
      });
  methods.On<v1::CreateApiKeyRequest, v1::ApiKey>(
      kService + "CreateApiKey", [&app](const Call& call, const v1::CreateApiKeyRequest& request) {
        return app::CreateApiKey(app, call, request);
      });
  methods.On<v1::GetApiKeyRequest, v1::ApiKey>(
      kService + "GetApiKey", [&app](const Call& call, const v1::GetApiKeyRequest& request) {
        return app::GetApiKey(app, call, request);
      });
  methods.On<v1::ListApiKeysRequest, v1::ListApiKeysResponse>(
      kService + "ListApiKeys", [&app](const Call& call, const v1::ListApiKeysRequest& request) {
        return app::ListApiKeys(app, call, request);
      });
  methods.On<v1::RotateApiKeyRequest, v1::ApiKey>(
      kService + "RotateApiKey", [&app](const Call& call, const v1::RotateApiKeyRequest& request) {
        return app::RotateApiKey(app, call, request);
      });
  methods.On<v1::RevokeApiKeyRequest, v1::ApiKey>(
      kService + "RevokeApiKey", [&app](const Call& call, const v1::RevokeApiKeyRequest& request) {
        return app::RevokeApiKey(app, call, request);
      });
  methods.On<v1::GetMeRequest, v1::Me>(
      kService + "GetMe", [&app](const Call& call, const v1::GetMeRequest& request) {
        return app::GetMe(app, call, request);
      });
  methods.On<v1::AuthenticateKeyRequest, v1::AuthenticatedPrincipal>(
      kService + "AuthenticateKey", [&app](const Call& call, const v1::AuthenticateKeyRequest& request) {
        return app::AuthenticateKey(app, call, request);
      });
  methods.On<v1::AuthenticateIdentityRequest, v1::AuthenticatedPrincipal>(
      kService + "AuthenticateIdentity", [&app](const Call& call, const v1::AuthenticateIdentityRequest& request) {
        return app::AuthenticateIdentity(app, call, request);
      });
}

void OfferAccess(const app::App& app, Methods& methods) {
  methods.On<v1::CreateResponsibilityLinkRequest, v1::ResponsibilityLink>(
      kService + "CreateResponsibilityLink", [&app](const Call& call, const v1::CreateResponsibilityLinkRequest& request) {
        return app::CreateResponsibilityLink(app, call, request);
      });
  methods.On<v1::GetResponsibilityLinkRequest, v1::ResponsibilityLink>(
      kService + "GetResponsibilityLink", [&app](const Call& call, const v1::GetResponsibilityLinkRequest& request) {
        return app::GetResponsibilityLink(app, call, request);
      });
  methods.On<v1::ListResponsibilityLinksRequest, v1::ListResponsibilityLinksResponse>(
      kService + "ListResponsibilityLinks", [&app](const Call& call, const v1::ListResponsibilityLinksRequest& request) {
        return app::ListResponsibilityLinks(app, call, request);
      });
  methods.On<v1::EndResponsibilityLinkRequest, v1::ResponsibilityLink>(
      kService + "EndResponsibilityLink", [&app](const Call& call, const v1::EndResponsibilityLinkRequest& request) {
        return app::EndResponsibilityLink(app, call, request);
      });
  methods.On<v1::ExplainAccessRequest, v1::AccessExplanation>(
      kService + "ExplainAccess", [&app](const Call& call, const v1::ExplainAccessRequest& request) {
        return app::ExplainAccess(app, call, request);
      });
  methods.On<v1::GetAccountAccessRequest, v1::AccountAccess>(
      kService + "GetAccountAccess", [&app](const Call& call, const v1::GetAccountAccessRequest& request) {
        return app::GetAccountAccess(app, call, request);
      });
}

void OfferOperations(const app::App& app, Methods& methods) {
  methods.On<v1::GetTestClockRequest, v1::TestClock>(
      kService + "GetTestClock", [&app](const Call& call, const v1::GetTestClockRequest& request) {
        return app::GetTestClock(app, call, request);
      });
  methods.On<v1::AdvanceTestClockRequest, v1::TestClock>(
      kService + "AdvanceTestClock", [&app](const Call& call, const v1::AdvanceTestClockRequest& request) {
        return app::AdvanceTestClock(app, call, request);
      });
  methods.On<v1::GetSetupChecklistRequest, v1::SetupChecklist>(
      kService + "GetSetupChecklist", [&app](const Call& call, const v1::GetSetupChecklistRequest& request) {
        return app::GetSetupChecklist(app, call, request);
      });
  methods.On<v1::GetRequestRequest, v1::RequestFollowUps>(
      kService + "GetRequest", [&app](const Call& call, const v1::GetRequestRequest& request) {
        return app::GetRequest(app, call, request);
      });
  methods.On<v1::ListDeferredEventsRequest, v1::ListDeferredEventsResponse>(
      kService + "ListDeferredEvents", [&app](const Call& call, const v1::ListDeferredEventsRequest& request) {
        return app::ListDeferredEvents(app, call, request);
      });
  methods.On<v1::RetryDeferredEventRequest, v1::DeferredEvent>(
      kService + "RetryDeferredEvent", [&app](const Call& call, const v1::RetryDeferredEventRequest& request) {
        return app::RetryDeferredEvent(app, call, request);
      });
  methods.On<v1::DropDeferredEventRequest, v1::DeferredEvent>(
      kService + "DropDeferredEvent", [&app](const Call& call, const v1::DropDeferredEventRequest& request) {
        return app::DropDeferredEvent(app, call, request);
      });
}

}  // namespace

void OfferMethods(const app::App& app, Methods& methods) {
  OfferCompany(app, methods);
  OfferPeople(app, methods);
  OfferAccess(app, methods);
  OfferOperations(app, methods);
}

}  // namespace continuo::directory
