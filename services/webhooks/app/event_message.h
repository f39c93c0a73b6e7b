// A row of the feed as CloudEvents 1.0, the same for readers of the feed and receivers of webhooks.
#pragma once

namespace continuo::postgres {
class Row;
}
namespace continuo::webhooks::v1 {
class Event;
}

namespace continuo::webhooks::app {

// The row has the columns of select_events.
v1::Event EventFrom(const postgres::Row& row);

}  // namespace continuo::webhooks::app
