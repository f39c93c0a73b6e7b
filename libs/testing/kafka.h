// A real Kafka broker for tests.
//
//   events::KafkaTransport transport({.brokers = KafkaForTests(), .topic_prefix = UniquePrefix()});
//
// The broker is the one that CONTINUO_TEST_KAFKA (host:port) names, as tests/run sets it; else one is
// started on first use by deploy/kafka/start, in a temporary folder and on free ports, and stopped
// when the program ends. Topics of tests must not meet: give each its own prefix.
#pragma once

#include <string>

namespace continuo::testing {

// host:port. Throws std::runtime_error with the broker's log when it does not come up.
std::string KafkaForTests();

// "t5f3a....": a prefix for topics and groups that no other test has.
std::string UniqueTopicPrefix();

}  // namespace continuo::testing
