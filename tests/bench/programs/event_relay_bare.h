// The bare limits of the event relay, each without a line of libs/events: stamping and reading the
// log by one SQL statement for each batch, and handing rows or messages to the carrier.
//
// What they leave out is what the relay is for: the lease, the order within a stream, the note of
// what was produced.
#pragma once

#include <string>

namespace continuo::bench {

// Stamps and reads all that is unsent in billing.event_log. Seconds.
double StampAndRead(const std::string& url, int batch_events);
// Copies what is stamped there into event_bus.log, batch after batch. Seconds.
double CopyToBus(const std::string& url, int batch_events);
// Produces as many messages of that size, acks=all and idempotent. Seconds.
double ProduceToKafka(const std::string& brokers, const std::string& topic, int events,
                      int event_bytes);

}  // namespace continuo::bench
