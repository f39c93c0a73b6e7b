// The service's own loop: places events in the feed, works off recoveries, sends what is due.
//
// One thread watches all connections; beside it at most one transaction at a time is under way, so that
// neither waits for the other. Every replica runs it. They share the work by claims (app/send_deliveries.h), so none of them is
// needed and one that is killed is made up for by the others.
#pragma once

#include <functional>
#include <future>
#include <random>
#include <string>
#include <vector>

#include "services/webhooks/app/send_deliveries.h"
#include "services/webhooks/jobs/http_sender.h"

namespace continuo::runtime {
class Counter;
class Histogram;
class Metrics;
}  // namespace continuo::runtime

namespace continuo::webhooks::jobs {

class Sender {
 public:
  Sender(const app::App& app, runtime::Metrics& metrics);

  // Until `stopping`; then what is under way gets two seconds to end.
  void Run(const std::function<bool()>& stopping);
  // One round: waits at most so long where nothing is under way or due.
  void Step(std::chrono::milliseconds wait);

 private:
  using Time = std::chrono::steady_clock::time_point;

  // One look at the database, on a thread of its own, while what is under way goes on: what has ended
  // is recorded, events are placed, recoveries worked off, deliveries claimed.
  struct Round {
    std::vector<app::Attempt> attempts;
    app::Capacity capacity;
    double chance = 0;
    bool look = false;

    bool recorded = false;
    bool more = false;  // than a slice
    std::vector<app::ClaimedDelivery> claimed;
    Result<void> outcome;
  };

  Round Play(Round round);
  void Look(Round* round);
  bool IsTimeForRound() const;
  void StartRound();
  void FinishRound();
  void Pause();
  void Take(std::vector<app::Attempt> ended);
  void Drain();
  void Count(const app::Attempt& attempt);
  // False, told once until it works again: the database or a peer is away.
  bool Told(const Result<void>& result);

  const app::App& app_;
  HttpSender http_;
  std::vector<app::Attempt> ended_;  // not recorded yet
  Time look_at_{};                   // for what nobody has signalled: what has fallen due
  Time round_ended_{};
  std::future<Round> round_;         // valid while one is played
  bool in_trouble_ = false;
  std::minstd_rand random_{std::random_device()()};
  runtime::Counter& delivered_;
  runtime::Counter& failed_;
  runtime::Histogram& duration_;
};

}  // namespace continuo::webhooks::jobs
