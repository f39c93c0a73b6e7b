// Makes an event that has no position yet count as work that is due: the test clock is not ready
// before the feed is whole. The sender's loop places events sooner; this is the same slice.
#pragma once

namespace continuo::postgres {
class Database;
}
namespace continuo::runtime {
class Jobs;
}

namespace continuo::webhooks::jobs {

void PlaceEvents(runtime::Jobs& jobs, postgres::Database& database);

}  // namespace continuo::webhooks::jobs
