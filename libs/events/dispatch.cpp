#include "libs/events/dispatch.h"

#include <google/protobuf/message.h>

#include <set>
#include <stdexcept>

#include "libs/events/event_type.h"
#include "libs/json/read.h"
#include "libs/postgres/errors.h"

namespace continuo::events {
namespace {

using google::protobuf::Message;

// One handler's outcome. What says "run the transaction again" is for Database.
Outcome Guarded(const std::function<Outcome()>& run) {
  try {
    return run();
  } catch (const postgres::ConnectionLost&) {
    throw;
  } catch (const postgres::SerializationFailure&) {
    throw;
  } catch (const postgres::StatementTimeout&) {
    throw;
  } catch (const postgres::LockTimeout&) {
    throw;
  } catch (const postgres::ConstraintViolation& violation) {
    return Fault{.code = Code::kFailedPrecondition,
                 .reason = "CONSTRAINT_VIOLATED",
                 .message = violation.what(),
                 .metadata = {{"constraint", violation.constraint()}}};
  } catch (const std::exception& error) {
    return Fault{.code = Code::kInternal, .reason = "INTERNAL", .message = error.what()};
  }
}

}  // namespace

void Dispatch::Add(const Message& prototype, EventHandler handler) {
  const EventType type = EventTypeOf(*prototype.GetDescriptor());
  if (type.type.empty()) {
    throw std::logic_error(prototype.GetDescriptor()->full_name() + " is no event");
  }
  by_type_[type.type].push_back({&prototype, std::move(handler)});
  by_topic_[type.topic];
}

void Dispatch::AddTopic(const std::string& topic, TopicHandler handler) {
  by_topic_[topic].push_back(std::move(handler));
}

std::vector<std::string> Dispatch::topics() const {
  std::vector<std::string> names;
  for (const auto& [topic, handlers] : by_topic_) names.push_back(topic);
  return names;
}

Prepared Dispatch::Prepare(const Event& event, bool fetch_documents) const {
  Prepared prepared;
  prepared.event = &event;
  const auto found = by_type_.find(event.type);
  if (found == by_type_.end()) return prepared;
  for (const TypedHandler& typed : found->second) {
    Prepared::Part part{.handler = &typed.handler,
                        .data = std::unique_ptr<Message>(typed.prototype->New()),
                        .document = nullptr};
    if (const auto read = json::ReadMessage(event.data, part.data.get(),
                                            json::Direction::kStored);
        !read) {
      prepared.fault = read.error();
      prepared.fault->reason = "EVENT_DATA_UNREADABLE";
      return prepared;
    }
    if (typed.handler.fetch && !fetch_documents) prepared.documents_left_out = true;
    if (typed.handler.fetch && fetch_documents) {
      ++prepared.documents;
      const Outcome outcome = Guarded([&]() -> Outcome {
        ASSIGN_OR_RETURN(part.document, typed.handler.fetch(event, *part.data));
        return Done{};
      });
      if (outcome.fault()) {
        prepared.fault = outcome.fault();
        return prepared;
      }
    }
    prepared.parts.push_back(std::move(part));
  }
  return prepared;
}

Outcome Dispatch::Apply(postgres::Transaction& tx, const Prepared& prepared) const {
  if (prepared.fault) return *prepared.fault;
  return Guarded([&]() -> Outcome {
    for (const Prepared::Part& part : prepared.parts) {
      Outcome outcome =
          part.handler->apply(tx, *prepared.event, *part.data, part.document.get());
      if (!outcome.done()) return outcome;
    }
    const auto found = by_topic_.find(prepared.event->topic);
    if (found == by_topic_.end()) return Done{};
    for (const TopicHandler& handler : found->second) {
      Outcome outcome = handler(tx, *prepared.event);
      if (!outcome.done()) return outcome;
    }
    return Done{};
  });
}

bool IsTransient(const Fault& fault) {
  switch (fault.code) {
    case Code::kUnavailable:
    case Code::kDeadlineExceeded:
    case Code::kAborted:
    case Code::kResourceExhausted:
    case Code::kCancelled:
    case Code::kUnauthenticated:
      return true;
    default:
      return false;
  }
}

}  // namespace continuo::events
