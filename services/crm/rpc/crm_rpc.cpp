#include "services/crm/rpc/crm_rpc.h"

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/contact.pb.h"
#include "continuo/crm/v1/lead.pb.h"
#include "continuo/crm/v1/onboarding.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/methods.h"
#include "services/crm/app/accounts.h"
#include "services/crm/app/contacts.h"
#include "services/crm/app/leads.h"
#include "services/crm/app/onboardings.h"
#include "services/crm/app/opportunities.h"
#include "services/crm/app/pipelines.h"

namespace continuo::crm {

void OfferMethods(rpc::Methods& methods, postgres::Database& database) {
  methods.Serve(database, app::CreateAccount, app::GetAccount, app::ListAccounts, app::UpdateAccount,
                app::UpsertAccount, app::CreateContact, app::GetContact, app::ListContacts,
                app::UpdateContact, app::CreateOnboarding, app::GetOnboarding, app::ListOnboardings,
                app::UpdateOnboarding, app::CompleteOnboarding, app::CreateLead, app::GetLead,
                app::ListLeads, app::UpdateLead, app::ConvertLead, app::DisqualifyLead, app::CreatePipeline, app::GetPipeline,
                app::ListPipelines, app::UpdatePipeline, app::CreateOpportunity,
                app::GetOpportunity, app::ListOpportunities, app::UpdateOpportunity,
                app::WinOpportunity, app::LoseOpportunity, app::ReopenOpportunity,
                app::ListOpportunityValues);
}

}  // namespace continuo::crm
