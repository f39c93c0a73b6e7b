#include "services/crm/app/leads.h"

#include "continuo/crm/v1/events.pb.h"
#include "continuo/crm/v1/lead.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "services/crm/app/lead_rows.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {

using postgres::Document;
using postgres::IdOrNull;

const postgres::Resource kLead{sql::select_lead, sql::lock_lead};

Result<v1::Lead> LoadOpenLead(postgres::Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(v1::Lead lead, LoadForChange<v1::Lead>(tx, kLead, id));
  if (lead.status() == v1::LEAD_STATUS_OPEN) return lead;
  const bool converted = lead.status() == v1::LEAD_STATUS_CONVERTED;
  return FailedPrecondition("LEAD_NOT_OPEN",
                            converted ? "Lead " + id + " has become opportunity " +
                                            lead.opportunity_id() + ". Go on with that."
                                      : "Lead " + id + " is disqualified. Enter a new one.",
                            {{"lead_id", id}, {"opportunity_id", lead.opportunity_id()}});
}

Result<v1::Lead> CreateLead(postgres::Database& database, const rpc::Call& call,
                            const v1::CreateLeadRequest& request) {
  return database.Command<v1::Lead>(call, [&](postgres::Transaction& tx) -> Result<v1::Lead> {
    const v1::Lead& lead = request.lead();
    const std::string& owner =
        lead.owner_id().empty() ? call.principal.user_id : lead.owner_id();
    const ids::LeadId id = ids::LeadId::New();
    tx.Run(sql::insert_lead, id, postgres::Json{Document(lead)}, IdOrNull("usr", owner), tx.now());
    ASSIGN_OR_RETURN(v1::Lead stored, Load<v1::Lead>(tx, kLead, id.ToString()));
    v1::LeadCreated created;
    created.set_id(stored.id());
    created.set_revision(stored.revision());
    created.set_source(stored.source());
    events::Append(tx, created, {.source_version = stored.revision()});
    return stored;
  });
}

Result<v1::Lead> GetLead(postgres::Database& database, const rpc::Call& call,
                         const v1::GetLeadRequest& request) {
  return Get<v1::Lead>(database, call, kLead, request);
}

Result<v1::ListLeadsResponse> ListLeads(postgres::Database& database, const rpc::Call& call,
                                        const v1::ListLeadsRequest& request) {
  return ListOf<v1::ListLeadsResponse>(database, call, kLead, request);
}

Result<v1::Lead> UpdateLead(postgres::Database& database, const rpc::Call& call,
                            const v1::UpdateLeadRequest& request) {
  return database.Command<v1::Lead>(call, [&](postgres::Transaction& tx) -> Result<v1::Lead> {
    ASSIGN_OR_RETURN(v1::Lead lead, LoadOpenLead(tx, request.id()));
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.lead(), &lead));
    tx.Run(sql::update_lead, IdOrNull("lead", request.id()), postgres::Json{Document(lead)},
           IdOrNull("usr", lead.owner_id()));
    ASSIGN_OR_RETURN(v1::Lead stored, Load<v1::Lead>(tx, kLead, request.id()));
    v1::LeadUpdated updated;
    updated.set_id(stored.id());
    updated.set_revision(stored.revision());
    events::Append(tx, updated, {.source_version = stored.revision()});
    return stored;
  });
}

Result<v1::Lead> DisqualifyLead(postgres::Database& database, const rpc::Call& call,
                                const v1::DisqualifyLeadRequest& request) {
  return database.Command<v1::Lead>(call, [&](postgres::Transaction& tx) -> Result<v1::Lead> {
    RETURN_IF_FAULT(LoadOpenLead(tx, request.id()));
    tx.Run(sql::update_lead_status, IdOrNull("lead", request.id()), "disqualified",
           request.reason(), nullptr, nullptr, nullptr);
    ASSIGN_OR_RETURN(v1::Lead stored, Load<v1::Lead>(tx, kLead, request.id()));
    v1::LeadDisqualified disqualified;
    disqualified.set_id(stored.id());
    disqualified.set_revision(stored.revision());
    disqualified.set_reason(request.reason());
    events::Append(tx, disqualified, {.source_version = stored.revision()});
    return stored;
  });
}

}  // namespace continuo::crm::app
