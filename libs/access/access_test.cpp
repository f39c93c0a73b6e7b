#include "libs/access/access.h"

#include "continuo/directory/v1/responsibility_link.pb.h"
#include "libs/access/sql.h"
#include "libs/events/migrations.h"
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
    test.Migrate("notes", {events::Migrations(), Migrations(), kNotes});
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

}  // namespace
}  // namespace continuo::access
