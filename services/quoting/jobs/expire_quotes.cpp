#include "services/quoting/jobs/expire_quotes.h"

#include "services/quoting/app/expire_quotes.h"

namespace continuo::quoting::jobs {

runtime::Job ExpireQuotes(const app::App& app) {
  return {.name = "expire_quotes",
          .next_due_at = [](postgres::Transaction& tx)
              -> Result<std::optional<calendar::Instant>> { return app::NextExpiry(tx); },
          .run_slice = [app](const rpc::Call& call) { return app::ExpireQuotes(app, call); }};
}

}  // namespace continuo::quoting::jobs
