#include "services/webhooks/jobs/sender.h"

#include <algorithm>
#include <iterator>
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
  return call;
}

// Whatever the database throws is a failure, and the loop goes on.
template <class Do>
auto Try(const Do& step) -> decltype(step()) {
  try {
    return step();
  } catch (const std::exception& error) {
    return Internal(error.what());
  }
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
    const bool busy = http_.size() > 0 || round_.valid();
    if (!waiter.Wait(busy ? steady_clock::now() : look_at_).empty()) look_at_ = {};
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

// However long the database takes, an answer that came in time is not taken for none.
void Sender::Step(milliseconds wait) {
  if (IsTimeForRound()) StartRound();
  Take(http_.Poll(wait));
  if (!round_.valid()) return;
  if (http_.size() == 0) round_.wait();
  if (round_.wait_for(milliseconds(0)) == std::future_status::ready) FinishRound();
}

// While much is under way a few milliseconds' answers are recorded together, and as many deliveries
// claimed: what a transaction costs is then shared by many.
bool Sender::IsTimeForRound() const {
  const auto now = steady_clock::now();
  if (round_.valid()) return false;
  const bool shared = http_.size() >= kBusy && ended_.size() < kBatch &&
                      now < round_ended_ + kGather;
  return (now >= look_at_ || !ended_.empty()) && !shared;
}

void Sender::StartRound() {
  const auto now = steady_clock::now();
  Round round{.attempts = std::exchange(ended_, {}),
              .capacity = {http_.sending(), kPerEndpointMax,
                           kInAllMax - static_cast<int>(http_.size())},
              .chance = std::uniform_real_distribution<double>(0, 1)(random_),
              .look = now >= look_at_};
  if (round.look) look_at_ = now + kLook;
  round_ = std::async(std::launch::async, [this, round = std::move(round)]() mutable {
    round = Play(std::move(round));
    http_.Wake();
    return std::move(round);
  });
}

Sender::Round Sender::Play(Round round) {
  if (!round.attempts.empty()) {
    round.outcome =
        Try([&] { return app::Record(app_, NewCall(), round.attempts, round.chance); });
  }
  round.recorded = round.outcome.has_value();
  if (round.recorded) Look(&round);
  return round;
}

// What became free, or next in an ordered endpoint's line, is claimed after each recording too.
void Sender::Look(Round* round) {
  if (round->look) {
    const auto placed = Try([&] { return app::PlaceEvents(app_.database, NewCall()); });
    if (placed) round->more = *placed;
    const auto recovered = Try([&] { return app::RecoverSlice(app_.database, NewCall()); });
    if (recovered) round->more |= *recovered;
    round->outcome = placed ? Void(recovered) : Void(placed);
  }
  if (round->capacity.in_all <= 0) return;
  auto claimed = Try([&] { return app::Claim(app_, NewCall(), round->capacity); });
  if (claimed) round->claimed = *std::move(claimed);
  if (!claimed) round->outcome = Failure(claimed.error());
}

void Sender::FinishRound() {
  Round round = round_.get();
  round_ended_ = steady_clock::now();
  if (!round.recorded) {
    std::ranges::move(round.attempts, std::back_inserter(ended_));
  }
  // Again at once: there was more than a slice, or an ordered endpoint's next one may go.
  if (round.more || (round.recorded && !round.attempts.empty())) look_at_ = {};
  for (app::ClaimedDelivery& delivery : round.claimed) http_.Start(std::move(delivery));
  Told(round.outcome);
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

void Sender::Drain() {
  const auto until = steady_clock::now() + kDrain;
  std::vector<app::ClaimedDelivery> abandoned;
  if (round_.valid()) {
    Round round = round_.get();
    if (!round.recorded) std::ranges::move(round.attempts, std::back_inserter(ended_));
    abandoned = std::move(round.claimed);
  }
  while (http_.size() > 0 && steady_clock::now() < until) Take(http_.Poll(kWhileSending));
  std::ranges::move(http_.Abandon(), std::back_inserter(abandoned));
  const Round last = Play({.attempts = std::exchange(ended_, {})});
  Told(last.outcome);
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
