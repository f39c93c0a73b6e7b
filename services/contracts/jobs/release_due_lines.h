// Releases lines at the start of their release day, in their contract's zone.
#pragma once

namespace continuo::postgres {
class Database;
}
namespace continuo::runtime {
class Jobs;
}

namespace continuo::contracts::jobs {

void ReleaseDueLines(runtime::Jobs& jobs, postgres::Database& database);

}  // namespace continuo::contracts::jobs
