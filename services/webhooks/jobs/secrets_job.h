// Deletes secrets that were replaced. The wall clock says which; a test clock need not come to it.
#pragma once

namespace continuo::postgres {
class Database;
}
namespace continuo::runtime {
class Jobs;
}

namespace continuo::webhooks::jobs {

void ForgetSecrets(runtime::Jobs& jobs, postgres::Database& database);

}  // namespace continuo::webhooks::jobs
