#include "libs/runtime/event_log_keeper.h"

#include "continuo/crm/v1/events.pb.h"
#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/events/append.h"
#include "libs/events/migrations.h"
#include "libs/events/postgres_transport.h"
#include "libs/events/relay.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "libs/runtime/metrics.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"

namespace continuo::runtime {
namespace {

using postgres::Transaction;

// Other services, as far as they take crm's events.
struct Others : rpc::Peers {
  Result<void> AskMessageAt(const std::string& service, const rpc::Call&, const std::string&,
                            const google::protobuf::Message&,
                            google::protobuf::Message& answer) override {
    const auto found = taken.find(service);
    if (found == taken.end()) return Unavailable("UNAVAILABLE", service + " is away");
    auto& progress = static_cast<v1::Progress&>(answer);
    if (found->second < 0) return {};  // takes nothing of crm
    progress.add_topics("crm");
    for (int partition = 0; partition < events::kPartitions; ++partition) {
      auto* position = progress.add_consumed();
      position->set_topic("crm");
      position->set_partition(partition);
      position->set_seq(found->second);
    }
    return {};
  }
  std::vector<std::string> services() const override { return {"billing", "gateway", "quoting", "webhooks"}; }

  std::map<std::string, int64_t> taken;
};

struct Stage {
  Stage() {
    test.Migrate("crm", {events::Migrations()});
    test.Migrate("event_bus", {events::BusMigrations()});
    const std::string month =
        "date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') - interval '3 months'";
    test.Execute("DO $$ BEGIN EXECUTE format('CREATE TABLE crm.%I PARTITION OF crm.event_log FOR VALUES "
                 "FROM (%L) TO (%L)', 'event_log_' || to_char(" + month + ", 'YYYY_MM'), (" + month +
                 ") AT TIME ZONE 'UTC', (" + month + " + interval '1 month') AT TIME ZONE 'UTC'); "
                 "EXECUTE format('ALTER TABLE crm.%I OWNER TO continuo_crm_owner', 'event_log_' || to_char(" +
                 month + ", 'YYYY_MM')); END $$");
  }

  void Append(int count) {
    REQUIRE(database.Work(rpc::Call::AsService("crm", "req_1"), [&](Transaction& tx) -> Result<void> {
      for (int i = 0; i < count; ++i) {
        crm::v1::AccountUpdated event;
        event.set_id(ids::AccountId::New().ToString());
        events::Append(tx, event, {.key = "one"});
      }
      return {};
    }));
    events::Relay relay({.service = "crm", .holder = "test"}, database, transport);
    while (relay.Step().value() > 0) {
    }
  }
  void Age() {
    test.Execute("UPDATE crm.event_log SET recorded_at = recorded_at - interval '3 months'");
  }
  std::string Logged() { return test.Execute("SELECT count(*) FROM crm.event_log"); }

  testing::TestDatabase test;
  postgres::Database database{test.Config("crm")};
  postgres::Database bus{test.Config("event_bus")};
  events::PostgresTransport transport{bus};
  Others others;
  Metrics metrics;
  EventLogKeeper keeper{{.service = "crm", .keep_months = 1}, database, others, metrics};
};

TEST_CASE("a month is archived when every service has answered and taken it") {
  Stage stage;
  stage.Append(4);
  stage.Age();
  stage.others.taken = {{"billing", 4}, {"quoting", -1}};
  CHECK_FALSE(stage.keeper.Round());  // webhooks is away
  CHECK(stage.Logged() == "4");
  stage.others.taken["webhooks"] = 3;
  CHECK(stage.keeper.Round().value() == 0);
  CHECK(stage.Logged() == "4");
  const std::string held = stage.metrics.Text();
  CHECK(held.find("continuo_event_log_untaken_events{consumer=\"webhooks\",service=\"crm\"} 1\n") !=
        std::string::npos);
  CHECK(held.find("continuo_event_log_untaken_events{consumer=\"billing\",service=\"crm\"} 0\n") !=
        std::string::npos);
  CHECK(held.find("consumer=\"quoting\"") == std::string::npos);
  CHECK(held.find("continuo_event_log_held_months{service=\"crm\"} 1\n") != std::string::npos);
  stage.others.taken["webhooks"] = 4;
  CHECK(stage.keeper.Round().value() == 1);
  CHECK(stage.Logged() == "0");
  CHECK(stage.metrics.Text().find("continuo_event_log_held_months{service=\"crm\"} 0\n") !=
        std::string::npos);
}

TEST_CASE("without a setting the log is kept, and its consumers are watched all the same") {
  Stage stage;
  stage.Append(2);
  stage.Age();
  stage.others.taken = {{"billing", 2}, {"quoting", 2}, {"webhooks", 0}};
  Metrics metrics;
  EventLogKeeper keeper({.service = "crm"}, stage.database, stage.others, metrics);
  CHECK(keeper.Round().value() == 0);
  CHECK(stage.Logged() == "2");
  CHECK(metrics.Text().find("{consumer=\"webhooks\",service=\"crm\"} 2\n") != std::string::npos);
}

}  // namespace
}  // namespace continuo::runtime
