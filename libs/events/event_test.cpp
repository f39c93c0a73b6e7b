#include "libs/events/event.h"

#include "libs/events/cloud_event.h"
#include "libs/events/control_totals.h"
#include "libs/testing/catch/catch.h"

namespace continuo::events {
namespace {

TEST_CASE("the hash is Kafka's own, so that its default partitioner agrees") {
  // From Apache Kafka's UtilsTest.testMurmur2.
  CHECK(Murmur2("21") == -973932308);
  CHECK(Murmur2("foobar") == -790332482);
  CHECK(Murmur2("a-little-bit-long-string") == -985981536);
  CHECK(Murmur2("a-little-bit-longer-string") == -1486304829);
  CHECK(Murmur2("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8") == -58897971);
  CHECK(Murmur2("abc") == 479470107);
}

TEST_CASE("keys spread over all the partitions and nowhere else") {
  std::map<int, int> counts;
  for (int i = 0; i < 16'000; ++i) ++counts[PartitionOf("acc_" + std::to_string(i))];
  REQUIRE(counts.size() == kPartitions);
  CHECK(counts.begin()->first == 0);
  CHECK(counts.rbegin()->first == kPartitions - 1);
  for (const auto& [partition, count] : counts) CHECK(std::abs(count - 1'000) < 200);
}

TEST_CASE("a topic belongs to a service") {
  CHECK(OwnerOf("billing") == "billing");
  CHECK(OwnerOf("billing.audit") == "billing");
}

TEST_CASE("an event goes through CloudEvents headers unchanged") {
  const Event event{.event_id = "evt_01", .topic = "quoting", .partition = 3, .seq = 4711,
                    .key = "acc_01", .type = "order.accepted", .subject = "ord_01",
                    .source_version = 7, .data = "{}", .correlation = "req_01",
                    .causation = "evt_00", .traceparent = "00-aa-bb-01", .account_id = "acc_01",
                    .known_at = *calendar::ParseInstant("2026-01-31T09:00:00Z"),
                    .recorded_at = *calendar::ParseInstant("2026-01-31T09:00:00.000123Z")};
  std::map<std::string, std::string> headers;
  for (const auto& [name, value] : HeadersOf(event)) headers[name] = value;
  CHECK(headers["ce_source"] == "/continuo/quoting");
  CHECK(headers["ce_sequence"] == "7");
  const auto again = EventFromHeaders(headers);
  REQUIRE(again);
  CHECK(again->event_id == event.event_id);
  CHECK(again->seq == event.seq);
  CHECK(again->key == event.key);
  CHECK(again->subject == event.subject);
  CHECK(again->source_version == event.source_version);
  CHECK(again->correlation == event.correlation);
  CHECK(again->causation == event.causation);
  CHECK(again->account_id == event.account_id);
  CHECK(again->known_at == event.known_at);
  CHECK(again->recorded_at == event.recorded_at);
  headers.erase("ce_logsequence");
  CHECK_FALSE(EventFromHeaders(headers));
}

TEST_CASE("control totals tell what was lost") {
  const auto totals = [](std::initializer_list<std::pair<std::string, int64_t>> lines) {
    ControlTotals sum;
    for (const auto& [currency, minor] : lines) sum.Add(currency, minor);
    return sum;
  };
  const ControlTotals announced = totals({{"EUR", 1'000}, {"EUR", 250}, {"USD", 99}});
  struct Row {
    const char* rule;
    ControlTotals received;
    const char* differs;  // "" when they agree
  };
  const std::vector<Row> rows = {
      {"equal in any order", totals({{"USD", 99}, {"EUR", 250}, {"EUR", 1'000}}), ""},
      {"a line is missing", totals({{"EUR", 1'000}, {"EUR", 250}}), "count"},
      {"a line came twice", totals({{"EUR", 1'000}, {"EUR", 250}, {"USD", 99}, {"USD", 99}}),
       "count"},
      {"an amount differs", totals({{"EUR", 1'000}, {"EUR", 251}, {"USD", 99}}),
       "sum in minor units of EUR"},
      {"a currency differs", totals({{"EUR", 1'000}, {"EUR", 250}, {"GBP", 99}}),
       "sum in minor units of GBP"},
  };
  for (const Row& row : rows) {
    INFO(row.rule);
    const Result<void> checked = row.received.Check(announced);
    if (std::string(row.differs).empty()) {
      CHECK(checked);
    } else {
      REQUIRE_FALSE(checked);
      CHECK(checked.error().reason == "CONTROL_TOTALS_DIFFER");
      CHECK(checked.error().metadata.at("what") == row.differs);
    }
  }
  ControlTotals zero = announced;
  zero.minor_by_currency["JPY"] = 0;
  CHECK(zero.Check(announced));
}

}  // namespace
}  // namespace continuo::events
