// Kafka as the transport: for services apart, on several machines.
//
//   KafkaTransport transport({.brokers = "kafka-0:9092,kafka-1:9092"});
//
// Topic continuo.<topic> with 16 partitions, made when it is missing; our partition is theirs.
// Produced with acks=all by an idempotent producer. CloudEvents 1.0 in binary mode: ce_* headers,
// key = partition key, value = the data. One consumer group for each service, cooperative
// assignment where librdkafka can; committed offsets are a hint, the position in the service's database decides.
//
// No Kafka transactions: consumers make repeats harmless.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "libs/events/transport.h"

namespace continuo::events {

struct KafkaTransportConfig {
  std::string brokers;  // bootstrap servers
  std::string topic_prefix = "continuo.";
  int replication_factor = -1;  // of topics that are made here; -1: the broker's default
  std::chrono::milliseconds delivery_timeout{30'000};
  // librdkafka settings as they are, for TLS and SASL: "security.protocol", "ssl.ca.location",
  // "sasl.username", ...
  std::map<std::string, std::string> settings;
};

class KafkaTransport : public Transport {
 public:
  explicit KafkaTransport(KafkaTransportConfig config);
  ~KafkaTransport() override;

  Result<void> Produce(std::span<const Event> events) override;
  std::unique_ptr<Subscription> Subscribe(SubscribeOptions options) override;
  void End() override;
  Result<std::vector<ResendRequest>> TakeResendRequests(const std::string& service) override;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::events
