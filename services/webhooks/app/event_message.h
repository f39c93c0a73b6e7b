// A row of the feed as CloudEvents 1.0, for readers of the feed and for receivers of webhooks alike.
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
