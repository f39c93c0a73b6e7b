#include "libs/postgres/message.h"

#include <google/protobuf/util/time_util.h>

#include "libs/postgres/testdata/book.pb.h"
#include "libs/postgres/testdata/library.h"
#include "libs/testing/catch/catch.h"

namespace continuo::postgres {
namespace {

using testdata::Book;
using testdata::CallOf;
using testdata::Library;

// The book that a SELECT without a table fills.
Book Filled(Library& library, const std::string& select, std::vector<Parameter> parameters = {}) {
  Book book;
  const auto outcome = library.database.Read(CallOf(), [&](Transaction& tx) -> Result<void> {
    Fill(tx.RunDynamic(select, parameters).front(), &book);
    return {};
  });
  CHECK(outcome);
  return book;
}

TEST_CASE("each kind of column fills the field of its name") {
  Library library;
  const auto id = ids::NewUuid();
  const auto other = ids::NewUuid();
  const Book book = Filled(library,
                           R"sql(SELECT $1::uuid AS id, 'Emma' AS name, 'sold_out'::text AS status,
             date '2026-01-31' AS published_on,
             timestamptz '2026-01-31T10:00:00.25+01:00' AS created_at,
             timestamptz '2026-01-31T10:00:00.25+01:00' AS created_at_text,
             12.500::numeric AS weight, ROW(123450::bigint, 'EUR'::text) AS price,
             9007199254740993::bigint AS sold, 0::int AS edition, true AS signed,
             '[{"title": "One", "pages": 3}, {"title": "Two"}]'::jsonb AS chapters,
             '{"shelf": "a b"}'::jsonb AS metadata, '{"title": "Two"}'::json AS best,
             ARRAY['a,b', 'c"d\e', '']::text[] AS tags, ARRAY[$1, $2]::uuid[] AS related_ids,
             '\x00ff'::bytea AS cover, ARRAY[1, 2]::bigint[] AS print_runs, 1 AS of_no_field)sql",
                           {id, other});
  CHECK(book.id() == ids::FormatTypeId("book", id));
  CHECK(book.name() == "Emma");
  CHECK(book.status() == testdata::BOOK_STATUS_SOLD_OUT);
  CHECK(book.published_on() == "2026-01-31");
  CHECK(google::protobuf::util::TimeUtil::ToString(book.created_at()) ==
        "2026-01-31T09:00:00.250Z");
  CHECK(book.created_at_text() == "2026-01-31T09:00:00.250000Z");
  CHECK(book.weight() == "12.5");
  CHECK(book.price().amount() == "1234.50");
  CHECK(book.price().currency() == "EUR");
  CHECK(book.sold() == 9007199254740993);
  CHECK(book.has_edition());
  CHECK(book.signed_());
  REQUIRE(book.chapters_size() == 2);
  CHECK(book.chapters(0).pages() == 3);
  CHECK(book.metadata().at("shelf") == "a b");
  CHECK(book.best().title() == "Two");
  REQUIRE(book.tags_size() == 3);
  CHECK(book.tags(0) == "a,b");
  CHECK(book.tags(1) == "c\"d\\e");
  CHECK(book.tags(2) == "");
  REQUIRE(book.related_ids_size() == 2);
  CHECK(book.related_ids(1) == ids::FormatTypeId("book", other));
  CHECK(book.cover() == std::string("\x00\xff", 2));
  CHECK(book.print_runs_size() == 2);
}

TEST_CASE("NULL leaves a field unset") {
  Library library;
  const Book book = Filled(library, R"sql(
    SELECT NULL::uuid AS id, NULL::text AS name, NULL::text AS status, NULL::date AS published_on,
           NULL::timestamptz AS created_at, NULL::numeric AS weight, NULL::int AS edition,
           ROW(NULL::bigint, NULL::text) AS price, NULL::jsonb AS chapters, NULL::jsonb AS best,
           NULL::text[] AS tags)sql");
  CHECK(book.ByteSizeLong() == 0);
}

TEST_CASE("instants before 1970 and money of other places") {
  Library library;
  const Book book = Filled(library, R"sql(
    SELECT timestamptz '1969-12-31T23:59:59.75Z' AS created_at, ROW(-5, 'JPY') AS price,
           0.00::numeric AS weight)sql");
  CHECK(book.created_at().seconds() == -1);
  CHECK(book.created_at().nanos() == 750'000'000);
  CHECK(book.price().amount() == "-5");
  CHECK(book.weight() == "0");
}

TEST_CASE("what a field cannot hold is our own bug") {
  Library library;
  CHECK_THROWS_AS(Filled(library, "SELECT 'burnt'::text AS status"), std::logic_error);
  CHECK_THROWS_AS(Filled(library, "SELECT 'x'::text AS sold"), std::logic_error);
  CHECK_THROWS_AS(Filled(library, "SELECT '[]'::jsonb AS best"), std::logic_error);
  CHECK_THROWS_AS(Filled(library, "SELECT 'infinity'::timestamptz AS created_at"),
                  std::logic_error);
}

TEST_CASE("parameters of every type come back as they went") {
  Library library;
  const auto id = ids::NewUuid();
  const auto date = calendar::Date(2026, 1, 31);
  const auto instant = calendar::ParseInstant("2026-01-31T09:00:00.25Z").value();
  const auto decimal = money::Decimal::Parse("0.00000001").value();
  const std::vector<std::string> texts{"plain", "a,b", "\"\\", "NULL", ""};
  const auto outcome = library.database.Read(CallOf(), [&](Transaction& tx) -> Result<void> {
    static constexpr Statement kEcho{
        "library", "echo",
        "SELECT $1::uuid AS id, $2::date AS date, $3::timestamptz AS instant, $4::numeric AS "
        "decimal,"
        " $5::boolean AS yes, $6::bigint AS least, $7::text AS nothing, $8::text[] AS texts,"
        " $9::bytea AS bytes, $10::jsonb AS json, $11::int[] AS numbers, $12::uuid AS account_id"};
    const Row row = tx.Run(kEcho, id, date, instant, decimal, true, INT64_MIN, std::nullopt, texts,
                           Bytes{std::string_view("\0\xff", 2)}, Json{R"({"a": 1})"},
                           std::vector<int>{1, 2}, ids::Id<"acc">(id))
                        .front();
    CHECK(row.Uuid("id") == id);
    CHECK(row.Id("acc", 0) == ids::FormatTypeId("acc", id));
    CHECK(row.Date("date") == date);
    CHECK(row.Instant("instant") == instant);
    CHECK(row.Decimal("decimal") == decimal);
    CHECK(row.Bool("yes"));
    CHECK(row.Int("least") == INT64_MIN);
    CHECK(row.IsNull("nothing"));
    CHECK_FALSE(row.OptionalText("nothing"));
    CHECK(row.OptionalId("acc", "nothing") == "");
    CHECK(row.TextArray("texts") == texts);
    CHECK(row.Bytes("bytes") == std::string("\0\xff", 2));
    CHECK(row.Text("json") == R"({"a": 1})");
    CHECK(row.Uuid("account_id") == id);
    CHECK_THROWS_AS(row.Text("nothing"), std::logic_error);
    CHECK_THROWS_AS(row.Text("no_such_column"), std::logic_error);
    CHECK_THROWS_AS(row.Int("decimal"), std::logic_error);
    return {};
  });
  CHECK(outcome);
  CHECK(NullIfEmpty("").is_null());
  CHECK(IdOrNull("acc", "").is_null());
  CHECK(*IdOrNull("acc", ids::FormatTypeId("acc", id)).text() == id.ToString());
  CHECK_THROWS_AS(IdOrNull("acc", ids::FormatTypeId("inv", id)), std::invalid_argument);
}

}  // namespace
}  // namespace continuo::postgres
