// Appends facts to the service's own event log, in the transaction that makes them true.
//
//   v1::OrderAccepted accepted;
//   accepted.set_id(order.id());
//   accepted.set_account_id(order.account_id());
//   events::Append(tx, accepted, {.source_version = order.version()});
//
// Type and subject come from the message's option `event`, the topic from its package
// (continuo.quoting.v1 -> "quoting"). Correlation, causation and traceparent are the call's. The
// relay is woken after the commit, never inside the transaction.
//
// A message without the option, without its subject's id, or larger than 16 KiB as JSON is our own
// bug: std::logic_error, and the transaction is rolled back.
#pragma once

#include <span>
#include <string>

namespace google::protobuf {
class Message;
}
namespace continuo::postgres {
class Transaction;
}

namespace continuo::events {

struct AppendOptions {
  std::string key;         // default: the account's id, else the subject's
  std::string account_id;  // default: the data's field account_id
  int64_t source_version = 0;
  std::string subject;  // default: the data's field id
  std::string topic;    // default: by the package; "<service>.audit" for audit entries
  std::string correlation, causation;  // default: the call's
};

// The event's id, "evt_...".
std::string Append(postgres::Transaction& tx, const google::protobuf::Message& data,
                   const AppendOptions& options = {});

struct NewEvent {
  const google::protobuf::Message* data;
  AppendOptions options;
};

// The same for many, in one statement: a bulk run's chunk. Their order is the span's.
void AppendAll(postgres::Transaction& tx, std::span<const NewEvent> events);

}  // namespace continuo::events
