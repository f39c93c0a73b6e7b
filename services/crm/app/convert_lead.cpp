#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/contact.pb.h"
#include "continuo/crm/v1/events.pb.h"
#include "continuo/crm/v1/lead.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "services/crm/app/account_rows.h"
#include "services/crm/app/contact_rows.h"
#include "services/crm/app/lead_rows.h"
#include "services/crm/app/leads.h"
#include "services/crm/app/opportunity_rows.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {
namespace {

using postgres::IdOrNull;

const std::string& Either(const std::string& first, const std::string& second) {
  return first.empty() ? second : first;
}

// The account named, or a new one.
Result<std::string> AccountFor(postgres::Transaction& tx, const v1::Lead& lead,
                               const v1::ConvertLeadRequest& request) {
  if (!request.account_id().empty()) {
    RETURN_IF_FAULT(CheckAccountExists(tx, request.account_id(), "/account_id"));
    return request.account_id();
  }
  v1::Account account;
  account.set_name(lead.company());
  account.set_country(Either(request.country(), lead.country()));
  account.set_currency(Either(request.currency(), lead.currency()));
  account.set_time_zone(request.time_zone());
  ASSIGN_OR_RETURN(const v1::Account stored, InsertAccount(tx, std::move(account)));
  return stored.id();
}

// "" where the lead names nobody.
Result<std::string> ContactFor(postgres::Transaction& tx, const v1::Lead& lead,
                               const std::string& account_id) {
  if (!lead.has_contact()) return "";
  v1::Contact contact;
  contact.set_account_id(account_id);
  contact.set_first_name(lead.contact().first_name());
  contact.set_last_name(lead.contact().last_name());
  contact.set_email(lead.contact().email());
  contact.set_phone(lead.contact().phone());
  contact.set_job_title(lead.contact().job_title());
  ASSIGN_OR_RETURN(const v1::Contact stored, InsertContact(tx, contact));
  return stored.id();
}

Result<std::string> OpportunityFor(postgres::Transaction& tx, const v1::Lead& lead,
                                   const v1::ConvertLeadRequest& request,
                                   const std::string& account_id, const std::string& contact_id) {
  v1::Opportunity opportunity;
  opportunity.set_id(ids::OpportunityId::New().ToString());
  opportunity.set_account_id(account_id);
  opportunity.set_contact_id(contact_id);
  opportunity.set_name(Either(request.opportunity_name(), lead.company()));
  opportunity.set_pipeline_id(request.pipeline_id());
  opportunity.set_close_on(request.close_on());
  opportunity.set_owner_id(Either(lead.owner_id(), tx.call().principal.user_id));
  RETURN_IF_FAULT(InsertOpportunity(tx, opportunity));
  return opportunity.id();
}

void PublishConverted(postgres::Transaction& tx, const v1::Lead& stored) {
  v1::LeadConverted converted;
  converted.set_id(stored.id());
  converted.set_revision(stored.revision());
  converted.set_account_id(stored.account_id());
  converted.set_contact_id(stored.contact_id());
  converted.set_opportunity_id(stored.opportunity_id());
  events::Append(tx, converted, {.source_version = stored.revision()});
}

}  // namespace

Result<v1::Lead> ConvertLead(postgres::Database& database, const rpc::Call& call,
                             const v1::ConvertLeadRequest& request) {
  return database.Command<v1::Lead>(call, [&](postgres::Transaction& tx) -> Result<v1::Lead> {
    ASSIGN_OR_RETURN(const v1::Lead lead, LoadOpenLead(tx, request.id()));
    ASSIGN_OR_RETURN(const std::string account_id, AccountFor(tx, lead, request));
    ASSIGN_OR_RETURN(const std::string contact_id, ContactFor(tx, lead, account_id));
    ASSIGN_OR_RETURN(const std::string opportunity_id,
                     OpportunityFor(tx, lead, request, account_id, contact_id));
    tx.Run(sql::update_lead_status, IdOrNull("lead", request.id()), "converted", nullptr,
           IdOrNull("acc", account_id), IdOrNull("con", contact_id),
           IdOrNull("opp", opportunity_id));
    ASSIGN_OR_RETURN(v1::Lead stored, Load<v1::Lead>(tx, kLead, request.id()));
    PublishConverted(tx, stored);
    return stored;
  });
}

}  // namespace continuo::crm::app
