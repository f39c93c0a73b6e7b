// One consumer's group membership in Kafka. Private to libs/events.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "libs/events/kafka_transport.h"

namespace continuo::events {

// `request_resend` publishes the wish. `ended`: the process ends and waits for no broker; outlives it.
std::unique_ptr<Subscription> SubscribeKafka(
    const KafkaTransportConfig& config, SubscribeOptions options, const std::atomic<bool>& ended,
    std::function<void(const Stream&, int64_t)> request_resend);

}  // namespace continuo::events
