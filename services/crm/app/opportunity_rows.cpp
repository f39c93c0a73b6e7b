#include "services/crm/app/opportunity_rows.h"

#include "continuo/crm/v1/contact.pb.h"
#include "continuo/crm/v1/events.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "services/crm/app/contact_rows.h"
#include "services/crm/app/pipeline_rows.h"
#include "services/crm/domain/stages.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {

using money::Money;
using postgres::Document;
using postgres::IdOrNull;

const postgres::Resource kOpportunity{sql::select_opportunity, sql::lock_opportunity};

namespace {

domain::DealStatus StatusOf(v1::OpportunityStatus status) {
  if (status == v1::OPPORTUNITY_STATUS_WON) return domain::DealStatus::kWon;
  if (status == v1::OPPORTUNITY_STATUS_LOST) return domain::DealStatus::kLost;
  return domain::DealStatus::kOpen;
}

std::string KindText(v1::OpportunityKind kind) {
  switch (kind) {
    case v1::OPPORTUNITY_KIND_CHANGE:
      return "change";
    case v1::OPPORTUNITY_KIND_RENEWAL:
      return "renewal";
    case v1::OPPORTUNITY_KIND_UPSELL:
      return "upsell";
    default:
      return "new";
  }
}

void PublishCreated(postgres::Transaction& tx, const v1::Opportunity& stored) {
  v1::OpportunityCreated created;
  created.set_id(stored.id());
  created.set_revision(stored.revision());
  created.set_account_id(stored.account_id());
  created.set_owner_id(stored.owner_id());
  created.set_stage(stored.stage());
  created.set_kind(KindText(stored.kind()));
  events::Append(tx, created, {.source_version = stored.revision()});
}

void AppendValue(postgres::Transaction& tx, const v1::Opportunity& stored) {
  const std::optional<Money> value = DealOf(stored).value;
  std::optional<std::string> currency;
  if (value) currency = value->currency().ToString();
  std::optional<int64_t> minor;
  if (value) minor = value->minor();
  tx.Run(sql::insert_opportunity_value, ids::NewUuid(), IdOrNull("opp", stored.id()),
         IdOrNull("acc", stored.account_id()), minor, currency, IdOrNull("quo", stored.quote_id()),
         IdOrNull("ord", stored.order_id()), tx.now());
}

}  // namespace

domain::Deal DealOf(const v1::Opportunity& opportunity) {
  domain::Deal deal{.id = ids::OpportunityId::Parse(opportunity.id()).value(),
                    .status = StatusOf(opportunity.status())};
  if (!opportunity.quote_id().empty()) {
    deal.quote = ids::QuoteId::Parse(opportunity.quote_id()).value();
  }
  if (!opportunity.order_id().empty()) {
    deal.order = ids::OrderId::Parse(opportunity.order_id()).value();
  }
  if (opportunity.has_value()) {
    deal.value = Money::Parse(opportunity.value().amount(), opportunity.value().currency()).value();
  }
  return deal;
}

Result<std::optional<Money>> ValueOf(const v1::Opportunity& opportunity) {
  if (!opportunity.has_value()) return std::nullopt;
  const Result<Money> value =
      Money::Parse(opportunity.value().amount(), opportunity.value().currency());
  if (!value) {
    return Invalid("/value/amount", "NOT_AN_AMOUNT",
                   "It is no amount of " + opportunity.value().currency() +
                       ". Use the currency's number of places.");
  }
  if (value->Sign() < 0) {
    return Invalid("/value/amount", "OUT_OF_RANGE", "A deal is worth zero or more.");
  }
  return *value;
}

Result<void> CheckContactOf(postgres::Transaction& tx, const std::string& account_id,
                            const std::string& contact_id) {
  if (contact_id.empty()) return {};
  const Result<v1::Contact> contact = Load<v1::Contact>(tx, kContact, contact_id);
  if (contact && contact->account_id() == account_id) return {};
  return Invalid("/contact_id", "REFERENCE_NOT_FOUND",
                 "The account has no such contact. Check the id.");
}

Result<std::optional<v1::Opportunity>> InsertOpportunity(postgres::Transaction& tx,
                                                         v1::Opportunity opportunity) {
  ASSIGN_OR_RETURN(const v1::Pipeline pipeline, ChoosePipeline(tx, opportunity.pipeline_id()));
  ASSIGN_OR_RETURN(const std::string stage,
                   domain::ChooseStage(StageCodes(pipeline), opportunity.stage()));
  ASSIGN_OR_RETURN(const std::optional<Money> value, ValueOf(opportunity));
  RETURN_IF_FAULT(CheckContactOf(tx, opportunity.account_id(), opportunity.contact_id()));
  opportunity.set_stage(stage);
  if (!opportunity.kind()) opportunity.set_kind(v1::OPPORTUNITY_KIND_NEW);
  std::optional<int64_t> minor;
  std::optional<std::string> currency;
  if (value) minor = value->minor();
  if (value) currency = value->currency().ToString();
  const postgres::Rows inserted =
      tx.Run(sql::insert_opportunity, IdOrNull("opp", opportunity.id()),
             postgres::Json{Document(opportunity)}, IdOrNull("acc", opportunity.account_id()),
             IdOrNull("pipe", pipeline.id()), minor, currency,
             IdOrNull("usr", opportunity.owner_id()), IdOrNull("con", opportunity.contact_id()),
             tx.now());
  if (inserted.affected() == 0) return std::nullopt;
  ASSIGN_OR_RETURN(v1::Opportunity stored,
                   Load<v1::Opportunity>(tx, kOpportunity, opportunity.id()));
  PublishCreated(tx, stored);
  if (value) AppendValue(tx, stored);
  return stored;
}

void RecordValue(postgres::Transaction& tx, const v1::Opportunity& before,
                 const v1::Opportunity& after) {
  if (DealOf(before).value == DealOf(after).value) return;
  AppendValue(tx, after);
  v1::OpportunityValueChanged changed;
  changed.set_id(after.id());
  changed.set_revision(after.revision());
  changed.set_account_id(after.account_id());
  changed.set_quote_id(after.quote_id());
  if (before.has_value()) *changed.mutable_from_value() = before.value();
  if (after.has_value()) *changed.mutable_to_value() = after.value();
  events::Append(tx, changed, {.source_version = after.revision()});
}

}  // namespace continuo::crm::app
