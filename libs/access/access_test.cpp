#include "libs/access/access.h"

#include <atomic>
#include <thread>

#include "continuo/crm/v1/contact.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/responsibility_link.pb.h"
#include "libs/access/sql.h"
#include "libs/events/append.h"
#include "libs/events/consumers.h"
#include "libs/events/migrations.h"
#include "libs/events/postgres_transport.h"
#include "libs/events/relay.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"

namespace continuo::access {
namespace {

using calendar::Date;
using postgres::Transaction;

const Date kMarch(2026, 3, 1);
const Date kApril(2026, 4, 1);

constexpr postgres::Migration kNotes[] = {{"0001_note", R"sql(
CREATE TABLE note (id int PRIMARY KEY, account_id uuid NOT NULL);
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON note
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
)sql"}};
constexpr postgres::Migration kThings[] = {{"0002_thing", R"sql(
CREATE TABLE thing (id uuid PRIMARY KEY, account_id uuid NOT NULL);
ALTER TABLE thing ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON thing USING (continuo_sees_account(account_id));
)sql"}};
constexpr postgres::Statement kInsertNote{"notes", "insert_note",
                                          "INSERT INTO note (id, account_id) VALUES ($1, $2)"};
constexpr postgres::Statement kCountNotes{"notes", "count_notes", "SELECT count(*) AS n FROM note"};

// directory, as far as it is asked: knows one account's grants.
class Directory : public rpc::Peers {
 public:
  directory::v1::AccountAccess known;
  int asked = 0;
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string&,
                            const google::protobuf::Message&,
                            google::protobuf::Message& answer) override {
    ++asked;
    static_cast<directory::v1::AccountAccess&>(answer) = known;
    return {};
  }
  std::vector<std::string> services() const override { return {"directory"}; }
};

struct Notes {
  testing::TestDatabase test;
  postgres::Database database;
  // The same in every run of a test case: its rows are made once.
  ids::UserId ada{ids::Uuid({1})};
  ids::UserId bob{ids::Uuid({2})};
  ids::AccountId account = ids::AccountId::New();

  Notes() : database([&] {
    test.Migrate("notes", {events::Migrations(), Migrations(), kNotes, kThings});
    test.SetClock("notes", "2026-03-10T09:00:00Z");
    return test.Config("notes");
  }()) {}

  rpc::Call Of(ids::UserId user, bool sees_all = false) const {
    rpc::Call call;
    call.principal.user_id = user.ToString();
    call.principal.sees_all = sees_all;
    return call;
  }
  bool Put(int64_t revision, std::vector<Grant> grants) {
    return *database.Work(rpc::Call::AsService("notes", "req_1"),
                          [&](Transaction& tx) -> Result<bool> {
                            return Replace(tx, account, revision, grants);
                          });
  }
  int64_t Count(const rpc::Call& call) {
    return *database.Read(call, [&](Transaction& tx) -> Result<int64_t> {
      return tx.Run(kCountNotes).front().Int("n");
    });
  }
  void AddNote() {
    test.Execute("INSERT INTO notes.note VALUES (1, '" + account.uuid().ToString() + "')");
  }
};

TEST_CASE("a row is seen by those with a grant that is valid today, and by those who see all") {
  Notes notes;
  notes.AddNote();
  struct Row {
    std::string name;
    std::vector<Grant> grants;
    int64_t seen;
  };
  const Row row = GENERATE_REF(values<Row>({
      {"no grant", {}, 0},
      {"open", {{notes.ada, kMarch, {}}}, 1},
      {"ends later", {{notes.ada, kMarch, kApril}}, 1},
      {"begins today", {{notes.ada, Date(2026, 3, 10), {}}}, 1},
      {"begins tomorrow", {{notes.ada, Date(2026, 3, 11), {}}}, 0},
      {"its last day was yesterday", {{notes.ada, kMarch, Date(2026, 3, 10)}}, 0},
      {"another user's", {{notes.bob, kMarch, {}}}, 0},
  }));
  INFO(row.name);
  REQUIRE(notes.Put(1, row.grants));
  CHECK(notes.Count(notes.Of(notes.ada)) == row.seen);
  CHECK(notes.Count(notes.Of(notes.ada, true)) == 1);
  CHECK(notes.Count(rpc::Call()) == 0);  // nobody
}

TEST_CASE("without the transaction's settings nothing is seen") {
  Notes notes;
  notes.AddNote();
  notes.Put(1, {{notes.ada, kMarch, {}}});
  CHECK(notes.test.Execute("SET search_path = notes; SET ROLE continuo_notes_api; "
                           "SELECT count(*) FROM note") == "0");
}

TEST_CASE("an older list never replaces a newer one") {
  Notes notes;
  CHECK(notes.Put(5, {{notes.ada, kMarch, {}}}));
  CHECK_FALSE(notes.Put(5, {}));
  CHECK_FALSE(notes.Put(4, {{notes.bob, kMarch, {}}}));
  const auto found = *notes.database.Read(
      notes.Of(notes.ada),
      [&](Transaction& tx) -> Result<AccountGrants> { return Find(tx, notes.account); });
  CHECK(found.revision == 5);
  CHECK(found.grants == std::vector<Grant>{{notes.ada, kMarch, {}}});
  CHECK(notes.Put(6, {}));
}

TEST_CASE("whoever opens an account sees it in the same transaction") {
  Notes notes;
  const auto insert = [&](bool link) {
    return notes.database.Write(notes.Of(notes.ada), [&](Transaction& tx) -> Result<bool> {
      if (link) LinkCreator(tx, notes.account);
      tx.Run(kInsertNote, link ? 2 : 3, notes.account);
      return Sees(tx, notes.account);
    });
  };
  CHECK_THROWS_AS(insert(false), postgres::StatementFailed);  // the policy refuses the row
  const auto seen = insert(true);
  REQUIRE(seen);
  CHECK(*seen);
}

TEST_CASE("a miss is confirmed with directory, and what it knows is kept") {
  Notes notes;
  Directory directory;
  const auto confirm = [&](const rpc::Call& call) {
    return *Confirm(notes.database, directory, call, notes.account);
  };
  CHECK_FALSE(confirm(notes.Of(notes.ada)));
  CHECK(directory.asked == 1);
  directory.known.set_revision(3);
  directory.known.set_sees(true);
  auto* grant = directory.known.add_grants();
  grant->set_user_id(notes.ada.ToString());
  grant->set_valid_from("2026-03-01");
  CHECK(confirm(notes.Of(notes.ada)));
  CHECK_FALSE(confirm(notes.Of(notes.bob)));
  CHECK(confirm(notes.Of(notes.bob, true)));
  CHECK(directory.asked == 3);  // who sees all need not be asked about
  CHECK_FALSE(notes.Put(3, {}));
}

TEST_CASE("who finds nothing is let in when directory knows better, and nobody else is") {
  Notes notes;
  Directory directory;
  const ids::ContactId thing = ids::ContactId::New();
  notes.test.Execute("INSERT INTO notes.thing VALUES ('" + thing.uuid().ToString() + "', '" +
                     notes.account.uuid().ToString() + "')");
  directory.known.set_revision(3);
  auto* grant = directory.known.add_grants();
  grant->set_user_id(notes.ada.ToString());
  grant->set_valid_from("2026-03-01");

  crm::v1::GetContactRequest get;
  get.set_id(thing.ToString());
  const auto learn = [&](const rpc::Call& call, const google::protobuf::Message& request) {
    return LearnOfMiss(notes.database, directory, call, request);
  };
  SECTION("by the thing's own id, which any guarded table may hold") {
    CHECK(learn(notes.Of(notes.ada), get));
    // Sees it by now, as when the event has come between the miss and this: no need to ask.
    CHECK(learn(notes.Of(notes.ada), get));
    CHECK(directory.asked == 1);
  }
  SECTION("by the account that a body names") {
    crm::v1::CreateContactRequest create;
    create.mutable_contact()->set_account_id(notes.account.ToString());
    CHECK(learn(notes.Of(notes.ada), create));
  }
  SECTION("a stranger learns nothing") {
    CHECK_FALSE(learn(notes.Of(notes.bob), get));
    CHECK(directory.asked == 1);
  }
  SECTION("what does not exist costs directory nothing, nor does who sees all or is no user") {
    get.set_id(ids::ContactId::New().ToString());
    CHECK_FALSE(learn(notes.Of(notes.ada), get));
    get.set_id(thing.ToString());
    CHECK_FALSE(learn(notes.Of(notes.ada, true), get));
    CHECK_FALSE(learn(rpc::Call::AsService("billing", "req_1"), get));
    CHECK(directory.asked == 0);
  }
}

TEST_CASE("directory is asked about a few misses at a time; the others stay misses") {
  Notes notes;
  struct Slow : Directory {
    Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string&,
                              const google::protobuf::Message&,
                              google::protobuf::Message& answer) override {
      ++at_once;
      while (!go) std::this_thread::yield();
      static_cast<directory::v1::AccountAccess&>(answer) = known;
      return {};
    }
    std::atomic<int> at_once = 0;
    std::atomic<bool> go = false;
  } directory;
  directory.known.set_revision(3);
  auto* grant = directory.known.add_grants();
  grant->set_user_id(notes.ada.ToString());
  grant->set_valid_from("2026-03-01");
  crm::v1::CreateContactRequest create;
  create.mutable_contact()->set_account_id(notes.account.ToString());
  std::atomic<int> learned = 0, missed = 0;
  std::vector<std::thread> callers;
  const auto call = [&] {
    ++(LearnOfMiss(notes.database, directory, notes.Of(notes.ada), create) ? learned : missed);
  };
  for (int i = 0; i < 4; ++i) callers.emplace_back(call);
  while (directory.at_once < 4) std::this_thread::yield();
  call();  // does not wait
  CHECK(missed == 1);
  directory.go = true;
  for (std::thread& caller : callers) caller.join();
  CHECK(learned == 4);
  CHECK(directory.at_once == 4);
  call();
  CHECK(learned == 5);
}

TEST_CASE("the lists travel in events; one too long for an event is fetched") {
  const bool fetch = GENERATE(false, true);
  Notes notes;
  notes.test.Migrate("directory", {events::Migrations()});
  notes.test.Migrate("event_bus", {events::BusMigrations()});
  postgres::Database owner(notes.test.Config("directory")), bus(notes.test.Config("event_bus"));
  events::PostgresTransport transport(bus);
  events::Relay relay({.service = "directory", .holder = "test"}, owner, transport);
  events::Consumers consumers({.service = "notes"}, notes.database, transport);
  Directory directory;
  directory.known.set_revision(8);  // newer than the event by now
  auto* known = directory.known.add_grants();
  known->set_user_id(notes.bob.ToString());
  known->set_valid_from("2026-03-01");
  Subscribe(consumers, directory, "notes");

  directory::v1::AccountAccessChanged changed;
  changed.set_id(notes.account.ToString());
  changed.set_revision(7);
  changed.set_fetch(fetch);
  if (!fetch) {
    auto* grant = changed.add_grants();
    grant->set_user_id(notes.ada.ToString());
    grant->set_valid_from("2026-03-01");
  }
  REQUIRE(owner.Work(rpc::Call::AsService("directory", "req_1"),
                     [&](Transaction& tx) -> Result<void> {
                       events::Append(tx, changed, {.key = changed.id(), .source_version = 7});
                       return {};
                     }));
  AccountGrants found;
  while (found.revision == 0) {
    REQUIRE(relay.Step());
    consumers.Step(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
    found = *notes.database.Read(
        notes.Of(notes.ada),
        [&](Transaction& tx) -> Result<AccountGrants> { return Find(tx, notes.account); });
  }
  CHECK(found.revision == (fetch ? 8 : 7));
  CHECK(found.grants == std::vector<Grant>{{fetch ? notes.bob : notes.ada, kMarch, {}}});
  CHECK(directory.asked == (fetch ? 1 : 0));
}

TEST_CASE("many accounts are replaced at once, each by its own revision") {
  Notes notes;
  const ids::AccountId other = ids::AccountId::New();
  REQUIRE(notes.Put(5, {{notes.ada, kMarch, {}}}));
  const std::vector<GrantsOfAccount> both{{notes.account, {{notes.bob, kMarch, {}}}},
                                          {other, {{notes.ada, kMarch, kApril}}}};
  const auto replace = [&](int64_t revision) {
    return *notes.database.Work(
        rpc::Call::AsService("notes", "req_1"),
        [&](Transaction& tx) -> Result<size_t> { return ReplaceAll(tx, revision, both); });
  };
  const auto grants = [&](ids::AccountId account) {
    return (*notes.database.Read(
                notes.Of(notes.ada),
                [&](Transaction& tx) -> Result<AccountGrants> { return Find(tx, account); }))
        .grants;
  };
  CHECK(replace(4) == 1);  // the first is newer here
  CHECK(grants(notes.account) == std::vector<Grant>{{notes.ada, kMarch, {}}});
  CHECK(grants(other) == both[1].grants);
  CHECK(replace(6) == 2);
  CHECK(grants(notes.account) == both[0].grants);
}

}  // namespace
}  // namespace continuo::access
