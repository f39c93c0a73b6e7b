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

namespace continuo::crm::rpc {

using continuo::rpc::Call;
using continuo::rpc::Methods;

void Offer(Methods& methods, postgres::Database& database) {
  const std::string service = "continuo.crm.v1.CrmService/";
  methods.On<v1::CreateAccountRequest, v1::Account>(
      service + "CreateAccount", [&database](const Call& call, const v1::CreateAccountRequest& request) {
        return app::CreateAccount(database, call, request);
      });
  methods.On<v1::GetAccountRequest, v1::Account>(
      service + "GetAccount", [&database](const Call& call, const v1::GetAccountRequest& request) {
        return app::GetAccount(database, call, request);
      });
  methods.On<v1::ListAccountsRequest, v1::ListAccountsResponse>(
      service + "ListAccounts", [&database](const Call& call, const v1::ListAccountsRequest& request) {
        return app::ListAccounts(database, call, request);
      });
  methods.On<v1::UpdateAccountRequest, v1::Account>(
      service + "UpdateAccount", [&database](const Call& call, const v1::UpdateAccountRequest& request) {
        return app::UpdateAccount(database, call, request);
      });
  methods.On<v1::CreateContactRequest, v1::Contact>(
      service + "CreateContact", [&database](const Call& call, const v1::CreateContactRequest& request) {
        return app::CreateContact(database, call, request);
      });
  methods.On<v1::GetContactRequest, v1::Contact>(
      service + "GetContact", [&database](const Call& call, const v1::GetContactRequest& request) {
        return app::GetContact(database, call, request);
      });
  methods.On<v1::ListContactsRequest, v1::ListContactsResponse>(
      service + "ListContacts", [&database](const Call& call, const v1::ListContactsRequest& request) {
        return app::ListContacts(database, call, request);
      });
  methods.On<v1::UpdateContactRequest, v1::Contact>(
      service + "UpdateContact", [&database](const Call& call, const v1::UpdateContactRequest& request) {
        return app::UpdateContact(database, call, request);
      });
  methods.On<v1::CreateLeadRequest, v1::Lead>(
      service + "CreateLead", [&database](const Call& call, const v1::CreateLeadRequest& request) {
        return app::CreateLead(database, call, request);
      });
  methods.On<v1::GetLeadRequest, v1::Lead>(
      service + "GetLead", [&database](const Call& call, const v1::GetLeadRequest& request) {
        return app::GetLead(database, call, request);
      });
  methods.On<v1::ListLeadsRequest, v1::ListLeadsResponse>(
      service + "ListLeads", [&database](const Call& call, const v1::ListLeadsRequest& request) {
        return app::ListLeads(database, call, request);
      });
  methods.On<v1::UpdateLeadRequest, v1::Lead>(
      service + "UpdateLead", [&database](const Call& call, const v1::UpdateLeadRequest& request) {
        return app::UpdateLead(database, call, request);
      });
  methods.On<v1::CreatePipelineRequest, v1::Pipeline>(
      service + "CreatePipeline", [&database](const Call& call, const v1::CreatePipelineRequest& request) {
        return app::CreatePipeline(database, call, request);
      });
  methods.On<v1::GetPipelineRequest, v1::Pipeline>(
      service + "GetPipeline", [&database](const Call& call, const v1::GetPipelineRequest& request) {
        return app::GetPipeline(database, call, request);
      });
  methods.On<v1::ListPipelinesRequest, v1::ListPipelinesResponse>(
      service + "ListPipelines", [&database](const Call& call, const v1::ListPipelinesRequest& request) {
        return app::ListPipelines(database, call, request);
      });
  methods.On<v1::UpdatePipelineRequest, v1::Pipeline>(
      service + "UpdatePipeline", [&database](const Call& call, const v1::UpdatePipelineRequest& request) {
        return app::UpdatePipeline(database, call, request);
      });
  methods.On<v1::CreateOpportunityRequest, v1::Opportunity>(
      service + "CreateOpportunity", [&database](const Call& call, const v1::CreateOpportunityRequest& request) {
        return app::CreateOpportunity(database, call, request);
      });
  methods.On<v1::GetOpportunityRequest, v1::Opportunity>(
      service + "GetOpportunity", [&database](const Call& call, const v1::GetOpportunityRequest& request) {
        return app::GetOpportunity(database, call, request);
      });
  methods.On<v1::ListOpportunitiesRequest, v1::ListOpportunitiesResponse>(
      service + "ListOpportunities", [&database](const Call& call, const v1::ListOpportunitiesRequest& request) {
        return app::ListOpportunities(database, call, request);
      });
  methods.On<v1::UpdateOpportunityRequest, v1::Opportunity>(
      service + "UpdateOpportunity", [&database](const Call& call, const v1::UpdateOpportunityRequest& request) {
        return app::UpdateOpportunity(database, call, request);
      });
  methods.On<v1::UpsertAccountRequest, v1::Account>(
      service + "UpsertAccount", [&database](const Call& call, const v1::UpsertAccountRequest& request) {
        return app::UpsertAccount(database, call, request);
      });
  methods.On<v1::ConvertLeadRequest, v1::Lead>(
      service + "ConvertLead", [&database](const Call& call, const v1::ConvertLeadRequest& request) {
        return app::ConvertLead(database, call, request);
      });
  methods.On<v1::DisqualifyLeadRequest, v1::Lead>(
      service + "DisqualifyLead", [&database](const Call& call, const v1::DisqualifyLeadRequest& request) {
        return app::DisqualifyLead(database, call, request);
      });
  methods.On<v1::WinOpportunityRequest, v1::Opportunity>(
      service + "WinOpportunity", [&database](const Call& call, const v1::WinOpportunityRequest& request) {
        return app::WinOpportunity(database, call, request);
      });
  methods.On<v1::LoseOpportunityRequest, v1::Opportunity>(
      service + "LoseOpportunity", [&database](const Call& call, const v1::LoseOpportunityRequest& request) {
        return app::LoseOpportunity(database, call, request);
      });
  methods.On<v1::ReopenOpportunityRequest, v1::Opportunity>(
      service + "ReopenOpportunity", [&database](const Call& call, const v1::ReopenOpportunityRequest& request) {
        return app::ReopenOpportunity(database, call, request);
      });
  methods.On<v1::ListOpportunityValuesRequest, v1::ListOpportunityValuesResponse>(
      service + "ListOpportunityValues", [&database](const Call& call, const v1::ListOpportunityValuesRequest& request) {
        return app::ListOpportunityValues(database, call, request);
      });
}

}  // namespace continuo::crm::rpc
