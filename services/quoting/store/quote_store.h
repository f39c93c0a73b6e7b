// Quotes in the database, as the domain edits them.
//
//   ASSIGN_OR_RETURN(StoredQuote stored, LockQuote(tx, request.id()));
//   ... change stored.quote, raise its revision ...
//   SaveQuote(tx, stored);
//   RecordRevision(tx, stored.quote, {.action = "update", .changes = difference});
//
// LockQuote takes the quote's row until the end of the transaction; everything else here is for its
// holder. What the API shows is read with the select_ statements instead.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"
#include "services/quoting/domain/content.h"
#include "services/quoting/domain/demand.h"
#include "services/quoting/domain/quote.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::quoting::store {

struct StoredQuote {
  domain::Quote quote;
  std::set<ids::QuoteLineId> stored_lines;
  std::string content_hash;
  std::string metadata_json = "{}";
  std::optional<ids::OrderId> order_id;
};

Result<StoredQuote> LockQuote(postgres::Transaction& tx, const std::string& id_text);
Result<StoredQuote> LockQuote(postgres::Transaction& tx, const ids::QuoteId& id);

// The same without holding it: to read, or to copy.
Result<StoredQuote> LoadQuote(postgres::Transaction& tx, const ids::QuoteId& id);

// The first row; SaveQuote completes it.
void InsertQuote(postgres::Transaction& tx, const domain::Quote& quote,
                 const std::string& created_by);
// The header, the totals and all lines, as they are now.
void SaveQuote(postgres::Transaction& tx, const StoredQuote& stored);
// The same without the lines, for actions that leave them alone.
void SaveHeader(postgres::Transaction& tx, const StoredQuote& stored);

struct Revision {
  std::string action;  // "create", "update", "change_lines", "submit", ...
  std::string reason;
  domain::Difference changes;
  // A point of the trajectory: a quantity, a price or a first day changed.
  bool is_point = false;
};
void RecordRevision(postgres::Transaction& tx, const domain::Quote& quote,
                    const Revision& revision);

// The current version as it is submitted; `quote_json` is the quote as the API shows it.
void RecordVersion(postgres::Transaction& tx, const StoredQuote& stored,
                   const std::string& quote_json);
struct SubmittedVersion {
  int version = 0;
  std::string content_hash;
};
// The version, or the last one that was submitted before it.
std::optional<SubmittedVersion> FindVersion(postgres::Transaction& tx, const ids::QuoteId& quote_id,
                                            int version);
// How far the quote's current version came: its status. Nothing where it was never submitted.
void SetOutcome(postgres::Transaction& tx, const domain::Quote& quote, const std::string& reason);

// What is asked now, and whether it is the most so far.
void FollowDemand(postgres::Transaction& tx, const domain::Quote& quote);
struct KnownDemand {
  std::vector<domain::Demand> demands;
  std::map<ids::ProductId, std::string> product_codes;
};
KnownDemand LoadDemand(postgres::Transaction& tx, const ids::QuoteId& quote_id);

// JSON {"path": {"from": ..., "to": ...}}, the values as JSON text.
std::string ToJson(const domain::Difference& difference);

// A zone by its name; it was checked when it was stored.
calendar::Zone ZoneOf(const std::string& name);

}  // namespace continuo::quoting::store
