// The two transactions around sending: deliveries that are due are claimed, and what came of each
// attempt is recorded.
//
// A claim is for a while: what a killed process had claimed comes back by itself. The receiver may
// then get it twice, under one webhook-id. An attempt is logged whatever happened to the claim; it
// moves the delivery only while the claim is still the sender's.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/calendar/zone.h"
#include "libs/ids/uuid.h"
#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}

namespace continuo::webhooks::app {

struct App;

// Longer than an attempt and its recording take, so that only what was lost comes back.
inline constexpr std::chrono::seconds kClaimTerm{30};

struct ClaimedDelivery {
  std::string delivery_id;
  int64_t claim = 0;
  std::string endpoint_id;
  int number = 0;        // of this attempt, from the first ever made
  int round_number = 0;  // of this attempt in the retry schedule
  std::string url;
  std::vector<std::string> secrets;  // whsec_ and whsk_, the newest first
  std::string event_id;
  std::string body;  // CloudEvents in JSON
};

struct Capacity {
  std::map<std::string, int> sending;  // endpoint -> how many of this process
  int per_endpoint = 0;
  int in_all = 0;  // free places
};
Result<std::vector<ClaimedDelivery>> Claim(const App& app, const rpc::Call& call,
                                           const Capacity& capacity);

struct Header {
  std::string name;
  std::string value;
};
using Headers = std::vector<Header>;

struct Attempt {
  // Made with it, so that it is logged once however often it is recorded.
  ids::Uuid id = ids::NewUuid();
  ClaimedDelivery delivery;
  calendar::Instant started_at;
  std::chrono::milliseconds duration{0};
  int http_status = 0;  // 0: no answer
  std::string error;    // why there was none
  std::optional<std::chrono::seconds> retry_after;
  Headers request_headers{};
  Headers response_headers{};
};
// Safe to repeat, as after a COMMIT whose answer was lost. Also holds back endpoints that are busy,
// and disables those that are gone or have failed for too long. `chance` in [0, 1) spreads the next
// attempts.
Result<void> Record(const App& app, const rpc::Call& call, const std::vector<Attempt>& attempts,
                    double chance);

// What was claimed and will not be sent: others may have it at once.
Result<void> Release(const App& app, const rpc::Call& call,
                     const std::vector<ClaimedDelivery>& deliveries);

}  // namespace continuo::webhooks::app
