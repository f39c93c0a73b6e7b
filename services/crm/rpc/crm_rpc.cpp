#include "services/crm/rpc/crm_rpc.h"

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/contact.pb.h"
#include "continuo/crm/v1/lead.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "libs/rpc/methods.h"
#include "services/crm/app/accounts.h"
#include "services/crm/app/contacts.h"
#include "services/crm/app/leads.h"
#include "services/crm/app/opportunities.h"
#include "services/crm/app/pipelines.h"

namespace continuo::crm {

void OfferMethods(rpc::Methods& methods, postgres::Database& database) {
  const auto offer = [&]<class Request, class Answer>(
                         const std::string& name,
                         Result<Answer> (*use_case)(postgres::Database&, const rpc::Call&,
                                                    const Request&)) {
    methods.On<Request, Answer>("continuo.crm.v1.CrmService/" + name,
                                [&database, use_case](const rpc::Call& call,
                                                      const Request& request) {
                                  return use_case(database, call, request);
                                });
  };
  offer("CreateAccount", app::CreateAccount);
  offer("GetAccount", app::GetAccount);
  offer("ListAccounts", app::ListAccounts);
  offer("UpdateAccount", app::UpdateAccount);
  offer("UpsertAccount", app::UpsertAccount);
  offer("CreateContact", app::CreateContact);
  offer("GetContact", app::GetContact);
  offer("ListContacts", app::ListContacts);
  offer("UpdateContact", app::UpdateContact);
  offer("CreateLead", app::CreateLead);
  offer("GetLead", app::GetLead);
  offer("ListLeads", app::ListLeads);
  offer("UpdateLead", app::UpdateLead);
  offer("ConvertLead", app::ConvertLead);
  offer("DisqualifyLead", app::DisqualifyLead);
  offer("CreatePipeline", app::CreatePipeline);
  offer("GetPipeline", app::GetPipeline);
  offer("ListPipelines", app::ListPipelines);
  offer("UpdatePipeline", app::UpdatePipeline);
  offer("CreateOpportunity", app::CreateOpportunity);
  offer("GetOpportunity", app::GetOpportunity);
  offer("ListOpportunities", app::ListOpportunities);
  offer("UpdateOpportunity", app::UpdateOpportunity);
  offer("WinOpportunity", app::WinOpportunity);
  offer("LoseOpportunity", app::LoseOpportunity);
  offer("ReopenOpportunity", app::ReopenOpportunity);
  offer("ListOpportunityValues", app::ListOpportunityValues);
}

}  // namespace continuo::crm
