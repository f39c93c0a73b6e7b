#include "libs/events/kafka_transport.h"

#include <atomic>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "libs/events/cloud_event.h"
#include "libs/events/kafka_handles.h"
#include "libs/events/kafka_subscription.h"
#include "libs/events/signals.h"

namespace continuo::events {
namespace {

constexpr int kPollMilliseconds = 10;
constexpr int kRequestPollMilliseconds = 250;
constexpr int kFlushMilliseconds = 2'000;

// The reports of one Produce, which waits for all of them.
struct Pending {
  std::mutex mutex;
  std::size_t left = 0;
  std::string error;

  bool Finished() {
    const std::lock_guard lock(mutex);
    return left == 0;
  }
};

void OnDelivery(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  auto* pending = static_cast<Pending*>(message->_private);
  if (pending == nullptr) return;  // a request to send again: nobody waits
  const std::lock_guard lock(pending->mutex);
  --pending->left;
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR && pending->error.empty()) {
    pending->error = rd_kafka_err2str(message->err);
  }
}

rd_kafka_headers_t* NewHeaders(const Event& event) {
  const CloudHeaders list = HeadersOf(event);
  rd_kafka_headers_t* headers = rd_kafka_headers_new(list.size());
  for (const auto& [name, value] : list) {
    rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return headers;
}

// "billing 3 4711"
std::optional<ResendRequest> ParseRequest(std::string_view text) {
  const std::size_t first = text.find(' '), second = text.rfind(' ');
  if (first == std::string_view::npos || second == first) return std::nullopt;
  ResendRequest request{.stream = {std::string(text.substr(0, first)), 0}};
  const auto number = [](std::string_view digits, auto& into) {
    return std::from_chars(digits.data(), digits.data() + digits.size(), into).ec == std::errc();
  };
  if (!number(text.substr(first + 1, second - first - 1), request.stream.partition) ||
      !number(text.substr(second + 1), request.from_seq)) {
    return std::nullopt;
  }
  return request;
}

}  // namespace

struct KafkaTransport::Implementation {
  ~Implementation();

  std::shared_ptr<rd_kafka_t> Producer();
  Result<void> EnsureTopics(rd_kafka_t* producer, std::span<const Event> events);
  rd_kafka_resp_err_t Send(rd_kafka_t* producer, const Event& event, Pending& pending);
  void PublishRequest(const Stream& stream, int64_t seq);
  void ReadRequests();

