// The process's Prometheus metrics, as text for /metrics.
//
// Names are continuo_<what>_<unit>; labels are bounded (services, route templates, RPC names), never
// ids. Handles are looked up once and kept: an increment is a few nanoseconds.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

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

}  // namespace continuo::runtime
