// Which handlers an event goes to, and its data decoded for them. Private to libs/events.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/events/consumers.h"

namespace continuo::events {

struct TypedHandler {
  const google::protobuf::Message* prototype;
  EventHandler handler;
};
using TopicHandler = std::function<Outcome(postgres::Transaction&, const Event&)>;

// An event made ready outside the transaction: decoded, its documents fetched.
struct Prepared {
  const Event* event = nullptr;
  struct Part {
    const EventHandler* handler;
    std::unique_ptr<google::protobuf::Message> data;
    std::shared_ptr<const void> document;
  };
  std::vector<Part> parts;
  std::optional<Fault> fault;  // it could not be made ready
  int documents = 0;
  bool documents_left_out = false;
};

class Dispatch {
 public:
  void Add(const google::protobuf::Message& prototype, EventHandler handler);
  void AddTopic(const std::string& topic, TopicHandler handler);

  std::vector<std::string> topics() const;
  Prepared Prepare(const Event& event, bool fetch_documents) const;
  // Runs the handlers, in the order of their registration; the first that is not done ends it.
  // Exceptions that mean "run the transaction again" pass through; any other becomes a fault.
  Outcome Apply(postgres::Transaction& tx, const Prepared& prepared) const;

 private:
  std::map<std::string, std::vector<TypedHandler>> by_type_;
  std::map<std::string, std::vector<TopicHandler>> by_topic_;
};

// The stream pauses and tries again, rather than parking the key.
bool IsTransient(const Fault& fault);

}  // namespace continuo::events
