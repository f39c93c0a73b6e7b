// Looks after a service's event log as its owner: who lags behind in taking it, and which months may go.
//
//   EventLogKeeper keeper({.service = "billing", .keep_months = 24}, database, peers, metrics);
//   keeper.Round();   // now and then
//
// Each round asks every service of the deployment how far it is. continuo_event_log_untaken_events{service,
// consumer} is what a consumer has not taken yet; where one stands still from round to round with events
// before it, the log says so. Months are archived (libs/events/archive.h) only when every service has
// answered: one that is away may be the one that has not taken them.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/events/archive.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::runtime {

class Metrics;

struct EventLogKeeperConfig {
  std::string service;
  int keep_months = 0;  // 0: nothing is archived
};

class EventLogKeeper {
 public:
  // The references outlive the keeper.
  EventLogKeeper(EventLogKeeperConfig config, postgres::Database& database, rpc::Peers& peers,
                 Metrics& metrics);
  ~EventLogKeeper();

  // How many months were archived.
  Result<size_t> Round();

 private:
  // Of one consumer, over all of our streams that it takes.
  struct Lag {
    std::atomic<int64_t> untaken{0};
    int64_t taken = 0;
  };
  using Positions = std::map<events::Stream, int64_t>;

  Result<Positions> Emitted();
  void Note(const std::string& consumer, const Positions& emitted, const Positions& taken);
  Result<size_t> Archive(const Positions& slowest);
  void Tell(const std::vector<events::OldMonth>& months);

  const EventLogKeeperConfig config_;
  postgres::Database& database_;
  rpc::Peers& peers_;
  Metrics& metrics_;
  std::map<std::string, std::unique_ptr<Lag>> lags_;
  std::atomic<int64_t> held_{0};  // months that are old enough and stay
};

}  // namespace continuo::runtime
