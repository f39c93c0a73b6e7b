#include "libs/events/append.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <stdexcept>

#include "libs/events/event.h"
#include "libs/events/event_type.h"
#include "libs/events/signals.h"
#include "libs/ids/kinds.h"
#include "libs/json/write.h"
#include "libs/postgres/transaction.h"
#include "libs/events/sql.h"

namespace continuo::events {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Described {
  ids::EventId id = ids::EventId::New();
  std::string topic, key, type, subject, account_id, data;
  int64_t source_version = 0;
};

[[noreturn]] void Refuse(const Descriptor& type, const std::string& why) {
  throw std::logic_error("event " + type.full_name() + ": " + why);
}

std::string TextField(const Message& data, const std::string& name) {
  const FieldDescriptor* field = data.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
    return "";
  }
  return data.GetReflection()->GetString(data, field);
}

Described Describe(const Message& data, const AppendOptions& options, const std::string& service) {
  const Descriptor& type = *data.GetDescriptor();
  const EventType rule = EventTypeOf(type);
  if (rule.type.empty()) Refuse(type, "the message has no option (event)");
  Described event;
  event.type = rule.type;
  event.topic = !options.topic.empty() ? options.topic
                : !rule.topic.empty()  ? rule.topic
                                       : service;
  if (OwnerOf(event.topic) != service) {
    Refuse(type, "only " + std::string(OwnerOf(event.topic)) + " appends it, not " + service);
  }
  event.subject = options.subject.empty() ? TextField(data, "id") : options.subject;
  // A singleton (the test clock) is its own subject and has no id of a kind.
  const bool of_its_kind =
      rule.subject_prefix.empty() || event.subject.starts_with(rule.subject_prefix + "_");
  if (event.subject.empty() || !of_its_kind) {
    Refuse(type, "its subject is \"" + event.subject + "\", not an id of " + rule.subject_prefix);
  }
  event.account_id =
      options.account_id.empty() ? TextField(data, "account_id") : options.account_id;
  event.key = !options.key.empty()        ? options.key
              : !event.account_id.empty() ? event.account_id
                                          : event.subject;
  event.source_version = options.source_version;
  json::WriteMessage(data, &event.data);
  if (event.data.size() > kDataBytesMax) {
    Refuse(type, "its data has " + std::to_string(event.data.size()) +
                     " bytes; at most 16384 travel. Let consumers fetch the document by its id");
  }
  return event;
}

void RingRelay(postgres::Transaction& tx) {
  tx.OnCommit([name = "relay/" + tx.service()] { Raise(name); });
}

}  // namespace

std::string Append(postgres::Transaction& tx, const Message& data, const AppendOptions& options) {
  const Described event = Describe(data, options, tx.service());
  const rpc::Call& call = tx.call();
  tx.Run(sql::insert_event, event.id, event.topic, PartitionOf(event.key), event.key, event.type,
         event.subject, event.source_version, event.data,
         options.correlation.empty() ? call.request_id : options.correlation,
         options.causation.empty() ? call.causation : options.causation, call.traceparent, postgres::IdOrNull("acc", event.account_id), tx.now());
  tx.NoteFact(event.type, event.subject);
  RingRelay(tx);
  return event.id.ToString();
}

void AppendAll(postgres::Transaction& tx, std::span<const NewEvent> events) {
  if (events.empty()) return;
  std::vector<ids::Uuid> ids;
  std::vector<std::string> topics, keys, types, subjects, data, accounts, correlations, causations;
  std::vector<int> partitions;
  std::vector<int64_t> versions;
  for (const NewEvent& each : events) {
    Described event = Describe(*each.data, each.options, tx.service());
    tx.NoteFact(event.type, event.subject);
    ids.push_back(event.id.uuid());
    partitions.push_back(PartitionOf(event.key));
    versions.push_back(event.source_version);
    topics.push_back(std::move(event.topic));
    keys.push_back(std::move(event.key));
    types.push_back(std::move(event.type));
    subjects.push_back(std::move(event.subject));
    data.push_back(std::move(event.data));
    accounts.push_back(std::move(event.account_id));
    correlations.push_back(each.options.correlation);
    causations.push_back(each.options.causation);
  }
  const rpc::Call& call = tx.call();
  tx.Run(sql::insert_events, ids, topics, partitions, keys, types, subjects, versions, data,
         postgres::IdArray("acc", accounts), call.request_id, call.causation, call.traceparent,
         tx.now(), correlations, causations);
  RingRelay(tx);
}

}  // namespace continuo::events
