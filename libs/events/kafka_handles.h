// librdkafka's C handles with owners, and the few calls that both sides of the transport share.
// The C interface, since its C++ one lacks offsets' metadata and the making of topics. Private to
// libs/events: only kafka_*.cpp include it.
#pragma once

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/events/kafka_transport.h"

namespace continuo::events {

template <auto Free>
struct KafkaFree {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};
using KafkaHandle = std::unique_ptr<rd_kafka_t, KafkaFree<rd_kafka_destroy>>;
using KafkaMessage = std::unique_ptr<rd_kafka_message_t, KafkaFree<rd_kafka_message_destroy>>;
using KafkaPartitions = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                        KafkaFree<rd_kafka_topic_partition_list_destroy>>;

// The settings of the configuration, then those given here; a wrong one is std::invalid_argument
// with librdkafka's sentence. Becomes the handle's.
rd_kafka_conf_t* KafkaSettings(const KafkaTransportConfig& config,
                               const std::map<std::string, std::string>& settings);
KafkaHandle NewKafka(rd_kafka_type_t type, rd_kafka_conf_t* settings);

Failure KafkaFailure(const std::string& what, rd_kafka_resp_err_t error);
Failure KafkaFailure(const std::string& what, const std::string& why);

// Makes the topics that are not there, with settings of their own. Gives up when `ended` becomes true.
Result<void> MakeTopics(rd_kafka_t* kafka, const std::vector<std::string>& names, int partitions,
                        int replication_factor, const std::atomic<bool>& ended,
                        const std::map<std::string, std::string>& settings = {});

// Consumers ask relays here to send again. One partition; a relay reads it from its end.
std::string ResendTopic(const KafkaTransportConfig& config);

}  // namespace continuo::events
