// What jobs and consumers change leaves an audit entry in their own transaction, on a real database.
#include "libs/runtime/audit.h"

#include "continuo/crm/v1/events.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/events/consumers.h"
#include "libs/events/migrations.h"
#include "libs/events/postgres_transport.h"
#include "libs/events/relay.h"
#include "libs/ids/kinds.h"
#include "libs/json/read.h"
#include "libs/postgres/database.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"

namespace continuo::runtime {
namespace {

using postgres::Transaction;

constexpr postgres::Migration kNotes[] = {{"0001_note", R"sql(
CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY, text text NOT NULL CHECK (text <> ''))
)sql"}};
constexpr postgres::Statement kInsertNotes{
    "crm", "insert_notes", "INSERT INTO note (text) SELECT unnest($1::text[])", true};
constexpr postgres::Statement kSelectNotes{"crm", "select_notes", "SELECT text FROM note", false};

crm::v1::AccountUpdated Updated(const std::string& id) {
  crm::v1::AccountUpdated event;
  event.set_id(id);
  event.set_revision(2);
  return event;
}

struct Stage {
  Stage() {
    test.Migrate("crm", {events::Migrations(), kNotes});
    test.Migrate("event_bus", {events::BusMigrations()});
    crm.OnWork(WorkAuditHook());
  }

  rpc::Call JobCall() {
    auto call = rpc::Call::AsService("crm", ids::RequestId::New().ToString());
    call.work.name = "job.tidy_notes";
    return call;
  }
  Result<void> Insert(Transaction& tx, const std::vector<std::string>& notes) {
    tx.Run(kInsertNotes, notes);
    return {};
  }
  std::vector<directory::v1::AuditEntryRecorded> Entries() {
    std::vector<directory::v1::AuditEntryRecorded> entries;
    const int count = std::stoi(test.Execute("SELECT count(*) FROM crm.event_log WHERE " + kAudit));
    for (int i = 0; i < count; ++i) {
      const std::string data = test.Execute("SELECT data FROM crm.event_log WHERE " + kAudit +
                                            " ORDER BY id LIMIT 1 OFFSET " + std::to_string(i));
      REQUIRE(json::ReadMessage(data, &entries.emplace_back(), json::Direction::kStored));
    }
    return entries;
  }

  const std::string kAudit = "topic = 'crm.audit'";
  testing::TestDatabase test;
  postgres::Database crm{test.Config("crm")};
  postgres::Database bus{test.Config("event_bus")};
  events::PostgresTransport transport{bus};
};

TEST_CASE("a job's transaction leaves one entry with its counts") {
  Stage stage;
  const std::string account = ids::AccountId::New().ToString();
  const rpc::Call call = stage.JobCall();
  REQUIRE(stage.crm.Work(call, [&](Transaction& tx) -> Result<void> {
    RETURN_IF_FAULT(stage.Insert(tx, {"a", "b"}));
    RETURN_IF_FAULT(stage.Insert(tx, {"c"}));
    events::Append(tx, Updated(account));
    return {};
  }));
  const auto entries = stage.Entries();
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].action() == "crm.job.tidy_notes");
  CHECK(entries[0].principal() == "crm");
  CHECK(entries[0].request_id() == call.request_id);
  CHECK(entries[0].subject_id() == account);
  CHECK(entries[0].before() == "");
  CHECK(entries[0].after() == R"({"events":{"account.updated":1},"rows":{"insert_notes":3},)"
                              R"("subjects":[")" + account + R"("]})");
}

TEST_CASE("what changed nothing, failed, or was undone leaves no entry") {
  Stage stage;
  REQUIRE(stage.crm.Work(stage.JobCall(), [&](Transaction& tx) -> Result<void> {
    tx.Run(kSelectNotes);
    return stage.Insert(tx, {});
  }));
  CHECK_FALSE(stage.crm.Work(stage.JobCall(), [&](Transaction& tx) -> Result<void> {
    RETURN_IF_FAULT(stage.Insert(tx, {"a"}));
    return Internal("no");
  }));
  REQUIRE(stage.crm.Work(stage.JobCall(), [&](Transaction& tx) -> Result<void> {
    CHECK_FALSE(tx.Nested([&] { return stage.Insert(tx, {"a", ""}); }));
    const auto undone = tx.Nested([&]() -> Result<void> {
      RETURN_IF_FAULT(stage.Insert(tx, {"a"}));
      return Internal("no");
    });
    CHECK_FALSE(undone);
    return {};
  }));
  // A call of somebody's: the command's hook, not this one.
  REQUIRE(stage.crm.Work(rpc::Call::AsService("crm", "req_1"), [&](Transaction& tx) {
    return stage.Insert(tx, {"a"});
  }));
  CHECK(stage.Entries().empty());
}

