#include "libs/events/kafka_topics.h"

#include <atomic>
#include <set>

#include "libs/events/event.h"
#include "libs/events/kafka_handles.h"

namespace continuo::events {
namespace {

constexpr int kPatienceMilliseconds = 15'000;
const char kRetention[] = "retention.ms";

using Queue = std::unique_ptr<rd_kafka_queue_t, KafkaFree<rd_kafka_queue_destroy>>;
using Answer = std::unique_ptr<rd_kafka_event_t, KafkaFree<rd_kafka_event_destroy>>;
using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, KafkaFree<rd_kafka_ConfigResource_destroy>>;

// Partitions of the topics that are there.
Result<std::map<std::string, int>> PartitionsOf(rd_kafka_t* kafka) {
  const rd_kafka_metadata_t* found = nullptr;
  const auto error = rd_kafka_metadata(kafka, 1, nullptr, &found, kPatienceMilliseconds);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return KafkaFailure("listing topics", error);
  const std::unique_ptr<const rd_kafka_metadata_t, KafkaFree<rd_kafka_metadata_destroy>> owner(found);
  std::map<std::string, int> partitions;
  for (int i = 0; i < found->topic_cnt; ++i) {
    partitions[found->topics[i].topic] = found->topics[i].partition_cnt;
  }
  return partitions;
}

Result<void> CheckPartitions(const std::string& name, int is, int should_be) {
  if (is == should_be) return {};
  return FailedPrecondition(
      "INVALID_CONFIG",
      "Topic " + name + " has " + std::to_string(is) + " partitions and must have " +
          std::to_string(should_be) +
          ". Delete it while nothing is running, and apply again: the services' logs fill it anew.");
}

Result<Answer> Ask(rd_kafka_t* kafka, Resource resource, const std::string& what,
                   void (*ask)(rd_kafka_t*, rd_kafka_ConfigResource_t**, size_t,
                               const rd_kafka_AdminOptions_t*, rd_kafka_queue_t*)) {
  const Queue queue(rd_kafka_queue_new(kafka));
  rd_kafka_ConfigResource_t* one = resource.get();
  ask(kafka, &one, 1, nullptr, queue.get());
  Answer answer(rd_kafka_queue_poll(queue.get(), kPatienceMilliseconds));
  if (answer == nullptr) return KafkaFailure(what, "no broker answers");
  if (const auto error = rd_kafka_event_error(answer.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaFailure(what, error);
  }
  return answer;
}

Result<void> CheckResource(const rd_kafka_ConfigResource_t* resource, const std::string& what) {
  const auto error = rd_kafka_ConfigResource_error(resource);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return KafkaFailure(what, error);
}

Resource TopicResource(const std::string& name) {
  return Resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str()));
}

std::string Milliseconds(std::chrono::hours hours) {
  return std::to_string(std::chrono::milliseconds(hours).count());
}

// What was set for this topic alone.
Result<std::map<std::string, std::string>> OwnSettingsOf(rd_kafka_t* kafka,
                                                         const std::string& name) {
  const std::string what = "reading the settings of " + name;
  ASSIGN_OR_RETURN(const Answer answer,
                   Ask(kafka, TopicResource(name), what, &rd_kafka_DescribeConfigs));
  size_t count = 0;
  const rd_kafka_ConfigResource_t* resource = rd_kafka_DescribeConfigs_result_resources(
      rd_kafka_event_DescribeConfigs_result(answer.get()), &count)[0];
  RETURN_IF_FAULT(CheckResource(resource, what));
  std::map<std::string, std::string> settings;
  const rd_kafka_ConfigEntry_t** entries = rd_kafka_ConfigResource_configs(resource, &count);
  for (size_t i = 0; i < count; ++i) {
    if (rd_kafka_ConfigEntry_source(entries[i]) != RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG) {
      continue;
    }
    settings[rd_kafka_ConfigEntry_name(entries[i])] = rd_kafka_ConfigEntry_value(entries[i]);
  }
  return settings;
}

// True: it was changed. Altering replaces all of a topic's own settings, so the others go along.
Result<bool> SetRetention(rd_kafka_t* kafka, const std::string& name, std::chrono::hours retention) {
  ASSIGN_OR_RETURN(auto settings, OwnSettingsOf(kafka, name));
  const std::string wanted = Milliseconds(retention);
  if (settings[kRetention] == wanted) return false;
  settings[kRetention] = wanted;
  Resource resource = TopicResource(name);
  for (const auto& [key, value] : settings) {
    rd_kafka_ConfigResource_set_config(resource.get(), key.c_str(), value.c_str());
  }
  const std::string what = "setting the retention of " + name;
  ASSIGN_OR_RETURN(const Answer answer,
                   Ask(kafka, std::move(resource), what, &rd_kafka_AlterConfigs));
  size_t count = 0;
  const auto* altered = rd_kafka_AlterConfigs_result_resources(
      rd_kafka_event_AlterConfigs_result(answer.get()), &count)[0];
  RETURN_IF_FAULT(CheckResource(altered, what));
  return true;
}

}  // namespace

Result<std::vector<TopicOutcome>> ApplyTopics(const KafkaTransportConfig& config,
                                              const std::vector<std::string>& topics,
                                              const TopicSettings& settings) {
  const KafkaHandle kafka = NewKafka(RD_KAFKA_PRODUCER, KafkaSettings(config, {}));
  ASSIGN_OR_RETURN(const auto existing, PartitionsOf(kafka.get()));
  std::map<std::string, int> wanted{{ResendTopic(config), 1}};
  for (const std::string& topic : topics) wanted[config.topic_prefix + topic] = kPartitions;
  // Before anything is changed.
  for (const auto& [name, partitions] : wanted) {
    const auto found = existing.find(name);
    if (found != existing.end()) RETURN_IF_FAULT(CheckPartitions(name, found->second, partitions));
  }
  const std::atomic<bool> never{false};
  std::map<std::string, std::string> own;
  if (settings.retention) own[kRetention] = Milliseconds(*settings.retention);
  std::vector<TopicOutcome> outcomes;
  for (const auto& [name, partitions] : wanted) {
    auto what = TopicOutcome::What::kAlready;
    if (!existing.contains(name)) {
      RETURN_IF_FAULT(
          MakeTopics(kafka.get(), {name}, partitions, settings.replication_factor, never, own));
      what = TopicOutcome::What::kMade;
    } else if (settings.retention) {
      ASSIGN_OR_RETURN(const bool changed, SetRetention(kafka.get(), name, *settings.retention));
      if (changed) what = TopicOutcome::What::kRetentionSet;
    }
    outcomes.push_back({name, what});
  }
  return outcomes;
}

}  // namespace continuo::events
