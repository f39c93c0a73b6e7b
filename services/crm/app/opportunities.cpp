#include "services/crm/app/opportunities.h"

#include "continuo/crm/v1/events.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "services/crm/app/account_rows.h"
#include "services/crm/app/opportunity_rows.h"
#include "services/crm/app/pipeline_rows.h"
#include "services/crm/domain/stages.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {

using postgres::Document;
using postgres::IdOrNull;

namespace {

// The stage has its own fact, and so has the value; everything else is told together.
void PublishChanges(postgres::Transaction& tx, const v1::Opportunity& before,
                    const v1::Opportunity& after) {
  v1::OpportunityUpdated updated;
  for (const json::ChangedField& field : json::ChangedFields(before, after)) {
    if (field.name == "stage" || field.name == "value") continue;
    type::v1::Change& change = (*updated.mutable_changes())[field.name];
    change.set_from(field.from);
    change.set_to(field.to);
  }
  if (!updated.changes().empty()) {
    updated.set_id(after.id());
    updated.set_revision(after.revision());
    updated.set_account_id(after.account_id());
    events::Append(tx, updated, {.source_version = after.revision()});
  }
  if (before.stage() != after.stage()) {
    v1::OpportunityStageChanged moved;
    moved.set_id(after.id());
    moved.set_revision(after.revision());
    moved.set_account_id(after.account_id());
    moved.set_from_stage(before.stage());
    moved.set_to_stage(after.stage());
    events::Append(tx, moved, {.source_version = after.revision()});
  }
  RecordValue(tx, before, after);
}

Result<void> CheckChange(postgres::Transaction& tx, const v1::Opportunity& before,
                         v1::Opportunity* opportunity) {
  RETURN_IF_FAULT(domain::CheckOpen(DealOf(before)));
  if (opportunity->stage().empty()) opportunity->set_stage(before.stage());
  if (!opportunity->kind()) opportunity->set_kind(v1::OPPORTUNITY_KIND_NEW);
  if (opportunity->stage() != before.stage()) {
    ASSIGN_OR_RETURN(const v1::Pipeline pipeline, ChoosePipeline(tx, before.pipeline_id()));
    RETURN_IF_FAULT(domain::ChooseStage(StageCodes(pipeline), opportunity->stage()));
  }
  if (opportunity->contact_id() != before.contact_id()) {
    RETURN_IF_FAULT(CheckContactOf(tx, before.account_id(), opportunity->contact_id()));
  }
  return {};
}

}  // namespace

Result<v1::Opportunity> CreateOpportunity(postgres::Database& database, const rpc::Call& call,
                                          const v1::CreateOpportunityRequest& request) {
  return database.Command<v1::Opportunity>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Opportunity> {
        v1::Opportunity opportunity = request.opportunity();
        RETURN_IF_FAULT(CheckAccountExists(tx, opportunity.account_id(), "/account_id"));
        opportunity.set_id(ids::OpportunityId::New().ToString());
        if (opportunity.owner_id().empty()) opportunity.set_owner_id(call.principal.user_id);
        ASSIGN_OR_RETURN(auto stored, InsertOpportunity(tx, std::move(opportunity)));
        return *std::move(stored);
      });
}

Result<v1::Opportunity> GetOpportunity(postgres::Database& database, const rpc::Call& call,
                                       const v1::GetOpportunityRequest& request) {
  return Get<v1::Opportunity>(database, call, kOpportunity, request);
}

Result<v1::ListOpportunitiesResponse> ListOpportunities(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListOpportunitiesRequest& request) {
  return ListOf<v1::ListOpportunitiesResponse>(database, call, kOpportunity, request);
}

Result<v1::Opportunity> UpdateOpportunity(postgres::Database& database, const rpc::Call& call,
                                          const v1::UpdateOpportunityRequest& request) {
  return database.Command<v1::Opportunity>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Opportunity> {
        ASSIGN_OR_RETURN(const v1::Opportunity before,
                         LoadForChange<v1::Opportunity>(tx, kOpportunity, request.id()));
        v1::Opportunity opportunity = before;
        RETURN_IF_FAULT(
            json::ApplyPatch(request.update_mask(), request.opportunity(), &opportunity));
        RETURN_IF_FAULT(CheckChange(tx, before, &opportunity));
        ASSIGN_OR_RETURN(const std::optional<money::Money> value, ValueOf(opportunity));
        if (value != DealOf(before).value) {
          RETURN_IF_FAULT(domain::CheckValueIsOurs(DealOf(before)));
        }
        std::optional<int64_t> minor;
        std::optional<std::string> currency;
        if (value) minor = value->minor();
        if (value) currency = value->currency().ToString();
        tx.Run(sql::update_opportunity, IdOrNull("opp", request.id()),
               postgres::Json{Document(opportunity)}, IdOrNull("usr", opportunity.owner_id()),
               IdOrNull("con", opportunity.contact_id()), minor, currency);
        ASSIGN_OR_RETURN(v1::Opportunity stored,
                         Load<v1::Opportunity>(tx, kOpportunity, request.id()));
        PublishChanges(tx, before, stored);
        return stored;
      });
}

Result<v1::ListOpportunityValuesResponse> ListOpportunityValues(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListOpportunityValuesRequest& request) {
  return database.Read(
      call, [&](postgres::Transaction& tx) -> Result<v1::ListOpportunityValuesResponse> {
        RETURN_IF_FAULT(Load<v1::Opportunity>(tx, kOpportunity, request.opportunity_id()));
        v1::ListOpportunityValuesResponse response;
        const postgres::Parameter of_deal[] = {IdOrNull("opp", request.opportunity_id())};
        RETURN_IF_FAULT(
            postgres::List(tx, {.select = sql::select_opportunity_value, .parameters = of_deal},
                           request, &response));
        return response;
      });
}

}  // namespace continuo::crm::app
