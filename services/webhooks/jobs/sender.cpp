#include "services/webhooks/jobs/sender.h"

#include <thread>

#include "libs/events/signals.h"
#include "libs/ids/kinds.h"
#include "libs/rpc/call.h"
#include "libs/runtime/log.h"
#include "libs/runtime/metrics.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/place_events.h"
#include "services/webhooks/domain/retry_schedule.h"

namespace continuo::webhooks::jobs {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Of one process. Each needs a socket; with `kInAllMax` hundreds of endpoints may hang at once, one
// request each, since one that fails gets one at a time.
constexpr int kInAllMax = 512;
constexpr int kPerEndpointMax = 8;
constexpr milliseconds kLook{1'000};       // what falls due is found so late at most
constexpr milliseconds kWhileSending{50};  // signals are heard so late at most
constexpr std::size_t kBusy = 64;
constexpr std::size_t kBatch = 192;
constexpr milliseconds kGather{10};
constexpr milliseconds kTrouble{1'000};
// Short, so that the loop ends in time when it is told to and its database is away.
constexpr milliseconds kTransaction{5'000};
constexpr milliseconds kDrain{2'000};

rpc::Call NewCall() {
  auto call = rpc::Call::AsService("webhooks", ids::RequestId::New().ToString());
  call.deadline = steady_clock::now() + kTransaction;
  // The attempts are the record of what was sent; that an endpoint is disabled is audited.
  call.work = {.name = "job.send_deliveries", .keeps_own_record = true};
  return call;
}

Result<void> Void(const Result<bool>& result) {
  if (result) return {};
  return Failure(result.error());
}

runtime::Counter& AttemptsTotal(runtime::Metrics& metrics, const std::string& outcome) {
  return metrics.CounterOf("continuo_webhook_attempts_total", "Webhooks sent, by outcome.",
                           {{"outcome", outcome}});
}

}  // namespace

Sender::Sender(const app::App& app, runtime::Metrics& metrics)
    : app_(app),
      http_({.sandbox = app.sandbox}),
      delivered_(AttemptsTotal(metrics, "delivered")),
      failed_(AttemptsTotal(metrics, "failed")),
      duration_(metrics.DurationOf("continuo_webhook_attempt_seconds",
                                   "From looking up an endpoint's name to the end of its answer.",
                                   {})) {}

void Sender::Run(const std::function<bool()>& stopping) {
  events::Waiter waiter({app::kFeedSignal, app::kDeliverySignal});
  while (!stopping()) {
    if (!waiter.Wait(http_.size() > 0 ? steady_clock::now() : look_at_).empty()) look_at_ = {};
    Step(kWhileSending);
    if (in_trouble_) Pause();
  }
  Drain();
}

// The database gets a while to come back; what is under way goes on.
void Sender::Pause() {
  const auto until = steady_clock::now() + kTrouble;
  while (http_.size() > 0 && steady_clock::now() < until) Take(http_.Poll(kWhileSending));
  std::this_thread::sleep_until(until);
}

// However long the database takes, an answer that came in time is not taken for none; and whatever
// it throws, the attempts that have ended are kept.
template <class Do>
auto Sender::Try(const Do& step) -> decltype(step()) {
  Take(http_.Poll(milliseconds(0)));
  try {
    return step();
  } catch (const std::exception& error) {
    return Internal(error.what());
  }
}

void Sender::Step(milliseconds wait) {
  if (steady_clock::now() >= look_at_) {
    look_at_ = steady_clock::now() + kLook;
    // Again at once where there was more than a slice.
    if (Place()) look_at_ = {};
    ClaimMore();
  }
  Take(http_.Poll(wait));
  Gather();
  // What became free, or next in an ordered endpoint's line.
  if (RecordEnded()) look_at_ = {};
}

// While much is under way a few milliseconds' answers are recorded together, and as many deliveries
// claimed: what a transaction costs is then shared by many.
void Sender::Gather() {
  const auto until = steady_clock::now() + kGather;
  while (http_.size() >= kBusy && ended_.size() < kBatch && steady_clock::now() < until) {
    Take(http_.Poll(milliseconds(1)));
  }
}

bool Sender::Place() {
  const auto placed = Try([&] { return app::PlaceEvents(app_.database, NewCall()); });
  const auto recovered = Try([&] { return app::RecoverSlice(app_.database, NewCall()); });
  return Told(Void(placed)) && Told(Void(recovered)) && (*placed || *recovered);
}

void Sender::ClaimMore() {
  const int free = kInAllMax - static_cast<int>(http_.size());
  if (free <= 0 || !ended_.empty()) return;
  auto claimed = Try([&] {
    return app::Claim(app_, NewCall(), {http_.sending(), kPerEndpointMax, free});
  });
  if (!claimed) {
    Told(Failure(claimed.error()));
    return;
  }
  for (app::ClaimedDelivery& delivery : *claimed) http_.Start(std::move(delivery));
}

void Sender::Take(std::vector<app::Attempt> ended) {
  for (app::Attempt& attempt : ended) {
    Count(attempt);
    ended_.push_back(std::move(attempt));
  }
}

void Sender::Count(const app::Attempt& attempt) {
  const bool delivered = domain::Judge(attempt.http_status) == domain::Verdict::kDelivered;
  (delivered ? delivered_ : failed_).Add();
  duration_.Observe(std::chrono::duration<double>(attempt.duration).count());
}

// What cannot be recorded is kept for the next round; nothing new is taken until then.
bool Sender::RecordEnded() {
  if (ended_.empty()) return false;
  const double chance = std::uniform_real_distribution<double>(0, 1)(random_);
  const auto recorded = Try([&] { return app::Record(app_, NewCall(), ended_, chance); });
  if (!Told(recorded)) return false;
  ended_.clear();
  return true;
}

void Sender::Drain() {
  const auto until = steady_clock::now() + kDrain;
  while (http_.size() > 0 && steady_clock::now() < until) Take(http_.Poll(kWhileSending));
  RecordEnded();
  const auto abandoned = http_.Abandon();
  if (abandoned.empty()) return;
  Told(Try([&] { return app::Release(app_, NewCall(), abandoned); }));
}

bool Sender::Told(const Result<void>& result) {
  if (!result && !in_trouble_) {
    runtime::log::Warn("the webhooks' loop cannot go on and tries again",
                       {{"service", "webhooks"},
                        {"code", result.error().reason},
                        {"detail", result.error().message}});
  }
  in_trouble_ = !result;
  return result.has_value();
}

}  // namespace continuo::webhooks::jobs
