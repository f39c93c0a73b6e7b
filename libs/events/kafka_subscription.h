// One consumer's group membership in Kafka. Private to libs/events.
#pragma once

#include <functional>
#include <memory>

#include "libs/events/kafka_transport.h"

namespace continuo::events {

// `request_resend` publishes the wish.
std::unique_ptr<Subscription> SubscribeKafka(
    const KafkaTransportConfig& config, SubscribeOptions options,
    std::function<void(const Stream&, int64_t)> request_resend);

}  // namespace continuo::events
