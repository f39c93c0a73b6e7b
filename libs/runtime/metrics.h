// The process's Prometheus metrics, as text for /metrics.
//
// Names are continuo_<what>_<unit>; labels are bounded (services, route templates, RPC names), never
// ids. Handles are looked up once and kept: an increment is a few nanoseconds.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <tuple>
#include <utility>

namespace continuo::runtime {

class Counter {
 public:
  virtual ~Counter() = default;
  virtual void Add(double amount = 1) = 0;
};
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void Observe(double seconds) = 0;
};

class Metrics {
 public:
  using Labels = std::map<std::string, std::string>;

  Metrics();
  ~Metrics();

  Counter& CounterOf(const std::string& name, const std::string& help, const Labels& labels);
  // Buckets for durations from 0.2 ms to 30 s.
  Histogram& DurationOf(const std::string& name, const std::string& help, const Labels& labels);
  // A counter that is kept elsewhere and never goes back: `read` is asked at each scrape.
  void Total(const std::string& name, const std::string& help, const Labels& labels,
             std::function<double()> read);
  // `read` is asked at each scrape.
  void Gauge(const std::string& name, const std::string& help, const Labels& labels,
             std::function<double()> read);

  std::string Text();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

// The histograms of a family by what is at hand in a hot path (a route and a status, an operation
// and an error code), so that its labels are spelled once for each and not at every observation.
//
//   DurationsBy<const Route*, int> durations([&](const Route* route, int status) -> Histogram& {
//     return metrics.DurationOf(kName, kHelp, {{"route", route->path}, ...});
//   });
//   durations.Of(route, 200).Observe(seconds);
template <class... Key>
class DurationsBy {
 public:
  explicit DurationsBy(std::function<Histogram&(const Key&...)> make) : make_(std::move(make)) {}

  Histogram& Of(const Key&... key) {
    const std::tuple<Key...> at(key...);
    {
      const std::shared_lock lock(mutex_);
      const auto found = known_.find(at);
      if (found != known_.end()) return *found->second;
    }
    Histogram& made = make_(key...);
    const std::unique_lock lock(mutex_);
    known_.emplace(at, &made);
    return made;
  }

 private:
  const std::function<Histogram&(const Key&...)> make_;
  std::shared_mutex mutex_;
  std::map<std::tuple<Key...>, Histogram*> known_;
};

}  // namespace continuo::runtime
