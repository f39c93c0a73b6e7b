#include "services/webhooks/app/feed.h"

#include <algorithm>
#include <charconv>

#include "continuo/webhooks/v1/event.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/event_catalogue.h"
#include "services/webhooks/app/event_message.h"
#include "services/webhooks/app/feed_waiters.h"
#include "services/webhooks/domain/event_types.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

constexpr int kLimitDefault = 25;
constexpr int kLimitMax = 100;
// Before the call's deadline, for a last look.
constexpr std::chrono::seconds kAnswerTime{2};

Result<int64_t> StartOf(const v1::ListEventsRequest& request) {
  const std::string& cursor = request.cursor();
  if (cursor.empty()) return request.after();
  int64_t position = 0;
  const auto [end, error] =
      std::from_chars(cursor.data(), cursor.data() + cursor.size(), position);
  if (error == std::errc() && end == cursor.data() + cursor.size() && position >= 0) {
    return position;
  }
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "INVALID_CURSOR",
                       .message = "The cursor is not one of this list. Give the next_cursor of an "
                                  "answer, or the position of an event as `after`."});
}

// What the caller may read of, less what they did not ask for.
Result<std::vector<std::string>> TypesFor(const rpc::Call& call,
                                          const v1::ListEventsRequest& request) {
  const std::vector<std::string> patterns(request.type().begin(), request.type().end());
  for (const std::string& pattern : patterns) {
    if (domain::IsPattern(pattern)) continue;
    return Invalid("type", "INVALID_FORMAT",
                   "Give a type (invoice.issued), the beginning of some (invoice.*), or *.");
  }
  std::vector<std::string> types = ReadableTypes(call.principal);
  if (!patterns.empty()) {
    std::erase_if(types, [&](const auto& type) { return !domain::MatchesAny(patterns, type); });
  }
  return types;
}

// The call is run again when the feed has grown, or its time is over; unless no seat is free.
void WaitForMore(const App& app, const rpc::Call& call, int seconds, int64_t seen) {
  const auto until = std::min(call.notes->received + std::chrono::seconds(seconds),
                              call.deadline - kAnswerTime);
  if (app.waiters == nullptr || until <= std::chrono::steady_clock::now()) return;
  call.notes->park = app.waiters->Seat(seen, until);
}

}  // namespace

Result<v1::Event> GetEvent(const App& app, const rpc::Call& call,
                           const v1::GetEventRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::Event> {
    const postgres::Rows found = tx.Run(sql::select_event, IdOrNull("evt", request.id()),
                                        ReadableTypes(call.principal));
    if (found.empty()) return NotFound("event", request.id());
    return EventFrom(found.front());
  });
}

Result<v1::ListEventsResponse> ListEvents(const App& app, const rpc::Call& call,
                                          const v1::ListEventsRequest& request) {
  ASSIGN_OR_RETURN(const int64_t after, StartOf(request));
  ASSIGN_OR_RETURN(const auto types, TypesFor(call, request));
  if (request.limit() < 0) {
    return Invalid("limit", "OUT_OF_RANGE", "The limit is from 1 to 100; 25 when it is left out.");
  }
  // Before the feed is read: what comes into it from here on is not waited for.
  const auto seen = app.waiters == nullptr ? 0 : app.waiters->seen();
  const int limit = request.limit() == 0 ? kLimitDefault : std::min(request.limit(), kLimitMax);
  const auto read = [&](Transaction& tx) -> Result<v1::ListEventsResponse> {
    v1::ListEventsResponse response;
    // First: what comes between the two is behind it and will be read.
    response.set_head(std::string(tx.Run(sql::select_feed_head).front().Text("position")));
    for (const postgres::Row row : tx.Run(sql::select_events, after, types,
                                          IdOrNull("acc", request.account_id()), limit + 1)) {
      response.set_has_more(response.data_size() == limit);
      if (!response.has_more()) *response.add_data() = EventFrom(row);
    }
    if (response.has_more()) response.set_next_cursor(response.data(limit - 1).position());
    return response;
  };
  ASSIGN_OR_RETURN(const v1::ListEventsResponse response, app.database.Read(call, read));
  if (response.data_size() == 0) WaitForMore(app, call, request.wait(), seen);
  return response;
}

}  // namespace continuo::webhooks::app
