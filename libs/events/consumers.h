// What a service does when others' facts reach it.
//
//   Consumers consumers({.service = "contracts"}, database, transport);
//   consumers.On<quoting::v1::OrderAccepted>(
//       [](postgres::Transaction& tx, const Event& event, const quoting::v1::OrderAccepted& data)
//           -> Outcome {
//         if (!QuoteKnown(tx, data.quote_id())) return Wait{data.quote_id()};
//         RETURN_IF_FAULT(CreateContract(tx, data));
//         return Done{};
//       });
//   // With a document: fetched before the transaction is opened, so that no lock waits for it.
//   consumers.On<quoting::v1::OrderAccepted, Order>(
//       [&](const Event& event, const quoting::v1::OrderAccepted& data) -> Result<Order> {
//         return quoting.GetOrder(CallFor("contracts", event), data.id(), data.version());
//       },
//       [](postgres::Transaction& tx, const Event&, const quoting::v1::OrderAccepted& data,
//          const Order& order) -> Outcome { ... });
//   consumers.Start();
//
// The position of each (topic, partition) moves, by compare-and-set, in the transaction of the
// effects: each event takes effect once, in order per key, whatever is delivered twice, late or
// out of order, and however many replicas run. Handlers must still be safe by themselves (creation
// keyed by source id, update guarded by source_version), since a replay runs them again.
//
// Done      the position moves on.
// Wait      the event is put aside, later ones of its key queue behind it, other keys flow. It is
//           tried again when an event about the awaited subject has been applied, and now and then.
// Fault     UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, RESOURCE_EXHAUSTED, CANCELLED and
//           UNAUTHENTICATED: this stream pauses and retries without end. Any other, and any
//           exception: deterministic, the key is parked with the reason until someone retries or
//           drops it (admin.h).
//
// A handler must not open transactions of its own and is called from the consumers' threads.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/events/event.h"
#include "libs/events/transport.h"
#include "libs/result/result.h"

namespace google::protobuf {
class Message;
}
namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres

namespace continuo::events {

struct Done {};
struct Wait {
  std::string on;  // the subject it needs to have seen: "ord_..."
};

class Outcome {
 public:
  Outcome(Done) {}
  Outcome(Wait wait) : wait_(std::move(wait)) {}
  Outcome(Fault fault) : fault_(std::move(fault)) {}
  Outcome(Failure failure) : fault_(std::move(failure).value()) {}
  Outcome(const Result<void>& result) {
    if (!result) fault_ = result.error();
  }

  bool done() const { return !wait_ && !fault_; }
  const std::optional<Wait>& wait() const { return wait_; }
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  std::optional<Wait> wait_;
  std::optional<Fault> fault_;
};

struct ConsumersConfig {
  std::string service;
  int lanes = 1;  // threads; streams are divided over them
  int batch_events_max = 500;
  std::chrono::milliseconds batch_time_max{5};
  // How many documents are fetched ahead for one batch.
  int batch_documents_max = 16;
  std::chrono::milliseconds slow_poll{2'000};
  // A gap that lasts longer is asked for again; one that lasts ten times as long is an alarm.
  std::chrono::milliseconds gap_patience{500};
  std::chrono::milliseconds retry_after{100};  // doubled at each failure ...
  std::chrono::milliseconds retry_after_max{5'000};
  // Told why events are put aside or tried again, for the log. From the consumers' threads.
  std::function<void(const std::string&)> on_error;
};

// Read at any time by the metrics page.
struct ConsumerMetrics {
  std::atomic<int64_t> applied_total{0};
  std::atomic<int64_t> duplicates_total{0};
  std::atomic<int64_t> gap_alarms_total{0};
  std::atomic<int64_t> lost_races_total{0};
  std::atomic<int64_t> deferred_total{0};
  std::atomic<int64_t> retries_total{0};  // pauses for what was unavailable
  std::atomic<int64_t> waiting{0};        // gauges, of the whole service, as of the last poll
  std::atomic<int64_t> parked{0};
  std::atomic<int64_t> lag_events{0};        // seen and not yet applied
  std::atomic<int64_t> lag_microseconds{0};  // from recorded_at to applied, of the last batch
};

// A handler without its types, as the registry holds it. `fetch` may be empty.
struct EventHandler {
  std::function<Result<std::shared_ptr<const void>>(const Event&,
                                                    const google::protobuf::Message&)>
      fetch;
  std::function<Outcome(postgres::Transaction&, const Event&, const google::protobuf::Message&,
                        const void* document)>
      apply;
};

class Consumers {
 public:
  Consumers(ConsumersConfig config, postgres::Database& database, Transport& transport);
  ~Consumers();  // stops
  Consumers(const Consumers&) = delete;
  Consumers& operator=(const Consumers&) = delete;

  // Several handlers of one type run in the order of their registration, in one transaction.
  template <class Data>
  void On(std::function<Outcome(postgres::Transaction&, const Event&, const Data&)> handler) {
    Register(Data::default_instance(),
             {.apply = [handler = std::move(handler)](
                           postgres::Transaction& tx, const Event& event,
                           const google::protobuf::Message& data, const void*) {
               return handler(tx, event, static_cast<const Data&>(data));
             }});
  }
  template <class Data, class Document>
  void On(std::function<Result<Document>(const Event&, const Data&)> fetch,
          std::function<Outcome(postgres::Transaction&, const Event&, const Data&,
                                const Document&)>
              handler) {
    Register(Data::default_instance(),
             {.fetch = [fetch = std::move(fetch)](const Event& event,
                                                  const google::protobuf::Message& data)
                  -> Result<std::shared_ptr<const void>> {
                ASSIGN_OR_RETURN(Document document, fetch(event, static_cast<const Data&>(data)));
                return std::make_shared<const Document>(std::move(document));
              },
              .apply = [handler = std::move(handler)](
                           postgres::Transaction& tx, const Event& event,
                           const google::protobuf::Message& data, const void* document) {
                return handler(tx, event, static_cast<const Data&>(data),
                               *static_cast<const Document*>(document));
              }});
  }
  // Every event of a topic, undecoded: webhooks, reporting, the audit chain.
  void OnTopic(const std::string& topic,
               std::function<Outcome(postgres::Transaction&, const Event&)> handler);

  // After the registrations.
  void Start();
  // Tells them to stop, without waiting: for many at once, before each is waited for.
  void BeginStop();
  void Stop();
  // One round without threads: waits until `until` for something to come, applies what it can.
  // For tests. How many events were applied.
  std::size_t Step(std::chrono::steady_clock::time_point until);

  // The topics that have handlers, after the registrations.
  std::vector<std::string> topics() const;
  const ConsumerMetrics& metrics() const;

 private:
  void Register(const google::protobuf::Message& prototype, EventHandler handler);

  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::events
