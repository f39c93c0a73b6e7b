#include "services/webhooks/consumers/consumers.h"

#include <set>

#include "libs/events/consumers.h"
#include "services/webhooks/app/event_catalogue.h"
#include "services/webhooks/app/take_event.h"

namespace continuo::webhooks::consumers {

// Its own topic too: an endpoint that is disabled is news for others. Audit topics are internal,
// and not among these.
void FollowEverything(events::Consumers& consumers) {
  std::set<std::string> topics;
  for (const app::EventType& type : app::EventTypes()) {
    if (!type.internal) topics.insert(type.topic);
  }
  for (const std::string& topic : topics) consumers.OnTopic(topic, app::TakeEvent);
}

}  // namespace continuo::webhooks::consumers
