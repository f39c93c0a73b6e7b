#include "services/directory/domain/progress.h"

#include <algorithm>

namespace continuo::directory::domain {
namespace {

std::int64_t ConsumedOf(const ServiceProgress& consumer, const Stream& stream) {
  const auto found = consumer.consumed.find(stream);
  return found == consumer.consumed.end() ? 0 : found->second;
}

std::string Count(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

// How much of what `owner` has sent is still before `consumer`, by topic.
void AddLag(const ServiceProgress& owner, const ServiceProgress& consumer,
            std::vector<std::string>* blockers) {
  std::map<std::string, std::int64_t> behind;
  for (const auto& [stream, seq] : owner.emitted) {
    if (!consumer.topics.contains(stream.topic)) continue;
    const std::int64_t lag = seq - ConsumedOf(consumer, stream);
    if (lag > 0) behind[stream.topic] += lag;
  }
  for (const auto& [topic, lag] : behind) {
    blockers->push_back(consumer.service + ": " +
                        Count(lag, "event of " + topic + " is", "events of " + topic + " are") +
                        " not consumed");
  }
}

void AddOwn(const ServiceProgress& service, const ClockPosition& position,
            std::vector<std::string>* blockers) {
  const std::string name = service.service + ": ";
  if (service.unstamped > 0) {
    blockers->push_back(name + Count(service.unstamped, "event is", "events are") + " not sent yet");
  }
  if (service.jobs_running) blockers->push_back(name + "jobs are running");
  if (service.next_due_at && *service.next_due_at <= position.at) {
    blockers->push_back(name + "work due at " + calendar::FormatInstant(*service.next_due_at) +
                        " is not done");
  }
  if (service.waiting > 0 && !position.ignore_waiting) {
    blockers->push_back(name + Count(service.waiting, "event waits", "events wait") +
                        " for another fact");
  }
}

std::vector<std::string> BlockersOf(const Pass& pass, const ClockPosition& position) {
  std::vector<std::string> blockers;
  for (const ServiceProgress& service : pass) {
    if (!service.answers) {
      blockers.push_back(service.service + ": does not answer");
      continue;
    }
    AddOwn(service, position, &blockers);
    for (const ServiceProgress& owner : pass) AddLag(owner, service, &blockers);
  }
  return blockers;
}

}  // namespace

Step NextStep(const Pass& before, const Pass& now, const ClockPosition& position) {
  Step step;
  for (const ServiceProgress& service : now) {
    if (service.answers && service.clock < position.at) step.services.push_back(service.service);
  }
  if (!step.services.empty()) {
    step.kind = Step::kSetClock;
    step.to = position.at;
    return step;
  }
  step.blockers = BlockersOf(now, position);
  if (!step.blockers.empty() || before != now) return step;
  if (position.at >= position.target) {
    step.kind = Step::kReady;
    return step;
  }
  step.kind = Step::kMove;
  step.to = position.target;
  for (const ServiceProgress& service : now) {
    if (service.next_due_at) step.to = std::min(step.to, *service.next_due_at);
  }
  return step;
}

std::int64_t ParkedIn(const Pass& pass) {
  std::int64_t parked = 0;
  for (const ServiceProgress& service : pass) parked += service.parked;
  return parked;
}

std::vector<std::string> AwaitedFrom(const FollowUp& event, const Pass& pass) {
  std::vector<std::string> awaited;
  for (const ServiceProgress& service : pass) {
    if (!service.topics.contains(event.stream.topic)) continue;
    const bool consumed = event.seq > 0 && ConsumedOf(service, event.stream) >= event.seq;
    if (!consumed) awaited.push_back(service.service);
  }
  return awaited;
}

}  // namespace continuo::directory::domain
