// What directory makes of facts: the tree of accounts, links closed over it, the audit chain. The
// facts really travel: crm's log, its relay, the transport, directory's consumers.
#include "services/directory/consumers/consumers.h"

#include <array>

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/events.pb.h"
#include "continuo/directory/v1/audit_entry.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/responsibility_link.pb.h"
#include "libs/events/append.h"
#include "libs/events/consumers.h"
#include "libs/events/postgres_transport.h"
#include "libs/events/relay.h"
#include "libs/ids/kinds.h"
#include "libs/testing/catch/catch.h"
#include "services/directory/app/account_access.h"
#include "services/directory/app/audit.h"
#include "services/directory/app/responsibility_links.h"
#include "services/directory/app/stage_test.h"
#include "services/directory/audit_chain.h"

namespace continuo::directory {
namespace {

constexpr std::array<std::string_view, 1> kAudited{"crm"};

struct Travelling : Stage {
  postgres::Database crm;
  postgres::Database bus;
  events::PostgresTransport transport;
  events::Relay crm_relay;
  events::Relay own_relay;
  std::unique_ptr<events::Consumers> consumers;

  Travelling()
      : crm([&] {
          test.Migrate("crm", {events::Migrations()});
          test.Migrate("event_bus", {events::BusMigrations()});
          return test.Config("crm");
        }()),
        bus(test.Config("event_bus")),
        transport(bus),
        crm_relay({.service = "crm", .holder = "test"}, crm, transport),
        own_relay({.service = "directory", .holder = "test"}, database, transport) {
    Listen();
  }

  void Listen() {
    consumers = std::make_unique<events::Consumers>(
        events::ConsumersConfig{.service = "directory"}, database, transport);
    consumers::Subscribe(*consumers, kAudited);
  }
  // Everything from the beginning once more, as after a rebuild; nothing of it may fail.
  void Replay() {
    consumers.reset();
    test.Execute("UPDATE directory.consumer_position SET seq = 0");
    Listen();
    Settle();
    CHECK(consumers->metrics().applied_total > 0);
    CHECK(test.Execute("SELECT count(*) FROM directory.deferred_event") == "0");
  }