  KafkaTransportConfig config;
  std::mutex mutex;  // of what follows
  std::shared_ptr<rd_kafka_t> producer;
  std::set<std::string> topics;  // known to exist
  std::map<std::string, std::vector<ResendRequest>> requests;  // by the topics' owner
  std::thread request_reader;
  std::atomic<bool> ended{false};
};

KafkaTransport::Implementation::~Implementation() {
  ended = true;
  if (request_reader.joinable()) request_reader.join();
  if (producer != nullptr) rd_kafka_flush(producer.get(), kFlushMilliseconds);
}

// Made on first use, and anew after a fatal error.
std::shared_ptr<rd_kafka_t> KafkaTransport::Implementation::Producer() {
  const std::lock_guard lock(mutex);
  char why[256];
  if (producer != nullptr &&
      rd_kafka_fatal_error(producer.get(), why, sizeof why) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    return producer;
  }
  rd_kafka_conf_t* settings =
      KafkaSettings(config, {{"acks", "all"},
                             {"enable.idempotence", "true"},
                             {"linger.ms", "1"},
                             {"message.timeout.ms", std::to_string(config.delivery_timeout.count())},
                             {"queue.buffering.max.messages", "200000"}});
  rd_kafka_conf_set_dr_msg_cb(settings, &OnDelivery);
  producer = std::shared_ptr<rd_kafka_t>(NewKafka(RD_KAFKA_PRODUCER, settings));
  return producer;
}

Result<void> KafkaTransport::Implementation::EnsureTopics(rd_kafka_t* with,
                                                          std::span<const Event> events) {
  std::set<std::string> missing;
  {
    const std::lock_guard lock(mutex);
    for (const Event& event : events) {
      if (!topics.contains(event.topic)) missing.insert(event.topic);
    }
  }
  if (missing.empty()) return {};
  std::vector<std::string> names;
  for (const std::string& topic : missing) names.push_back(config.topic_prefix + topic);
  RETURN_IF_FAULT(MakeTopics(with, names, kPartitions, config.replication_factor, ended));
  const std::lock_guard lock(mutex);
  topics.merge(missing);
  return {};
}

// Waits while librdkafka's queue is full.
rd_kafka_resp_err_t KafkaTransport::Implementation::Send(rd_kafka_t* with, const Event& event,
                                                         Pending& pending) {
  const std::string topic = config.topic_prefix + event.topic;
  while (true) {
    rd_kafka_headers_t* headers = NewHeaders(event);
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        with, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(event.partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(event.key.data(), event.key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(event.data.data()), event.data.size()),
        RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(&pending), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return error;  // the headers are the message's now
    rd_kafka_headers_destroy(headers);
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) return error;
    rd_kafka_poll(with, kPollMilliseconds);
  }
}

void KafkaTransport::Implementation::PublishRequest(const Stream& stream, int64_t seq) {
  const std::shared_ptr<rd_kafka_t> with = Producer();
  const std::string text =
      stream.topic + " " + std::to_string(stream.partition) + " " + std::to_string(seq);
  // Lost if no broker is there; the consumer asks again.
  rd_kafka_producev(with.get(), RD_KAFKA_V_TOPIC(ResendTopic(config).c_str()),
                    RD_KAFKA_V_PARTITION(0), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                    RD_KAFKA_V_VALUE(const_cast<char*>(text.data()), text.size()),
                    RD_KAFKA_V_OPAQUE(nullptr), RD_KAFKA_V_END);
  rd_kafka_poll(with.get(), 0);
}

// For the relays of this process. From the end: what was asked before is asked again while it lasts.
void KafkaTransport::Implementation::ReadRequests() {
  const KafkaHandle consumer = NewKafka(
      RD_KAFKA_CONSUMER, KafkaSettings(config, {{"group.id", config.topic_prefix + "relay"},
                                                {"enable.auto.commit", "false"}}));
  rd_kafka_poll_set_consumer(consumer.get());
  const std::string topic = ResendTopic(config);
  while (!ended && !MakeTopics(consumer.get(), {topic}, 1, config.replication_factor, ended)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kRequestPollMilliseconds));
  }
  const KafkaPartitions partition(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(partition.get(), topic.c_str(), 0)->offset =
      RD_KAFKA_OFFSET_END;
  rd_kafka_assign(consumer.get(), partition.get());
  while (!ended) {
    const KafkaMessage message(rd_kafka_consumer_poll(consumer.get(), kRequestPollMilliseconds));
    if (message == nullptr || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    const auto request =
        ParseRequest({static_cast<const char*>(message->payload), message->len});
    if (!request) continue;
    const std::string owner(OwnerOf(request->stream.topic));
    {
      const std::lock_guard lock(mutex);
      requests[owner].push_back(*request);
    }
    Raise("resend/" + owner);
  }
  rd_kafka_consumer_close(consumer.get());
}

KafkaTransport::KafkaTransport(KafkaTransportConfig config)
    : implementation_(std::make_unique<Implementation>()) {
  implementation_->config = std::move(config);
}

KafkaTransport::~KafkaTransport() = default;

Result<void> KafkaTransport::Produce(std::span<const Event> events) {
  if (events.empty()) return {};
  if (implementation_->ended) return KafkaFailure("producing", "the process ends");
  const std::shared_ptr<rd_kafka_t> producer = implementation_->Producer();
  RETURN_IF_FAULT(implementation_->EnsureTopics(producer.get(), events));
  Pending pending{.left = events.size()};
  std::size_t sent = 0;
  rd_kafka_resp_err_t refused = RD_KAFKA_RESP_ERR_NO_ERROR;
  while (sent < events.size() && refused == RD_KAFKA_RESP_ERR_NO_ERROR) {
    refused = implementation_->Send(producer.get(), events[sent], pending);
    if (refused == RD_KAFKA_RESP_ERR_NO_ERROR) ++sent;
  }
  {
    const std::lock_guard lock(pending.mutex);
    pending.left -= events.size() - sent;
  }
  // Ends at the latest with the delivery timeout: librdkafka reports on every message.
  while (!pending.Finished()) {
    if (implementation_->ended) {
      rd_kafka_purge(producer.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    }
    rd_kafka_poll(producer.get(), kPollMilliseconds);
  }
  if (refused != RD_KAFKA_RESP_ERR_NO_ERROR) return KafkaFailure("producing", refused);
  if (!pending.error.empty()) return KafkaFailure("producing", pending.error);
  return {};
}

std::unique_ptr<Subscription> KafkaTransport::Subscribe(SubscribeOptions options) {
  return SubscribeKafka(implementation_->config, std::move(options), implementation_->ended,
                        [implementation = implementation_.get()](const Stream& stream,
                                                                 int64_t seq) {
                          implementation->PublishRequest(stream, seq);
                        });
}

void KafkaTransport::End() { implementation_->ended = true; }

Result<std::vector<ResendRequest>> KafkaTransport::TakeResendRequests(const std::string& service) {
  const std::lock_guard lock(implementation_->mutex);
  if (!implementation_->request_reader.joinable()) {
    implementation_->request_reader =
        std::thread([implementation = implementation_.get()] { implementation->ReadRequests(); });
  }
  return std::exchange(implementation_->requests[service], {});
}

}  // namespace continuo::events