TEST_CASE("a job that changes very much names a few and counts all") {
  Stage stage;
  REQUIRE(stage.crm.Work(stage.JobCall(), [&](Transaction& tx) -> Result<void> {
    tx.AuditSubject("run_1");
    std::vector<crm::v1::AccountUpdated> facts;
    for (int i = 0; i < 5'000; ++i) facts.push_back(Updated(ids::AccountId::New().ToString()));
    std::vector<events::NewEvent> appended;
    for (const auto& fact : facts) appended.push_back({&fact, {}});
    events::AppendAll(tx, appended);
    return {};
  }));
  const auto entries = stage.Entries();
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].subject_id() == "run_1");
  CHECK(entries[0].after().starts_with(R"({"events":{"account.updated":5000},"subjects":["acc_)"));
  CHECK(entries[0].after().size() < 1'000);
}

TEST_CASE("what keeps its own record is audited for the facts that it appends") {
  Stage stage;
  auto call = stage.JobCall();
  call.work.keeps_own_record = true;
  REQUIRE(stage.crm.Work(call, [&](Transaction& tx) { return stage.Insert(tx, {"a"}); }));
  CHECK(stage.Entries().empty());
  REQUIRE(stage.crm.Work(call, [&](Transaction& tx) -> Result<void> {
    RETURN_IF_FAULT(stage.Insert(tx, {"a"}));
    events::Append(tx, Updated(ids::AccountId::New().ToString()));
    return {};
  }));
  REQUIRE(stage.Entries().size() == 1);
}

TEST_CASE("a consumer leaves an entry for each event for which it changed something") {
  Stage stage;
  const std::string account = ids::AccountId::New().ToString();
  const auto append = [&](const std::string& request, const std::string& id) {
    REQUIRE(stage.crm.Work(rpc::Call::AsService("crm", request), [&](Transaction& tx) -> Result<void> {
      events::Append(tx, Updated(id), {.key = account});
      return {};
    }));
  };
  const std::string other = ids::AccountId::New().ToString();
  append("req_a", account);
  append("req_b", account);
  append("req_b", other);
  events::Relay relay({.service = "crm", .holder = "test"}, stage.crm, stage.transport);
  events::Consumers consumers({.service = "crm"}, stage.crm, stage.transport);
  int handled = 0;
  consumers.On<crm::v1::AccountUpdated>(
      [&](Transaction& tx, const events::Event&, const crm::v1::AccountUpdated&)
          -> events::Outcome {
        ++handled;
        // As on a replay: the second finds that all is done already.
        if (handled != 2) RETURN_IF_FAULT(stage.Insert(tx, {"a"}));
        return events::Done{};
      });
  // As the chain does: it copies what it is given, and its rows are no news.
  int copied = 0;
  consumers.OnTopic("crm.audit", [&](Transaction& tx, const events::Event&) -> events::Outcome {
    ++copied;
    RETURN_IF_FAULT(stage.Insert(tx, {"copy"}));
    return events::Done{};
  });
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while ((handled < 3 || copied < 2) && std::chrono::steady_clock::now() < until) {
    REQUIRE(relay.Step());
    consumers.Step(std::chrono::steady_clock::now() + std::chrono::milliseconds(50));
  }
  CHECK(copied == 2);
  const auto entries = stage.Entries();
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].action() == "crm.on.account.updated");
  CHECK(entries[0].request_id() == "req_a");
  CHECK(entries[0].subject_id() == account);
  CHECK(entries[1].request_id() == "req_b");
  CHECK(entries[1].subject_id() == other);
  const std::string handled_event = stage.test.Execute(
      "SELECT causation FROM crm.event_log WHERE topic = 'crm.audit' AND correlation = 'req_b'");
  CHECK(entries[1].after() == R"({"handled":")" + handled_event + R"(","rows":{"insert_notes":1}})");
}

TEST_CASE("what an operator does to the machinery is recorded in his name") {
  Stage stage;
  REQUIRE(stage.crm.Work(rpc::Call::AsService("crm", "req_1"), [&](Transaction& tx) -> Result<void> {
    RecordOperatorAction(tx, {.principal = "operator",
                              .action = "ReplayEvents",
                              .details = {{"topic", "quoting"}}});
    return {};
  }));
  const auto entries = stage.Entries();
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].principal() == "operator");
  CHECK(entries[0].action() == "crm.ReplayEvents");
  CHECK(entries[0].after() == R"({"topic":"quoting"})");
}

}  // namespace
}  // namespace continuo::runtime
