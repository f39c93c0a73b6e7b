// `continuo events`: keys that wait or are parked, and replays.
#include <cstdio>

#include "continuo/commands.h"
#include "continuo/services.h"
#include "libs/events/admin.h"
#include "libs/events/archive.h"
#include "libs/events/event.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/runtime/audit.h"

namespace continuo {
namespace {

using postgres::Transaction;

Result<void> List(Transaction& tx) {
  events::DeferredFilter page;
  for (;;) {
    const auto found = events::ListDeferred(tx, page);
    for (const auto& deferred : found) {
      const std::string why = deferred.state == "waiting" ? "for " + deferred.awaited
                              : deferred.reason.empty()
                                  ? ""
                                  : deferred.reason + ": " + deferred.message;
      std::printf("%s  %s  %s  %s  attempts %d  %s\n", deferred.id.c_str(),
                  deferred.state.c_str(), deferred.event.type.c_str(), deferred.event.key.c_str(),
                  deferred.attempts, why.c_str());
    }
    if (found.size() < static_cast<size_t>(page.limit)) return {};
    page.after = found.back().id;
  }
}

// What is archived cannot be sent again: the consumer would wait for it without end.
Result<void> CheckNotArchived(const runtime::Config& config, const std::string& owner,
                              const EventOptions& options) {
  postgres::Database database({.service = owner,
                               .url = config.UrlOf(owner),
                               .api_connections = 1,
                               .worker_connections = 1});
  return database.Work(rpc::Call::AsService(owner, ""), [&](Transaction& tx) -> Result<void> {
    for (int partition = 0; partition < events::kPartitions; ++partition) {
      if (options.partition >= 0 && partition != options.partition) continue;
      const int64_t through = events::ArchivedThrough(tx, {options.topic, partition});
      if (options.from_seq > through) continue;
      const std::string stream = options.topic + "/" + std::to_string(partition);
      return FailedPrecondition(
          "EVENTS_ARCHIVED",
          "The events of " + stream + " up to " + std::to_string(through) +
              " are archived. Restore their months (docs/operations.md), or replay later ones with "
              "--partition and --from.",
          {{"stream", stream}, {"through_seq", std::to_string(through)}});
    }
    return {};
  });
}

Result<void> CheckReplayable(const runtime::Config& config, const EventOptions& options) {
  const std::string owner(events::OwnerOf(options.topic));
  const auto known = SelectServices(owner);
  if (!known || known->services.size() != 1) {
    return FailedPrecondition("TOPIC_UNKNOWN",
                              "--topic must name what a service tells of, as quoting; \"" +
                                  options.topic + "\" is none.");
  }
  return CheckNotArchived(config, owner, options);
}

Result<void> ReplayFrom(Transaction& tx, const EventOptions& options) {
  int64_t again = 0;
  for (int partition = 0; partition < events::kPartitions; ++partition) {
    if (options.partition >= 0 && partition != options.partition) continue;
    ASSIGN_OR_RETURN(const int64_t replayed,
                     events::Replay(tx, {options.topic, partition}, options.from_seq));
    again += replayed;
  }
  std::printf("%s handles %s events of %s again\n", options.service.c_str(),
              std::to_string(again).c_str(), options.topic.c_str());
  return {};
}

Result<void> Change(Transaction& tx, const EventOptions& options) {
  if (options.action == "park") return events::ParkDeferred(tx, options.id, options.why);
  if (options.action == "unpark") return events::RetryDeferred(tx, options.id);
  if (options.action == "drop") return events::DropDeferred(tx, options.id);
  return ReplayFrom(tx, options);
}

void Record(Transaction& tx, const EventOptions& options) {
  runtime::OperatorAction done{.principal = "operator", .subject_id = options.id};
  if (options.action == "park") {
    done.action = "ParkDeferredEvent";
    done.details["why"] = options.why;
  } else if (options.action == "unpark") {
    done.action = "RetryDeferredEvent";
  } else if (options.action == "drop") {
    done.action = "DropDeferredEvent";
  } else {
    done.action = "ReplayEvents";
    done.details = {{"topic", options.topic},
                    {"partition", options.partition < 0 ? "all" : std::to_string(options.partition)},
                    {"from_seq", std::to_string(options.from_seq)}};
  }
  runtime::RecordOperatorAction(tx, done);
}

}  // namespace

int Events(const runtime::Config& config, const EventOptions& options) {
  const auto selected = SelectServices(options.service);
  if (!selected || selected->services.size() != 1) {
    std::fprintf(stderr, "--service must name one service; %s is none.\n", options.service.c_str());
    return 2;
  }
  if (options.id.empty() && options.action != "list" && options.action != "replay") {
    std::fprintf(stderr, "Name the deferred event with --id; `continuo events list` shows them.\n");
    return 2;
  }
  postgres::Database database({.service = options.service,
                               .url = config.UrlOf(options.service),
                               .api_connections = 1,
                               .worker_connections = 1});
  if (options.action == "replay") {
    if (const Result<void> possible = CheckReplayable(config, options); !possible) {
      std::fprintf(stderr, "%s\n", possible.error().message.c_str());
      return 1;
    }
  }
  const auto outcome = database.Work(
      rpc::Call::AsService(options.service, ids::RequestId::New().ToString()),
      [&](Transaction& tx) -> Result<void> {
        if (options.action == "list") return List(tx);
        RETURN_IF_FAULT(Change(tx, options));
        Record(tx, options);
        return {};
      });
  if (outcome) return 0;
  std::fprintf(stderr, "%s\n", outcome.error().message.c_str());
  return 1;
}

}  // namespace continuo
