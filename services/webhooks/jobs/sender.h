// The service's own loop: places events in the feed, works off recoveries, sends what is due.
//
// Every replica runs it. They share the work by claims (app/send_deliveries.h), so none of them is
// needed and one that is killed is made up for by the others.
#pragma once

#include <functional>
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

  // One step that needs the database. A throw of it becomes a failure.
  template <class Do>
  auto Try(const Do& step) -> decltype(step());
  void Pause();
  bool Place();
  void ClaimMore();
  void Gather();
  bool RecordEnded();
  void Take(std::vector<app::Attempt> ended);
  void Drain();
  void Count(const app::Attempt& attempt);
  // False, told once until it works again: the database or a peer is away.
  bool Told(const Result<void>& result);

  const app::App& app_;
  HttpSender http_;
  std::vector<app::Attempt> ended_;  // not recorded yet
  Time look_at_{};                   // for what nobody has signalled: what has fallen due
  bool in_trouble_ = false;
  std::minstd_rand random_{std::random_device()()};
  runtime::Counter& delivered_;
  runtime::Counter& failed_;
  runtime::Histogram& duration_;
};

}  // namespace continuo::webhooks::jobs
