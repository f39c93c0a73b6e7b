// The topics that a deployment needs on its Kafka, made and kept as they should be.
//
// The services make what they miss by themselves; this is for brokers where they may not, and for
// replicas and retention, which are the operator's to decide.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "libs/events/kafka_transport.h"
#include "libs/result/result.h"

namespace continuo::events {

struct TopicSettings {
  int replication_factor = -1;  // of topics that are made; -1: the broker's default
  std::optional<std::chrono::hours> retention;  // none: what the broker has
};

struct TopicOutcome {
  enum class What { kMade, kAlready, kRetentionSet };
  std::string name;  // with the prefix
  What what = What::kAlready;
};

// `topics` without the prefix: {"billing", "billing.audit"}. Nothing is ever deleted or given fewer
// partitions. FAILED_PRECONDITION where a topic has another number of partitions than ours: the
// events of a key would change their place.
Result<std::vector<TopicOutcome>> ApplyTopics(const KafkaTransportConfig& config,
                                              const std::vector<std::string>& topics,
                                              const TopicSettings& settings);

}  // namespace continuo::events
