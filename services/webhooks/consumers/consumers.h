// Everything that every service publishes comes into the feed.
#pragma once

namespace continuo::events {
class Consumers;
}

namespace continuo::webhooks::consumers {

void FollowEverything(events::Consumers& consumers);

}  // namespace continuo::webhooks::consumers
