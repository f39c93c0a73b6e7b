#include "libs/runtime/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <vector>

namespace continuo::runtime {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds{0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01,
                                                       0.025,  0.05,   0.1,   0.25,  0.5,   1,
                                                       2.5,    5,      10,    30};

struct PrometheusCounter final : Counter {
  explicit PrometheusCounter(prometheus::Counter& counter) : counter(counter) {}
  void Add(double amount) override { counter.Increment(amount); }
  prometheus::Counter& counter;
};

struct PrometheusHistogram final : Histogram {
  explicit PrometheusHistogram(prometheus::Histogram& histogram) : histogram(histogram) {}
  void Observe(double seconds) override { histogram.Observe(seconds); }
  prometheus::Histogram& histogram;
};

}  // namespace

struct Metrics::Implementation {
  using Key = std::pair<std::string, Labels>;
  struct ReadGauge {
    prometheus::Gauge* gauge;
    std::function<double()> read;
  };

  struct ReadTotal {
    prometheus::Counter* counter;
    std::function<double()> read;
  };

  // Under the lock.
  prometheus::Family<prometheus::Counter>& CounterFamily(const std::string& name,
                                                         const std::string& help) {
    auto& family = counter_families[name];
    if (family == nullptr) {
      family = &prometheus::BuildCounter().Name(name).Help(help).Register(registry);
    }
    return *family;
  }

  std::mutex mutex;
  prometheus::Registry registry;
  std::map<std::string, prometheus::Family<prometheus::Counter>*> counter_families;
  std::map<std::string, prometheus::Family<prometheus::Histogram>*> histogram_families;
  std::map<std::string, prometheus::Family<prometheus::Gauge>*> gauge_families;
  std::map<Key, std::unique_ptr<Counter>> counters;
  std::map<Key, std::unique_ptr<Histogram>> histograms;
  std::vector<ReadGauge> gauges;
  std::vector<ReadTotal> totals;
};

Metrics::Metrics() : implementation_(std::make_unique<Implementation>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::CounterOf(const std::string& name, const std::string& help,
                            const Labels& labels) {
  auto& self = *implementation_;
  std::lock_guard lock(self.mutex);
  auto& counter = self.counters[{name, labels}];
  if (counter) return *counter;
  counter = std::make_unique<PrometheusCounter>(self.CounterFamily(name, help).Add(labels));
  return *counter;
}

Histogram& Metrics::DurationOf(const std::string& name, const std::string& help,
                               const Labels& labels) {
  auto& self = *implementation_;
  std::lock_guard lock(self.mutex);
  auto& histogram = self.histograms[{name, labels}];
  if (histogram) return *histogram;
  auto& family = self.histogram_families[name];
  if (family == nullptr) {
    family = &prometheus::BuildHistogram().Name(name).Help(help).Register(self.registry);
  }
  histogram = std::make_unique<PrometheusHistogram>(family->Add(labels, kSeconds));
  return *histogram;
}

void Metrics::Total(const std::string& name, const std::string& help, const Labels& labels,
                    std::function<double()> read) {
  auto& self = *implementation_;
  std::lock_guard lock(self.mutex);
  self.totals.push_back({&self.CounterFamily(name, help).Add(labels), std::move(read)});
}

void Metrics::Gauge(const std::string& name, const std::string& help, const Labels& labels,
                    std::function<double()> read) {
  auto& self = *implementation_;
  std::lock_guard lock(self.mutex);
  auto& family = self.gauge_families[name];
  if (family == nullptr) {
    family = &prometheus::BuildGauge().Name(name).Help(help).Register(self.registry);
  }
  self.gauges.push_back({&family->Add(labels), std::move(read)});
}

std::string Metrics::Text() {
  auto& self = *implementation_;
  std::lock_guard lock(self.mutex);
  for (auto& gauge : self.gauges) gauge.gauge->Set(gauge.read());
  for (auto& total : self.totals) total.counter->Increment(total.read() - total.counter->Value());
  return prometheus::TextSerializer().Serialize(self.registry.Collect());
}

}  // namespace continuo::runtime
