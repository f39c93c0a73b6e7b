#include "libs/events/kafka_handles.h"

#include <stdexcept>

namespace continuo::events {
namespace {

constexpr int kMakeTopicsMilliseconds = 15'000;
constexpr int kSliceMilliseconds = 100;

void Set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  char why[512];
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), why, sizeof why) != RD_KAFKA_CONF_OK) {
    throw std::invalid_argument("events.kafka: " + std::string(why));
  }
}

rd_kafka_event_t* PollUnlessEnded(rd_kafka_queue_t* queue, const std::atomic<bool>& ended) {
  for (int waited = 0; waited < kMakeTopicsMilliseconds && !ended; waited += kSliceMilliseconds) {
    if (rd_kafka_event_t* answer = rd_kafka_queue_poll(queue, kSliceMilliseconds)) return answer;
  }
  return nullptr;
}

// "It exists already" is what is wanted.
Result<void> TopicOutcome(const rd_kafka_topic_result_t* outcome) {
  const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(outcome);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
    return {};
  }
  return KafkaFailure("making topic " + std::string(rd_kafka_topic_result_name(outcome)), error);
}

}  // namespace

rd_kafka_conf_t* KafkaSettings(const KafkaTransportConfig& config,
                               const std::map<std::string, std::string>& settings) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  Set(conf, "bootstrap.servers", config.brokers);
  Set(conf, "client.id", "continuo");
  Set(conf, "log_level", "3");
  for (const auto& [name, value] : config.settings) Set(conf, name, value);
  for (const auto& [name, value] : settings) Set(conf, name, value);
  return conf;
}

KafkaHandle NewKafka(rd_kafka_type_t type, rd_kafka_conf_t* settings) {
  char why[512];
  KafkaHandle handle(rd_kafka_new(type, settings, why, sizeof why));
  if (handle == nullptr) {
    rd_kafka_conf_destroy(settings);
    throw std::invalid_argument("events.kafka: " + std::string(why));
  }
  return handle;
}

Failure KafkaFailure(const std::string& what, const std::string& why) {
  return Unavailable("UNAVAILABLE", "Kafka: " + what + ": " + why);
}

Failure KafkaFailure(const std::string& what, rd_kafka_resp_err_t error) {
  return KafkaFailure(what, std::string(rd_kafka_err2str(error)));
}

Result<void> MakeTopics(rd_kafka_t* kafka, const std::vector<std::string>& names, int partitions,
                        int replication_factor, const std::atomic<bool>& ended,
                        const std::map<std::string, std::string>& settings) {
  std::vector<rd_kafka_NewTopic_t*> topics;
  for (const std::string& name : names) {
    topics.push_back(
        rd_kafka_NewTopic_new(name.c_str(), partitions, replication_factor, nullptr, 0));
    for (const auto& [key, value] : settings) {
      rd_kafka_NewTopic_set_config(topics.back(), key.c_str(), value.c_str());
    }
  }
  using Queue = std::unique_ptr<rd_kafka_queue_t, KafkaFree<rd_kafka_queue_destroy>>;
  using Answer = std::unique_ptr<rd_kafka_event_t, KafkaFree<rd_kafka_event_destroy>>;
  const Queue queue(rd_kafka_queue_new(kafka));
  rd_kafka_CreateTopics(kafka, topics.data(), topics.size(), nullptr, queue.get());
  const Answer answer(PollUnlessEnded(queue.get(), ended));
  rd_kafka_NewTopic_destroy_array(topics.data(), topics.size());
  if (answer == nullptr) return KafkaFailure("making topics", "no broker answers");
  if (rd_kafka_event_error(answer.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaFailure("making topics", rd_kafka_event_error(answer.get()));
  }
  std::size_t count = 0;
  const rd_kafka_topic_result_t** outcomes = rd_kafka_CreateTopics_result_topics(
      rd_kafka_event_CreateTopics_result(answer.get()), &count);
  for (std::size_t i = 0; i < count; ++i) RETURN_IF_FAULT(TopicOutcome(outcomes[i]));
  return {};
}

std::string ResendTopic(const KafkaTransportConfig& config) {
  return config.topic_prefix + "resend_requests";
}

}  // namespace continuo::events
