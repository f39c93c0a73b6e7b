// Won by hand, lost, reopened.
#include "continuo/crm/v1/events.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "libs/events/append.h"
#include "services/crm/app/opportunities.h"
#include "services/crm/app/opportunity_rows.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {
namespace {

using postgres::IdOrNull;

template <class Fact>
Fact FactOf(const v1::Opportunity& stored) {
  Fact fact;
  fact.set_id(stored.id());
  fact.set_revision(stored.revision());
  fact.set_account_id(stored.account_id());
  return fact;
}

}  // namespace

Result<v1::Opportunity> WinOpportunity(postgres::Database& database, const rpc::Call& call,
                                       const v1::WinOpportunityRequest& request) {
  return database.Command<v1::Opportunity>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Opportunity> {
        ASSIGN_OR_RETURN(const v1::Opportunity before,
                         LoadForChange<v1::Opportunity>(tx, kOpportunity, request.id()));
        RETURN_IF_FAULT(domain::CheckOpen(DealOf(before)));
        tx.Run(sql::update_opportunity_status, IdOrNull("opp", request.id()), "won", nullptr,
               tx.now());
        ASSIGN_OR_RETURN(v1::Opportunity stored,
                         Load<v1::Opportunity>(tx, kOpportunity, request.id()));
        auto won = FactOf<v1::OpportunityWon>(stored);
        won.set_owner_id(stored.owner_id());
        if (stored.has_value()) *won.mutable_value() = stored.value();
        events::Append(tx, won, {.source_version = stored.revision()});
        return stored;
      });
}

Result<v1::Opportunity> LoseOpportunity(postgres::Database& database, const rpc::Call& call,
                                        const v1::LoseOpportunityRequest& request) {
  return database.Command<v1::Opportunity>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Opportunity> {
        ASSIGN_OR_RETURN(const v1::Opportunity before,
                         LoadForChange<v1::Opportunity>(tx, kOpportunity, request.id()));
        RETURN_IF_FAULT(domain::CheckOpen(DealOf(before)));
        tx.Run(sql::update_opportunity_status, IdOrNull("opp", request.id()), "lost",
               request.reason(), tx.now());
        ASSIGN_OR_RETURN(v1::Opportunity stored,
                         Load<v1::Opportunity>(tx, kOpportunity, request.id()));
        auto lost = FactOf<v1::OpportunityLost>(stored);
        lost.set_reason(request.reason());
        events::Append(tx, lost, {.source_version = stored.revision()});
        return stored;
      });
}

Result<v1::Opportunity> ReopenOpportunity(postgres::Database& database, const rpc::Call& call,
                                          const v1::ReopenOpportunityRequest& request) {
  return database.Command<v1::Opportunity>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Opportunity> {
        ASSIGN_OR_RETURN(const v1::Opportunity before,
                         LoadForChange<v1::Opportunity>(tx, kOpportunity, request.id()));
        RETURN_IF_FAULT(domain::CheckLost(DealOf(before)));
        tx.Run(sql::update_opportunity_status, IdOrNull("opp", request.id()), "open", nullptr,
               nullptr);
        ASSIGN_OR_RETURN(v1::Opportunity stored,
                         Load<v1::Opportunity>(tx, kOpportunity, request.id()));
        events::Append(tx, FactOf<v1::OpportunityReopened>(stored),
                       {.source_version = stored.revision()});
        return stored;
      });
}

}  // namespace continuo::crm::app
