#include "tests/bench/programs/event_relay_bare.h"

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <stdexcept>

#include "libs/postgres/connection.h"

namespace continuo::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPartitions = 16;
constexpr int kWaitMilliseconds = 60'000;

double SecondsSince(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

// $1: events in a batch.
constexpr char kStamp[] = R"sql(
WITH batch AS (
  SELECT tableoid, ctid, topic, partition,
         row_number() OVER (PARTITION BY topic, partition ORDER BY id) AS place
  FROM (SELECT tableoid, ctid, id, topic, partition FROM billing.event_log
        WHERE seq IS NULL ORDER BY id LIMIT $1) AS unsent
), head AS (
  INSERT INTO billing.relay_position AS p (topic, partition, stamped_seq)
  SELECT topic, partition, count(*) FROM batch GROUP BY topic, partition
  ON CONFLICT (topic, partition) DO UPDATE SET stamped_seq = p.stamped_seq + excluded.stamped_seq
  RETURNING topic, partition, stamped_seq
), first AS (
  SELECT h.topic, h.partition, h.stamped_seq - count(*) AS before
  FROM head AS h JOIN batch AS b USING (topic, partition)
  GROUP BY h.topic, h.partition, h.stamped_seq
)
UPDATE billing.event_log AS e SET seq = f.before + b.place
FROM batch AS b JOIN first AS f USING (topic, partition)
WHERE e.tableoid = b.tableoid AND e.ctid = b.ctid
RETURNING e.event_id, e.topic, e.partition, e.seq, e.key, e.type, e.subject, e.source_version,
          e.data, e.correlation, e.causation, e.traceparent, e.account_id, e.known_at, e.recorded_at
)sql";

// $1: events in a batch, $2: those after this id.
constexpr char kCopy[] = R"sql(
INSERT INTO event_bus.log (topic, partition, seq, event_id, key, type, subject, source_version,
                           data, correlation, causation, traceparent, account_id, known_at,
                           recorded_at)
SELECT topic, partition, seq, event_id, key, type, subject, source_version, data, correlation,
       causation, traceparent, account_id, known_at, recorded_at
FROM billing.event_log WHERE id > $2 ORDER BY id LIMIT $1
)sql";

std::unique_ptr<rd_kafka_t, void (*)(rd_kafka_t*)> NewProducer(const std::string& brokers) {
  rd_kafka_conf_t* settings = rd_kafka_conf_new();
  char why[512];
  for (const auto& [name, value] : {std::pair<const char*, const char*>{"bootstrap.servers",
                                                                        brokers.c_str()},
                                    {"acks", "all"},
                                    {"enable.idempotence", "true"},
                                    {"linger.ms", "1"},
                                    {"queue.buffering.max.messages", "200000"}}) {
    if (rd_kafka_conf_set(settings, name, value, why, sizeof why) != RD_KAFKA_CONF_OK) {
      throw std::invalid_argument(why);
    }
  }
  rd_kafka_t* producer = rd_kafka_new(RD_KAFKA_PRODUCER, settings, why, sizeof why);
  if (producer == nullptr) throw std::runtime_error(why);
  return {producer, rd_kafka_destroy};
}

}  // namespace

double StampAndRead(const std::string& url, int batch_events) {
  postgres::Connection connection(url);
  const postgres::Parameter parameters[] = {batch_events};
  const auto began = Clock::now();
  while (connection.ExecutePrepared("stamp", kStamp, parameters).size() > 0) {
  }
  return SecondsSince(began);
}

double CopyToBus(const std::string& url, int batch_events) {
  postgres::Connection connection(url);
  // Ids of one appender are without gaps here. The log has no index by id but the unsent ones'.
  connection.Execute("CREATE INDEX IF NOT EXISTS bench_id ON billing.event_log (id)");
  const postgres::Rows first =
      connection.Execute("SELECT min(id) - 1 AS first FROM billing.event_log");
  int64_t after = first.front().Int("first");
  const auto began = Clock::now();
  for (;;) {
    const postgres::Parameter parameters[] = {batch_events, after};
    if (connection.ExecutePrepared("copy", kCopy, parameters).affected() == 0) break;
    after += batch_events;
  }
  const double seconds = SecondsSince(began);
  connection.Execute("DROP INDEX billing.bench_id");
  return seconds;
}

double ProduceToKafka(const std::string& brokers, const std::string& topic, int events,
                      int event_bytes) {
  const auto producer = NewProducer(brokers);
  const std::string value(static_cast<size_t>(event_bytes), 'x');
  const std::string key = "acc_01h2xcejqtf2nbrexx3vqjhp41";
  const auto began = Clock::now();
  for (int i = 0; i < events;) {
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        producer.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(i % kPartitions),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      rd_kafka_poll(producer.get(), 10);
    } else if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      throw std::runtime_error(rd_kafka_err2str(error));
    } else {
      ++i;
    }
  }
  if (rd_kafka_flush(producer.get(), kWaitMilliseconds) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error("Kafka did not take all messages within a minute");
  }
  return SecondsSince(began);
}

}  // namespace continuo::bench
