#include "services/webhooks/app/take_event.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "libs/events/signals.h"
#include "libs/json/read.h"
#include "libs/postgres/transaction.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/event_catalogue.h"
#include "services/webhooks/domain/subscription.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {
namespace {

// The division that the data names; empty where it has none.
Result<std::string> DivisionOf(const events::Event& event, const EventType& type) {
  const auto* field = type.data->FindFieldByName("division_id");
  if (field == nullptr) return std::string();
  const auto* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type.data);
  const std::unique_ptr<google::protobuf::Message> data(prototype->New());
  RETURN_IF_FAULT(json::ReadMessage(event.data, data.get(), json::Direction::kStored));
  return data->GetReflection()->GetString(*data, field);
}

}  // namespace

events::Outcome TakeEvent(postgres::Transaction& tx, const events::Event& event) {
  const EventType* type = FindType(event.type);
  if (type == nullptr) return events::Wait{"a release that knows " + event.type};
  if (type->internal) return events::Done{};
  ASSIGN_OR_RETURN(const std::string division_id, DivisionOf(event, *type));
  tx.Run(sql::insert_feed_event, postgres::IdOrNull("evt", event.event_id), event.topic,
         event.type, event.subject, event.source_version, event.key, event.data,
         event.traceparent, postgres::IdOrNull("acc", event.account_id),
         postgres::IdOrNull("div", division_id), domain::OfManyDivisions(event.type),
         event.known_at);
  tx.OnCommit([] { events::Raise(kFeedSignal); });
  return events::Done{};
}

}  // namespace continuo::webhooks::app
