#include "services/directory/rpc/directory_rpc.h"

#include "continuo/directory/v1/directory_service.pb.h"
#include "libs/rpc/methods.h"
#include "services/directory/app/account_access.h"
#include "services/directory/app/api_keys.h"
#include "services/directory/app/app.h"
#include "services/directory/app/audit.h"
#include "services/directory/app/divisions.h"
#include "services/directory/app/exchange_rates.h"
#include "services/directory/app/export_audit_entries.h"
#include "services/directory/app/operations.h"
#include "services/directory/app/responsibility_links.h"
#include "services/directory/app/test_clock.h"
#include "services/directory/app/users.h"

namespace continuo::directory {

void OfferMethods(const app::App& app, rpc::Methods& methods) {
  methods.Serve(app, app::CreateDivision, app::GetDivision, app::ListDivisions,
                app::UpdateDivision, app::CreateExchangeRate, app::GetExchangeRate,
                app::ListExchangeRates, app::GetAuditEntry, app::ListAuditEntries,
                app::ExportAuditEntries, app::GetExchangeRateOn);
  methods.Serve(app, app::CreateUser, app::GetUser, app::ListUsers, app::UpdateUser,
                app::DeactivateUser, app::CreateSecurityProfile, app::GetSecurityProfile,
                app::ListSecurityProfiles, app::UpdateSecurityProfile, app::CreateApiKey,
                app::GetApiKey, app::ListApiKeys, app::RotateApiKey, app::RevokeApiKey, app::GetMe,
                app::AuthenticateKey, app::AuthenticateIdentity, app::GetCredentialRevision);
  methods.Serve(app, app::CreateResponsibilityLink, app::GetResponsibilityLink,
                app::ListResponsibilityLinks, app::EndResponsibilityLink, app::ExplainAccess,
                app::GetAccountAccess);
  methods.Serve(app, app::GetTestClock, app::AdvanceTestClock, app::GetSetupChecklist,
                app::CreateConformanceRun,
                app::GetRequest, app::ListDeferredEvents, app::RetryDeferredEvent,
                app::DropDeferredEvent);
}

}  // namespace continuo::directory
