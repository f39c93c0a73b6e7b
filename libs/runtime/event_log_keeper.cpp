#include "libs/runtime/event_log_keeper.h"

#include <algorithm>

#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/events/admin.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "libs/runtime/log.h"
#include "libs/runtime/metrics.h"

namespace continuo::runtime {
namespace {

using events::Stream;
using postgres::Transaction;

constexpr std::chrono::seconds kPatience{2};  // with a peer

rpc::Call NewCall(const std::string& service) {
  rpc::Call call = rpc::Call::AsService(service, "");
  call.deadline = std::chrono::steady_clock::now() + kPatience;
  return call;
}

}  // namespace

EventLogKeeper::EventLogKeeper(EventLogKeeperConfig config, postgres::Database& database,
                               rpc::Peers& peers, Metrics& metrics)
    : config_(std::move(config)), database_(database), peers_(peers), metrics_(metrics) {
  metrics_.Gauge("continuo_event_log_held_months",
                 "Months of the event log that should be archived and are not taken by all.",
                 {{"service", config_.service}}, [this] { return double(held_.load()); });
}

EventLogKeeper::~EventLogKeeper() = default;

Result<EventLogKeeper::Positions> EventLogKeeper::Emitted() {
  return database_.Work(NewCall(config_.service), [&](Transaction& tx) -> Result<Positions> {
    Positions emitted;
    for (const auto& stream : events::GetStatus(tx).emitted) {
      emitted[stream.stream] = stream.stamped_seq;
    }
    return emitted;
  });
}

Result<size_t> EventLogKeeper::Round() {
  ASSIGN_OR_RETURN(const Positions emitted, Emitted());
  Positions slowest;
  for (const std::string& consumer : peers_.services()) {
    // The gateway consumes nothing, and offers nothing.
    if (consumer == "gateway") continue;
    ASSIGN_OR_RETURN(const auto progress,
                     peers_.AskAt<v1::Progress>(
                         consumer, NewCall(config_.service),
                         "continuo.runtime.v1.RuntimeService/GetProgress", v1::GetProgressRequest()));
    Positions taken;
    for (const auto& [stream, seq] : emitted) {
      const auto& topics = progress.topics();
      if (std::find(topics.begin(), topics.end(), stream.topic) != topics.end()) taken[stream] = 0;
    }
    for (const auto& position : progress.consumed()) {
      const auto found = taken.find({position.topic(), position.partition()});
      if (found != taken.end()) found->second = position.seq();
    }
    if (taken.empty()) continue;
    Note(consumer, emitted, taken);
    for (const auto& [stream, seq] : taken) {
      const auto known = slowest.try_emplace(stream, seq).first;
      known->second = std::min(known->second, seq);
    }
  }
  if (config_.keep_months == 0) return size_t{0};
  return Archive(slowest);
}

void EventLogKeeper::Note(const std::string& consumer, const Positions& emitted,
                          const Positions& taken) {
  int64_t untaken = 0, taken_in_all = 0;
  for (const auto& [stream, seq] : taken) {
    untaken += std::max<int64_t>(0, emitted.at(stream) - seq);
    taken_in_all += seq;
  }
  auto& lag = lags_[consumer];
  if (!lag) {
    lag = std::make_unique<Lag>();
    metrics_.Gauge("continuo_event_log_untaken_events",
                   "Events of the service that the consumer has not taken yet.",
                   {{"service", config_.service}, {"consumer", consumer}},
                   [&lag = *lag] { return double(lag.untaken.load()); });
  } else if (lag->untaken > 0 && untaken > 0 && taken_in_all <= lag->taken) {
    log::Warn("a consumer does not take the service's events",
              {{"service", config_.service},
               {"consumer", consumer},
               {"untaken_events", std::to_string(untaken)}});
  }
  lag->untaken = untaken;
  lag->taken = taken_in_all;
}

Result<size_t> EventLogKeeper::Archive(const Positions& slowest) {
  std::vector<events::TakenUpTo> taken;
  for (const auto& [stream, seq] : slowest) taken.push_back({stream, seq});
  ASSIGN_OR_RETURN(
      const std::vector<events::OldMonth> months,
      database_.Work(NewCall(config_.service),
                     [&](Transaction& tx) -> Result<std::vector<events::OldMonth>> {
                       return events::ArchiveLog(tx, config_.keep_months, taken);
                     }));
  Tell(months);
  return static_cast<size_t>(
      std::count_if(months.begin(), months.end(), [](const auto& month) { return month.archived; }));
}

void EventLogKeeper::Tell(const std::vector<events::OldMonth>& months) {
  held_ = std::count_if(months.begin(), months.end(),
                        [](const auto& month) { return !month.archived; });
  for (const events::OldMonth& month : months) {
    const log::Fields fields{
        {"service", config_.service}, {"month", month.month}, {"held_by", month.held_by}};
    if (month.archived) {
      log::Info("a month of the event log was archived", fields);
    } else {
      log::Warn("a month of the event log is not taken by all and stays", fields);
    }
  }
}

}  // namespace continuo::runtime
