// Writing the journal. Each entry within one division, or in none; posted on its own day, or on the
// first day that is still open.
#pragma once

#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/result/result.h"
#include "services/revenue/domain/posting.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::revenue::app {

struct NewEntry {
  ids::AccountId account_id;
  std::optional<ids::DivisionId> division_id;
  std::string kind;  // "invoice"
  ids::Uuid source;
  std::optional<ids::Uuid> invoice_id;
  std::optional<ids::Uuid> payment_id;
  calendar::Date effective_on;
  domain::Posting posting;  // one without lines is not written
};

// Locks the books of the divisions. What was posted before must have been looked for.
void WriteJournal(postgres::Transaction& tx, const std::vector<NewEntry>& entries);
// Whether something was posted for the source.
bool IsPosted(postgres::Transaction& tx, std::string_view kind, const ids::Uuid& source);

}  // namespace continuo::revenue::app
