// One event of any service comes into the feed, still without a position.
#pragma once

#include "libs/events/consumers.h"

namespace continuo::webhooks::app {

// Internal events are passed over. One of a type that this release does not know waits until a
// release does: only then can it be told whether it may be shown.
events::Outcome TakeEvent(postgres::Transaction& tx, const events::Event& event);

}  // namespace continuo::webhooks::app
