#include "libs/postgres/list.h"

#include <google/protobuf/util/time_util.h>

#include <set>

#include "libs/postgres/testdata/book.pb.h"
#include "libs/postgres/testdata/library.h"
#include "libs/testing/catch/catch.h"

namespace continuo::postgres {
namespace {

using testdata::CallOf;
using testdata::Library;
using testdata::ListBooksRequest;
using testdata::ListBooksResponse;

constexpr Statement kListBooks{"library", "list_books", R"sql(-- Reads one table.
SELECT id, author_id, name, status, published_on, created_at, signed,
       ROW(price_minor, currency) AS price
FROM book
WHERE price_minor >= $1;
)sql"};

Result<ListBooksResponse> Listed(Library& library, const ListBooksRequest& request,
                                 int price_least = 0) {
  rpc::Call call = CallOf();
  call.method = "/continuo.postgres.testdata.Books/ListBooks";
  return library.database.Read(call, [&](Transaction& tx) -> Result<ListBooksResponse> {
    ListBooksResponse response;
    const Parameter parameters[] = {price_least};
    RETURN_IF_FAULT(List(tx, {.select = kListBooks, .parameters = parameters}, request, &response));
    return response;
  });
}

std::string Names(const Result<ListBooksResponse>& listed) {
  if (!listed) return listed.error().reason;
  std::string names;
  for (const auto& book : listed->data()) names += book.name() + " ";
  return names;
}

// Books a to g: even ones signed, every third without a publishing day, two on the same day.
void MakeBooks(Library& library) {
  library.test.Execute(R"sql(
    SET search_path = library;
    INSERT INTO author VALUES ('018f0000-0000-7000-8000-000000000001', 'Jane');
    INSERT INTO book (id, author_id, name, status, published_on, created_at, price_minor,
                      currency, signed)
    SELECT ('018f0000-0000-7000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid,
           CASE WHEN n <= 3 THEN '018f0000-0000-7000-8000-000000000001'::uuid END,
           chr(96 + n), CASE WHEN n > 5 THEN 'sold_out' ELSE 'in_print' END,
           CASE WHEN n % 3 > 0 THEN date '2026-01-10' - (n / 2) END,
           timestamptz '2026-01-01Z' + n * interval '1 hour', n * 100, 'EUR', n % 2 = 0
    FROM generate_series(1, 7) AS n)sql");
}

TEST_CASE("filters, search and sort choose and order the rows") {
  Library library;
  MakeBooks(library);
  using Change = std::function<void(ListBooksRequest&)>;
  struct Row {
    std::string name;
    Change change;
    std::string expected;
  };
  const auto at = [](const char* text) {
    google::protobuf::Timestamp timestamp;
    google::protobuf::util::TimeUtil::FromString(text, &timestamp);
    return timestamp;
  };
  const auto jane =
      ids::FormatTypeId("auth", ids::Uuid::Parse("018f0000-0000-7000-8000-000000000001").value());
  const Row rows[] = {
      {"everything by id", [](auto&) {}, "a b c d e f g "},
      {"id turned round", [](auto& r) { r.set_sort("-id"); }, "g f e d c b a "},
      {"equal id", [&](auto& r) { r.set_author_id(jane); }, "a b c "},
      {"any of an enum", [](auto& r) { r.add_status(testdata::BOOK_STATUS_SOLD_OUT); }, "f g "},
      {"any of texts",
       [](auto& r) {
         r.add_name("b");
         r.add_name("x{,\"");
         r.add_name("e");
       },
       "b e "},
      {"from, inclusive",
       [&](auto& r) { *r.mutable_created_at_gte() = at("2026-01-01T05:00:00Z"); }, "e f g "},
      {"before, exclusive",
       [&](auto& r) { *r.mutable_created_at_lt() = at("2026-01-01T03:00:00Z"); }, "a b "},
      {"a set false", [](auto& r) { r.set_signed_(false); }, "a c e g "},
      {"date up to", [](auto& r) { r.set_published_on_lte("2026-01-08"); }, "d e g "},
      {"both of two",
       [&](auto& r) {
         r.set_author_id(jane);
         r.set_signed_(true);
       },
       "b "},
      {"search", [](auto& r) { r.set_q("C"); }, "c "},
      {"search takes signs literally", [](auto& r) { r.set_q("%"); }, ""},
      {"NULLs last", [](auto& r) { r.set_sort("published_on"); }, "g d e b a c f "},
      {"NULLs first when descending", [](auto& r) { r.set_sort("-published_on"); },
       "f c a b e d g "},
      {"limit", [](auto& r) { r.set_limit(2); }, "a b "},
      {"limit above 100", [](auto& r) { r.set_limit(1000); }, "a b c d e f g "},
      {"limit 0", [](auto& r) { r.set_limit(0); }, "INVALID_REQUEST"},
      {"limit negative", [](auto& r) { r.set_limit(-1); }, "INVALID_REQUEST"},
      {"sort by what may not be sorted", [](auto& r) { r.set_sort("weight"); }, "INVALID_REQUEST"},
      {"sort by SQL", [](auto& r) { r.set_sort("name; DROP TABLE book"); }, "INVALID_REQUEST"},
      {"another kind's id", [](auto& r) { r.set_author_id("acc_1"); }, "INVALID_REQUEST"},
      {"nonsense for a cursor", [](auto& r) { r.set_cursor("abc"); }, "INVALID_CURSOR"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ListBooksRequest request;
    row.change(request);
    CHECK(Names(Listed(library, request)) == row.expected);
  }
  CHECK(Names(Listed(library, {}, 600)) == "f g ");
}

TEST_CASE("pages tile the list in every order, whatever their size") {
  Library library;
  MakeBooks(library);
  for (const char* sort : {"", "id", "-id", "name", "-name", "published_on", "-published_on"}) {
    ListBooksRequest request;
    request.set_sort(sort);
    const std::string whole = Names(Listed(library, request));
    for (int limit = 1; limit <= 8; ++limit) {
      INFO(sort << " by " << limit);
      request.set_limit(limit);
      request.clear_cursor();
      std::string parts;
      for (int page = 0; page < 9; ++page) {
        const auto listed = Listed(library, request);
        parts += Names(listed);
        CHECK(listed->has_more() == !listed->next_cursor().empty());
        if (!listed->has_more()) break;
        CHECK(listed->data_size() == limit);
        request.set_cursor(listed->next_cursor());
      }
      CHECK(parts == whole);
    }
  }
}

TEST_CASE("a cursor belongs to its filters, its order and its parameters") {
  Library library;
  MakeBooks(library);
  ListBooksRequest request;
  request.set_limit(2);
  request.set_sort("name");
  const std::string cursor = Listed(library, request)->next_cursor();
  request.set_cursor(cursor);
  CHECK(Names(Listed(library, request)) == "c d ");
  request.set_limit(3);
  CHECK(Names(Listed(library, request)) == "c d e ");

  CHECK(Names(Listed(library, request, 1)) == "INVALID_CURSOR");
  ListBooksRequest filtered = request;
  filtered.set_signed_(true);
  CHECK(Names(Listed(library, filtered)) == "INVALID_CURSOR");
  ListBooksRequest searched = request;
  searched.set_q("a");
  CHECK(Names(Listed(library, searched)) == "INVALID_CURSOR");
  ListBooksRequest turned = request;
  turned.set_sort("-name");
  CHECK(Names(Listed(library, turned)) == "INVALID_CURSOR");
  for (size_t i = 0; i < cursor.size(); ++i) {
    std::string edited = cursor;
    edited[i] = edited[i] == 'A' ? 'B' : 'A';
    request.set_cursor(edited);
    CHECK(Names(Listed(library, request)) == "INVALID_CURSOR");
  }
}

TEST_CASE("a page is filled as single resources are") {
  Library library;
  MakeBooks(library);
  const auto listed = Listed(library, {});
  REQUIRE(listed);
  CHECK(listed->data(0).id().starts_with("book_"));
  CHECK(listed->data(0).price().amount() == "1.00");
  CHECK(listed->data(6).status() == testdata::BOOK_STATUS_SOLD_OUT);
  CHECK_FALSE(listed->has_more());
}

}  // namespace
}  // namespace continuo::postgres