  void Tell(const google::protobuf::Message& data, int64_t version,
            const events::AppendOptions& options = {}) {
    events::AppendOptions with = options;
    with.source_version = version;
    Must(crm.Work(rpc::Call::AsService("crm", "req_crm"),
                  [&](postgres::Transaction& tx) -> Result<bool> {
                    events::Append(tx, data, with);
                    return true;
                  }));
  }
  std::string Open(const std::string& parent = "", const std::string& creator = "") {
    crm::v1::AccountCreated data;
    data.set_id(ids::AccountId::New().ToString());
    data.set_revision(1);
    data.set_parent_id(parent);
    data.set_created_by(creator);
    Tell(data, 1);
    return data.id();
  }
  // Until everything that was said, and what followed from it, has arrived.
  void Settle() {
    for (int quiet = 0; quiet < 3;) {
      const auto sent = Must(crm_relay.Step()) + Must(own_relay.Step());
      const auto applied =
          consumers->Step(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
      quiet = sent + applied == 0 ? quiet + 1 : 0;
    }
  }
  std::string User(const std::string& email) {
    return test.Execute("INSERT INTO directory.member SELECT gen_random_uuid(), 1, '" + email +
                        "', 'x', profile_id, '{}', NULL, NULL, 'active', '{}', created_at "
                        "FROM directory.member LIMIT 1 RETURNING id");
  }
  std::string NewUser(const std::string& email) {
    return ids::UserId(ids::Uuid::Parse(User(email)).value()).ToString();
  }
  bool Sees(const std::string& user, const std::string& account) {
    return Must(database.Read(Of(user, false), [&](postgres::Transaction& tx) -> Result<bool> {
      return access::Sees(tx, ids::AccountId::Parse(account).value());
    }));
  }
  Result<v1::ResponsibilityLink> Link(const rpc::Call& call, const std::string& user,
                                      const std::string& account) {
    v1::CreateResponsibilityLinkRequest request;
    request.mutable_responsibility_link()->set_user_id(user);
    request.mutable_responsibility_link()->set_account_id(account);
    request.mutable_responsibility_link()->set_role("sales_rep");
    return app::CreateResponsibilityLink(app, call, request);
  }
  v1::AccessExplanation Explain(const std::string& user, const std::string& account) {
    v1::ExplainAccessRequest request;
    request.set_user_id(user);
    request.set_resource(account);
    return Must(app::ExplainAccess(app, All(), request));
  }
};

TEST_CASE("whoever opens an account sees it and all below it, and nobody else does") {
  Travelling stage;
  const std::string ada = stage.NewUser("ada@example.com");
  const std::string bob = stage.NewUser("bob@example.com");
  const std::string holding = stage.Open("", ada);
  const std::string plant = stage.Open(holding, bob);
  stage.Settle();
  CHECK(stage.Sees(ada, holding));
  CHECK(stage.Sees(ada, plant));
  CHECK(stage.Sees(bob, plant));
  CHECK_FALSE(stage.Sees(bob, holding));
  CHECK_FALSE(stage.Sees("", holding));
  CHECK(stage.test.Execute("SELECT count(*) FROM directory.responsibility_link") == "2");

  // A replay from the beginning changes nothing.
  const std::string revisions = "SELECT string_agg(revision::text, ' ' ORDER BY account_id) "
                                "FROM directory.account_access_revision";
  const std::string before = stage.test.Execute(revisions);
  stage.Replay();
  CHECK(stage.test.Execute(revisions) == before);
  CHECK(stage.test.Execute("SELECT count(*) FROM directory.responsibility_link") == "2");
}

TEST_CASE("an account that moves takes its subtree along, into and out of sight") {
  Travelling stage;
  const std::string ada = stage.NewUser("ada@example.com");
  const std::string group = stage.Open("", ada);
  const std::string other = stage.Open();
  const std::string plant = stage.Open(other);
  const std::string hall = stage.Open(plant);
  stage.Settle();
  CHECK_FALSE(stage.Sees(ada, hall));
  crm::v1::AccountUpdated moved;
  moved.set_id(plant);
  moved.set_revision(2);
  moved.set_parent_id(group);
  stage.Tell(moved, 2);
  stage.Settle();
  CHECK(stage.Sees(ada, plant));
  CHECK(stage.Sees(ada, hall));
  moved.set_revision(3);
  moved.set_parent_id("");
  stage.Tell(moved, 3);
  stage.Settle();
  CHECK_FALSE(stage.Sees(ada, hall));
  // An older fact that comes late is not believed.
  moved.set_revision(2);
  moved.set_parent_id(group);
  stage.Tell(moved, 2);
  stage.Settle();
  CHECK_FALSE(stage.Sees(ada, plant));
}

TEST_CASE("a link is made and ended; ending one leaves what others give") {
  Travelling stage;
  const std::string ada = stage.NewUser("ada@example.com");
  const std::string bob = stage.NewUser("bob@example.com");
  const std::string group = stage.Open("", bob);
  const std::string plant = stage.Open(group);
  stage.Settle();
  const auto link = Must(stage.Link(stage.All(), ada, plant));
  CHECK(link.valid_from() == "2026-03-10");
  CHECK(link.level() == 1);
  stage.Settle();
  CHECK(stage.Sees(ada, plant));
  CHECK_FALSE(stage.Sees(ada, group));
  // Ada does not see the group: for her it is not there, and not to be linked to.
  CHECK(Reason(stage.Link(stage.Of(ada, false), ada, group)) == "REFERENCE_NOT_FOUND");
  v1::ListResponsibilityLinksRequest list;
  list.set_limit(25);
  CHECK(Must(app::ListResponsibilityLinks(stage.app, stage.Of(ada, false), list)).data_size() == 1);
  CHECK(Must(app::ListResponsibilityLinks(stage.app, stage.All(), list)).data_size() == 2);
  v1::GetResponsibilityLinkRequest get;
  get.set_id(link.id());
  CHECK(app::GetResponsibilityLink(stage.app, stage.Of(bob, false), get));

  v1::EndResponsibilityLinkRequest end;
  end.set_id(link.id());
  end.set_valid_to("2026-03-01");
  CHECK(Reason(app::EndResponsibilityLink(stage.app, stage.All(), end)) == "OUT_OF_RANGE");
  // In time first, then at once: both are kept, with the instant at which they became known.
  end.set_valid_to("2026-04-01");
  CHECK(Must(app::EndResponsibilityLink(stage.app, stage.All(), end)).valid_to() == "2026-04-01");
  end.clear_valid_to();
  CHECK(Must(app::EndResponsibilityLink(stage.app, stage.All(), end)).valid_to() == "2026-03-10");
  CHECK(stage.test.Execute("SELECT string_agg(valid_to || ' ' || (known_at AT TIME ZONE 'UTC')::date, "
                           "', ' ORDER BY recorded_at) FROM directory.responsibility_link_ending") ==
        "2026-04-01 2026-03-10, 2026-03-10 2026-03-10");
  CHECK(Must(app::GetResponsibilityLink(stage.app, stage.All(), get)).has_ended_at());
  CHECK(Reason(app::EndResponsibilityLink(stage.app, stage.All(), end)) == "LINK_ENDED");
  stage.Settle();
  CHECK_FALSE(stage.Sees(ada, plant));
  CHECK(stage.Sees(bob, plant));

  v1::GetAccountAccessRequest ask;
  ask.set_account_id(plant);
  ask.set_user_id(bob);
  const auto known = Must(app::GetAccountAccess(stage.app, stage.All(), ask));
  CHECK(known.sees());
  CHECK(known.grants_size() == 1);
  CHECK(known.revision() > 0);
}

TEST_CASE("who asks about a link that is made and not closed yet is told of it") {
  Travelling stage;
  const std::string ada = stage.NewUser("ada@example.com");
  const std::string group = stage.Open();
  const std::string plant = stage.Open(group);
  stage.Settle();
  v1::GetAccountAccessRequest ask;
  ask.set_account_id(plant);
  ask.set_user_id(ada);
  CHECK_FALSE(Must(app::GetAccountAccess(stage.app, stage.All(), ask)).sees());
  Must(stage.Link(stage.All(), ada, group));
  const auto told = Must(app::GetAccountAccess(stage.app, stage.All(), ask));  // nothing has settled
  CHECK(told.sees());
  CHECK(told.grants_size() == 1);
  stage.Settle();
  CHECK(Must(app::GetAccountAccess(stage.app, stage.All(), ask)).revision() == told.revision());
}

TEST_CASE("a link above thousands of accounts, and hundreds of links on one") {
  Travelling stage;
  const std::string group = stage.Open();
  stage.Settle();
  constexpr int kAccounts = 2'000;
  constexpr int kUsers = 300;  // more than an event holds
  stage.test.Execute("INSERT INTO directory.account_node (account_id, parent_id, source_version) "
                     "SELECT gen_random_uuid(), account_id, 1 "
                     "FROM directory.account_node, generate_series(1, " + std::to_string(kAccounts) +
                     ")");
  const std::string ada = stage.NewUser("ada@example.com");
  Must(stage.Link(stage.All(), ada, group));
  stage.Settle();
  const std::string announced = "type = 'account_access.changed' AND data LIKE '%" + ada + "%'";
  CHECK(stage.test.Execute("SELECT count(*) FROM directory.event_log WHERE " + announced) ==
        std::to_string(kAccounts + 1));
  CHECK(stage.test.Execute("SELECT count(*) FROM directory.account_access") ==
        std::to_string(kAccounts + 1));

  const std::string plant = stage.Open();
  stage.Settle();
  stage.test.Execute(
      "WITH made AS (INSERT INTO directory.member SELECT gen_random_uuid(), 1, 'u' || n || '@x.de', "
      "'x', profile_id, '{}', NULL, NULL, 'active', '{}', created_at FROM (SELECT * FROM "
      "directory.member LIMIT 1) AS m, generate_series(1, " + std::to_string(kUsers) +
      ") AS n RETURNING id) INSERT INTO directory.responsibility_link (id, user_id, account_id, role, "
      "level, valid_from, created_at) SELECT gen_random_uuid(), made.id, '" + ids::AccountId::Parse(plant)->uuid().ToString() +
      "', 'rep', 1, '2026-01-01', now() FROM made");
  Must(stage.Link(stage.All(), ada, plant));
  stage.Settle();
  CHECK(stage.test.Execute("SELECT count(*) FROM directory.deferred_event") == "0");
  // The others have to ask for the list.
  const std::string last = "FROM directory.event_log WHERE type = 'account_access.changed' "
                           "ORDER BY id DESC LIMIT 1";
  CHECK(stage.test.Execute("SELECT (data::json->>'fetch') || ' ' || "
                           "json_array_length(data::json->'grants') " + last) == "true 0");
  v1::GetAccountAccessRequest ask;
  ask.set_account_id(plant);
  const auto known = Must(app::GetAccountAccess(stage.app, stage.All(), ask));
  CHECK(known.grants_size() == kUsers + 1);
  CHECK(stage.Sees(ada, plant));
}

TEST_CASE("a link for later opens the account on its day, without anything running") {
  Travelling stage;
  const std::string ada = stage.NewUser("ada@example.com");
  const std::string plant = stage.Open();
  stage.Settle();
  v1::CreateResponsibilityLinkRequest request;
  auto& link = *request.mutable_responsibility_link();
  link.set_user_id(ada);
  link.set_account_id(plant);
  link.set_role("sales_rep");
  link.set_valid_from("2026-04-01");
  link.set_valid_to("2026-04-01");
  CHECK(Reason(app::CreateResponsibilityLink(stage.app, stage.All(), request)) == "OUT_OF_RANGE");
  link.set_valid_to("2026-05-01");
  Must(app::CreateResponsibilityLink(stage.app, stage.All(), request));
  stage.Settle();
  CHECK_FALSE(stage.Sees(ada, plant));
  stage.test.SetClock("directory", "2026-04-01T00:00:00Z");
  CHECK(stage.Sees(ada, plant));
  stage.test.SetClock("directory", "2026-05-01T00:00:00Z");
  CHECK_FALSE(stage.Sees(ada, plant));
}

TEST_CASE("an explanation names every check, and the link that decides") {
  Travelling stage;
  const std::string ada = stage.NewUser("ada@example.com");
  const std::string group = stage.Open();
  const std::string plant = stage.Open(group);
  stage.Settle();
  stage.peers.answers["GetAccount"] = [](const std::string&, const auto&, auto&) {
    return Result<void>();
  };
  // The administrator's profile sees all; Ada's shall not.
  stage.test.Execute("INSERT INTO directory.security_profile VALUES (gen_random_uuid(), 1, 'rep', "
                     "'{accounts.*}', 'linked', now())");
  stage.test.Execute("UPDATE directory.member SET profile_id = (SELECT id FROM "
                     "directory.security_profile WHERE name = 'rep') WHERE email LIKE 'ada%'");
  const auto before = stage.Explain(ada, plant);
  CHECK_FALSE(before.sees());
  REQUIRE(before.checks_size() == 4);
  CHECK(before.checks(1).holds());
  CHECK_FALSE(before.checks(2).holds());
  const auto link = Must(stage.Link(stage.All(), ada, group));
  stage.Settle();
  const auto after = stage.Explain(ada, plant);
  CHECK(after.sees());
  CHECK(after.checks(2).link_id() == link.id());
  CHECK(after.checks(2).linked_account_id() == group);
  v1::ExplainAccessRequest strange;
  strange.set_user_id(ada);
  strange.set_resource("zzz_1");
  CHECK(Reason(app::ExplainAccess(stage.app, stage.All(), strange)) == "UNKNOWN_KIND");
}

TEST_CASE("audit entries are chained; a changed, a removed and a cut one are found") {
  Travelling stage;
  for (int i = 0; i < 4; ++i) {
    v1::AuditEntryRecorded entry;
    entry.set_id(ids::AuditEntryId::New().ToString());
    entry.set_principal(stage.administrator.user_id);
    entry.set_action("crm.CreateLead");
    entry.set_subject_id("lead_" + std::to_string(i));
    entry.set_request_id("req_audit");
    entry.set_after(R"({"id": "lead",  "n": 1.50})");
    stage.Tell(entry, 1, {.key = entry.subject_id(), .topic = "crm.audit"});
  }
  stage.Settle();
  const auto verify = [&] {
    return Must(VerifyAuditChain(stage.database, rpc::Call::AsService("directory", "req_v")));
  };
  CHECK(verify().entries == 4);
  CHECK_FALSE(verify().broken_at);
  // Again: each entry is in once.
  stage.Replay();
  CHECK(verify().entries == 4);

  v1::ListAuditEntriesRequest list;
  list.set_limit(25);
  list.set_request_id("req_audit");
  const auto entries = Must(app::ListAuditEntries(stage.app, stage.All(), list));
  REQUIRE(entries.data_size() == 4);
  CHECK(entries.data(0).service() == "crm");
  CHECK(entries.data(0).hash().size() == 64);
  CHECK(entries.data(0).after().fields().at("n").number_value() == 1.5);
  v1::GetAuditEntryRequest get;
  get.set_id(entries.data(0).id());
  CHECK(Must(app::GetAuditEntry(stage.app, stage.All(), get)).action() == "crm.CreateLead");

  const std::string change = "UPDATE directory.audit_entry SET principal = 'usr_x' WHERE position = 2";
  CHECK_THROWS(stage.test.Execute(change));
  // The chain is for whoever has power over the table itself.
  stage.test.Execute("ALTER TABLE directory.audit_entry DISABLE TRIGGER audit_entry_is_kept");
  SECTION("changed") {
    stage.test.Execute(change);
    CHECK(verify().broken_at == 2);
  }
  SECTION("removed") {
    stage.test.Execute("DELETE FROM directory.audit_entry WHERE position = 3");
    CHECK(verify().broken_at == 3);
  }
  SECTION("the end cut off") {
    stage.test.Execute("DELETE FROM directory.audit_entry WHERE position = 4");
    CHECK(verify().broken_at == 4);
  }
}

}  // namespace
}  // namespace continuo::directory
