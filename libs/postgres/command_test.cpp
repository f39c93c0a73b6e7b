#include <latch>
#include <thread>

#include "libs/postgres/testdata/book.pb.h"
#include "libs/postgres/testdata/library.h"
#include "libs/testing/catch/catch.h"

namespace continuo::postgres {
namespace {

using testdata::Book;
using testdata::CallOf;
using testdata::Library;

Result<Book> MakeBook(Transaction& tx) {
  Book book;
  book.set_name("Book " + std::to_string(tx.Run(testdata::kRaiseCounter, 1).front().Int("value")));
  book.set_secret("s3cret");
  return book;
}

std::string Reason(const auto& result) { return result ? "" : result.error().reason; }

TEST_CASE("a repeat gets the first answer and runs nothing") {
  Library library;
  const rpc::Call first = CallOf("key-1");
  const auto made = library.database.Command<Book>(first, MakeBook);
  CHECK(made.value().name() == "Book 1");
  CHECK_FALSE(first.notes->replayed);

  const rpc::Call second = CallOf("key-1");
  const auto repeated = library.database.Command<Book>(second, MakeBook);
  CHECK(repeated.value().name() == "Book 1");
  CHECK(second.notes->replayed);
  CHECK(library.Counter(1) == 1);

  CHECK(library.database.Command<Book>(CallOf("key-2"), MakeBook).value().name() == "Book 2");
}

TEST_CASE("what is shown once is given out once and never stored") {
  Library library;
  CHECK(library.database.Command<Book>(CallOf("key"), MakeBook).value().secret() == "s3cret");
  CHECK(library.database.Command<Book>(CallOf("key"), MakeBook).value().secret() == "");
  CHECK(library.test.Execute(
            "SELECT position('s3cret'::bytea IN answer) FROM library.idempotency_key") == "0");
}

TEST_CASE("a key is bound to its request and to the user") {
  Library library;
  CHECK(library.database.Command<Book>(CallOf("key"), MakeBook));
  const auto other = library.database.Command<Book>(CallOf("key", "another request"), MakeBook);
  CHECK(Reason(other) == "IDEMPOTENCY_KEY_REUSED");

  rpc::Call stranger = CallOf("key", "another request");
  stranger.principal.user_id = ids::FormatTypeId("usr", ids::NewUuid());
  CHECK(library.database.Command<Book>(stranger, MakeBook).value().name() == "Book 2");
  // The same user with another API key is the same caller.
  rpc::Call same = CallOf("key");
  same.principal.key_id = "key_other";
  CHECK(library.database.Command<Book>(same, MakeBook).value().name() == "Book 1");
}

TEST_CASE("keys hold any text, and a key is no part of the statement") {
  Library library;
  const std::string key = "'); DROP TABLE idempotency_key; -- \\";
  CHECK(library.database.Command<Book>(CallOf(key), MakeBook).value().name() == "Book 1");
  CHECK(library.database.Command<Book>(CallOf(key), MakeBook).value().name() == "Book 1");
}

TEST_CASE("a refusal is not stored: the repeat is judged anew") {
  Library library;
  bool open = false;
  const auto run = [&] {
    return library.database.Command<Book>(CallOf("key"), [&](Transaction& tx) -> Result<Book> {
      if (!open) return FailedPrecondition("SHOP_CLOSED", "Come back tomorrow.");
      return MakeBook(tx);
    });
  };
  CHECK(Reason(run()) == "SHOP_CLOSED");
  open = true;
  CHECK(run().value().name() == "Book 1");
}

TEST_CASE("a second call with a key in flight is told to wait") {
  Library library;
  std::latch inside(1);
  std::latch refused(1);
  std::thread slow([&] {
    const auto made = library.database.Command<Book>(CallOf("key"), [&](Transaction& tx) {
      inside.count_down();
      refused.wait();
      return MakeBook(tx);
    });
    CHECK(made.value().name() == "Book 1");
  });
  inside.wait();
  const auto second = library.database.Command<Book>(CallOf("key"), MakeBook);
  CHECK(Reason(second) == "IDEMPOTENCY_KEY_IN_FLIGHT");
  CHECK(second.error().metadata.at("retry_after") == "1");
  refused.count_down();
  slow.join();
  CHECK(library.database.Command<Book>(CallOf("key"), MakeBook).value().name() == "Book 1");
}

TEST_CASE("of many calls with one key, one runs") {
  Library library;
  std::latch start(8);
  std::atomic<int> answered{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      const auto made = library.database.Command<Book>(CallOf("key"), MakeBook);
      if (made && made->name() == "Book 1") ++answered;
      if (!made && made.error().reason != "IDEMPOTENCY_KEY_IN_FLIGHT") answered = -100;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(answered >= 1);
  CHECK(library.Counter(1) == 1);
}

TEST_CASE("a key is forgotten after 72 hours") {
  Library library;
  CHECK(library.database.Command<Book>(CallOf("key"), MakeBook));
  CHECK(library.database.Command<Book>(CallOf("other"), MakeBook));
  library.test.Execute(
      "UPDATE library.idempotency_key SET created_at = now() - interval '73 hours'");
  CHECK(library.database.Command<Book>(CallOf("key", "a new request"), MakeBook).value().name() ==
        "Book 3");
  const auto forget = [](Transaction& tx) -> Result<size_t> { return ForgetIdempotencyKeys(tx); };
  CHECK(library.database.Work(CallOf(), forget).value() == 1);
  CHECK(library.database.Command<Book>(CallOf("key", "a new request"), MakeBook).value().name() ==
        "Book 3");
}

TEST_CASE("without a key a command just runs") {
  Library library;
  CHECK(library.database.Command<Book>(CallOf(), MakeBook).value().name() == "Book 1");
  CHECK(library.database.Command<Book>(CallOf(), MakeBook).value().name() == "Book 2");
}

TEST_CASE("the hook sees before and after, in the transaction, and not on a repeat") {
  Library library;
  std::vector<std::string> seen;
  library.database.OnCommand([&](Transaction& tx, const google::protobuf::Message* before,
                                 const google::protobuf::Message& after) {
    const std::string old =
        before == nullptr ? "nothing" : static_cast<const Book&>(*before).name();
    seen.push_back(old + " -> " + static_cast<const Book&>(after).name());
    tx.Run(testdata::kRaiseCounter, 2);
  });
  const auto run = [](Transaction& tx) {
    Book before;
    before.set_name("Draft");
    tx.AuditBefore(before);
    return MakeBook(tx);
  };
  CHECK(library.database.Command<Book>(CallOf("key"), run));
  CHECK(library.database.Command<Book>(CallOf("key"), run));
  CHECK(library.database.Command<Book>(CallOf(), MakeBook));
  CHECK(seen == std::vector<std::string>{"Draft -> Book 1", "nothing -> Book 2"});
  CHECK(library.Counter(2) == 2);
}

}  // namespace
}  // namespace continuo::postgres
