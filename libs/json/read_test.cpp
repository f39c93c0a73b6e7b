#include "libs/json/read.h"

#include <google/protobuf/util/message_differencer.h>

#include <iterator>

#include "libs/json/testdata/order.pb.h"
#include "libs/json/write.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/catch/contains_substring.h"

namespace continuo::json {
namespace {

using testdata::Order;

Order Read(std::string_view text) {
  Order order;
  auto named = ReadMessage(text, &order);
  INFO(text);
  INFO((named ? "" : named.error().message));
  REQUIRE(named.has_value());
  return order;
}

Fault Refusal(std::string_view text) {
  Order order;
  auto named = ReadMessage(text, &order);
  INFO(text);
  REQUIRE_FALSE(named.has_value());
  return named.error();
}

// "pointer CODE" of each violation.
std::string Places(const Fault& fault) {
  std::string places;
  for (const Violation& violation : fault.violations) {
    if (!places.empty()) places += ", ";
    places += violation.pointer + " " + violation.code;
  }
  return places;
}

TEST_CASE("what is not JSON is refused with the place") {
  struct Row {
    const char* rule;
    std::string text;
    std::string offset;
    std::string path;
  };
  const Row rows[] = {
      {"nothing", "", "0", ""},
      {"white space only", "  ", "2", ""},
      {"an array", "[]", "0", ""},
      {"a number", "1", "0", ""},
      {"null", "null", "4", ""},
      {"a string", "\"a\"", "3", ""},
      {"a trailing comma in an object", R"({"urgent":true,})", "15", "/urgent"},
      {"a trailing comma in an array", R"({"tags":["a",]})", "13", "/tags/1"},
      {"an unquoted name", R"({urgent:true})", "1", ""},
      {"single quotes", R"({'urgent':true})", "1", ""},
      {"a comment", R"({/**/"urgent":true})", "1", ""},
      {"a missing colon", R"({"urgent" true})", "10", "/urgent"},
      {"NaN", R"({"ratio":NaN})", "9", "/ratio"},
      {"Infinity", R"({"ratio":-Infinity})", "10", "/ratio"},
      {"a leading zero", R"({"small":01})", "10", "/small"},
      {"a leading plus", R"({"small":+1})", "9", "/small"},
      {"a hexadecimal number", R"({"small":0x1})", "10", "/small"},
      {"a number without digits after the point", R"({"ratio":1.})", "11", "/ratio"},
      {"text after the object", R"({} x)", "3", ""},
      {"a second object", R"({}{})", "2", ""},
      {"an object that does not end", R"({"card":{"last_four":"1")", "24", "/card/last_four"},
      {"a string that does not end", R"({"title":"ab)", "12", "/title"},
      {"a control character in a string", "{\"title\":\"a\tb\"}", "11", "/title"},
      {"bytes that are not UTF-8", "{\"title\":\"a\xff\"}", "11", "/title"},
      {"an overlong encoding", "{\"title\":\"\xc0\xaf\"}", "10", "/title"},
      {"a surrogate in UTF-8", "{\"title\":\"\xed\xa0\x80\"}", "10", "/title"},
      {"a high surrogate alone", R"({"title":"\ud800"})", "10", "/title"},
      {"a low surrogate alone", R"({"title":"\udc00"})", "17", "/title"},
      {"a low surrogate in a name", R"({"\udc00":1})", "9", ""},
      {"a NUL byte that hides text", std::string("{}\0x", 4), "2", ""},
      {"a byte order mark", "\xef\xbb\xbf{}", "0", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.rule) {
      Fault fault = Refusal(row.text);
      CHECK(fault.reason == "MALFORMED_JSON");
      CHECK(fault.code == Code::kInvalidArgument);
      CHECK(fault.metadata["offset"] == row.offset);
      CHECK(fault.metadata["path"] == row.path);
    }
  }
}

TEST_CASE("nesting is limited to 32 levels") {
  auto nested = [](int levels) {  // the body, the member and its arrays
    return R"({"note":)" + std::string(static_cast<size_t>(levels - 1), '[') +
           std::string(static_cast<size_t>(levels - 1), ']') + "}";
  };
  Order order;
  CHECK(ReadMessage(nested(32), &order).has_value());
  CHECK(Refusal(nested(33)).reason == "MALFORMED_JSON");
  SECTION("and cheaply so") {
    Fault fault = Refusal(R"({"note":)" + std::string(10'000, '['));
    CHECK(fault.metadata["offset"] == "39");
  }
  SECTION("inside a value that is skipped too") {
    CHECK(Refusal(R"({"id":)" + std::string(10'000, '[')).reason == "MALFORMED_JSON");
    CHECK(Refusal(R"({"nothing":)" + std::string(10'000, '[')).reason == "MALFORMED_JSON");
  }
  SECTION("in messages that contain themselves") {
    std::string text = R"({"lines":[)";
    for (int i = 0; i < 40; ++i) text += R"({"children":[)";
    CHECK(Refusal(text).reason == "MALFORMED_JSON");
  }
}

TEST_CASE("what does not fit the message is refused with its pointer") {
  struct Row {
    const char* rule;
    const char* text;
    const char* places;
  };
  const std::string digits = "{\"small\":" + std::string(400, '9') + "}";
  const Row rows[] = {
      {"an unknown field", R"({"lines":[{},{"price":1}]})", "/lines/1/price UNKNOWN_FIELD"},
      {"camelCase", R"({"accountId":"acc_1"})", "/accountId UNKNOWN_FIELD"},
      {"a pointer is escaped", R"({"a/b~c":1})", "/a~1b~0c UNKNOWN_FIELD"},
      {"an empty name", R"({"":1})", "/ UNKNOWN_FIELD"},
      {"a field twice", R"({"title":"a","title":"a"})", "/title DUPLICATE_KEY"},
      {"a field twice, null first", R"({"title":null,"title":"a"})", "/title DUPLICATE_KEY"},
      {"a map's name twice", R"({"metadata":{"a":"1","a":"2"}})", "/metadata/a DUPLICATE_KEY"},
      {"free JSON's name twice", R"({"custom_fields":{"a":{"b":1,"b":1}}})",
       "/custom_fields/a/b DUPLICATE_KEY"},
      {"a number for a string", R"({"title":1})", "/title WRONG_TYPE"},
      {"a boolean for a string", R"({"title":true})", "/title WRONG_TYPE"},
      {"an object for a string", R"({"title":{"a":[1]}})", "/title WRONG_TYPE"},
      {"an array for a string", R"({"title":[["a"]]})", "/title WRONG_TYPE"},
      {"a string for a boolean", R"({"urgent":"true"})", "/urgent WRONG_TYPE"},
      {"a number for a boolean", R"({"urgent":1})", "/urgent WRONG_TYPE"},
      {"a string for a 32-bit integer", R"({"small":"1"})", "/small WRONG_TYPE"},
      {"a fraction for an integer", R"({"small":1.5})", "/small WRONG_TYPE"},
      {"beyond every range", R"({"ratio":1e400})", "/ratio OUT_OF_RANGE"},
      {"400 digits", digits.c_str(), "/small OUT_OF_RANGE"},
      {"more than 32 bits", R"({"small":2147483648})", "/small OUT_OF_RANGE"},
      {"more than 32 bits, as a float", R"({"small":3e9})", "/small OUT_OF_RANGE"},
      {"less than nothing", R"({"unsigned_small":-1})", "/unsigned_small OUT_OF_RANGE"},
      {"beyond 2^53 as a number", R"({"large":9007199254740993})", "/large OUT_OF_RANGE"},
      {"below -2^53 as a number", R"({"large":-9007199254740993})", "/large OUT_OF_RANGE"},
      {"beyond 64 bits", R"({"large":"9223372036854775808"})", "/large OUT_OF_RANGE"},
      {"an empty string for a 64-bit integer", R"({"large":""})", "/large WRONG_TYPE"},
      {"spaces in a 64-bit integer", R"({"large":" 1"})", "/large WRONG_TYPE"},
      {"a plus in a 64-bit integer", R"({"large":"+1"})", "/large WRONG_TYPE"},
      {"an exponent in a string", R"({"large":"1e3"})", "/large WRONG_TYPE"},
      {"a string for a double", R"({"ratio":"1"})", "/ratio WRONG_TYPE"},
      {"a float beyond its range", R"({"share":1e39})", "/share OUT_OF_RANGE"},
      {"an unknown enum value", R"({"wanted_status":"lost"})", "/wanted_status UNKNOWN_VALUE"},
      {"an enum value's full name", R"({"wanted_status":"ORDER_STATUS_DRAFT"})",
       "/wanted_status UNKNOWN_VALUE"},
      {"the unspecified enum value", R"({"wanted_status":"unspecified"})",
       "/wanted_status UNKNOWN_VALUE"},
      {"an enum's number", R"({"wanted_status":1})", "/wanted_status WRONG_TYPE"},
      {"a scalar for an array", R"({"tags":"a"})", "/tags WRONG_TYPE"},
      {"an object for an array", R"({"lines":{"quantity":"1"}})", "/lines WRONG_TYPE"},
      {"an array for a map", R"({"metadata":[]})", "/metadata WRONG_TYPE"},
      {"a scalar for a map", R"({"metadata":"a"})", "/metadata WRONG_TYPE"},
      {"a scalar for a message", R"({"total":"12.00"})", "/total WRONG_TYPE"},
      {"an array for a message", R"({"total":[]})", "/total WRONG_TYPE"},
      {"an array in an array", R"({"tags":[["a"]]})", "/tags/0 WRONG_TYPE"},
      {"an object in an array of scalars", R"({"tags":["a",{}]})", "/tags/1 WRONG_TYPE"},
      {"an empty text for a form", R"({"tags":["a",""],"lines":[{"quantity":""}]})",
       "/tags/1 INVALID_FORMAT, /lines/0/quantity INVALID_FORMAT"},
      {"null in an array", R"({"tags":["a",null]})", "/tags/1 NULL_ELEMENT"},
      {"null in an array of messages", R"({"lines":[null]})", "/lines/0 NULL_ELEMENT"},
      {"null in a map", R"({"metadata":{"a":null}})", "/metadata/a NULL_ELEMENT"},
      {"a map's name of another type", R"({"lines_by_position":{"one":{}}})",
       "/lines_by_position/one WRONG_TYPE"},
      {"a map's name that is no boolean", R"({"counts":{"1":1}})", "/counts/1 WRONG_TYPE"},
      {"a map's value of another type", R"({"counts":{"true":"1"}})", "/counts/true WRONG_TYPE"},
      {"two alternatives", R"({"card":{},"voucher":"x"})", "/voucher MORE_THAN_ONE"},
      {"a date for an instant", R"({"starts_at":"2026-01-31"})", "/starts_at INVALID_FORMAT"},
      {"a number for an instant", R"({"starts_at":1})", "/starts_at INVALID_FORMAT"},
      {"an object for an instant", R"({"starts_at":{"seconds":1}})", "/starts_at WRONG_TYPE"},
      {"a bad duration", R"({"grace":"90"})", "/grace INVALID_FORMAT"},
      {"bad base64", R"({"signature":"a?=="})", "/signature INVALID_FORMAT"},
      {"an object for a wrapper", R"({"nickname":{"value":"a"}})", "/nickname WRONG_TYPE"},
      {"a wrapper of another type", R"({"confirmed":"yes"})", "/confirmed WRONG_TYPE"},
      {"an array for a struct", R"({"custom_fields":[]})", "/custom_fields WRONG_TYPE"},
      {"an object for a list", R"({"history":{}})", "/history WRONG_TYPE"},
      {"an inexact integer in free JSON", R"({"custom_fields":{"a":[1,9007199254740993]}})",
       "/custom_fields/a/1 OUT_OF_RANGE"},
      {"NUL in a string", R"({"title":"a\u0000"})", "/title INVALID_CHARACTER"},
      {"NUL in free JSON", R"({"note":["\u0000"]})", "/note/0 INVALID_CHARACTER"},
      {"NUL in a free name", R"({"metadata":{"\u0000":"a"},"title":1})",
       "/metadata/\\u0000 INVALID_CHARACTER, /title WRONG_TYPE"},
      {"everything wrong at once", R"({"a":{"b":[1,{}]},"lines":[{"quantity":1},3],"small":"x"})",
       "/a UNKNOWN_FIELD, /lines/0/quantity WRONG_TYPE, /lines/1 WRONG_TYPE, /small WRONG_TYPE"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.rule) {
      Fault fault = Refusal(row.text);
      REQUIRE(fault.reason == "INVALID_REQUEST");
      std::string places = row.places;
      if (size_t at = places.find("\\u0000"); at != std::string::npos) places.replace(at, 6, 1, '\0');
      CHECK(Places(fault) == places);
      CHECK(fault.violations[0].detail != "");
    }
  }
}

TEST_CASE("no more than twenty violations are listed") {
  std::string text = R"({"tags":[1)";
  for (int i = 0; i < 100; ++i) text += ",1";
  CHECK(Refusal(text + "]}").violations.size() == 20);
}

TEST_CASE("a body is read into the message") {
  Order order = Read(R"( {
    "account_id": "acc_1", "wanted_status": "partly_shipped",
    "lines": [{"product_id": "prd_1", "quantity": "2", "children": [{"unit_price": "1.50"}]}, {}],
    "total": {"amount": "3.00", "currency": "EUR"},
    "metadata": {"a": "1", "": "2"}, "lines_by_position": {"-5": {"quantity": "1"}},
    "counts": {"true": 1, "false": 0},
    "custom_fields": {"a": null, "b": [true, {"c": 1.5}], "d": "\ud83d\ude00"},
    "note": "free", "history": [1, [2]],
    "starts_at": "2026-01-31T10:00:00.1234567+01:00", "grace": "1.5s",
    "nickname": "nick", "limit": "9007199254740993", "confirmed": false,
    "small": 1.0, "large": "-9223372036854775808", "unsigned_small": 4294967295,
    "unsigned_large": "18446744073709551615", "ratio": 1e-3, "share": 0.1, "urgent": true,
    "signature": "_-8", "reference": "", "priority": 0, "voucher": "v",
    "tags": ["a", "b"], "numbers": [1, "2"], "statuses": ["draft"],
    "visits": ["2026-01-01T00:00:00Z"], "read_mask": "title,lines"
  } )");
  CHECK(order.account_id() == "acc_1");
  CHECK(order.wanted_status() == testdata::ORDER_STATUS_PARTLY_SHIPPED);
  REQUIRE(order.lines_size() == 2);
  CHECK(order.lines(0).children(0).unit_price() == "1.50");
  CHECK(order.total().currency() == "EUR");
  CHECK(order.metadata().at("a") == "1");
  CHECK(order.metadata().at("") == "2");
  CHECK(order.lines_by_position().at(-5).quantity() == "1");
  CHECK(order.counts().at(true) == 1);
  CHECK(order.custom_fields().fields().at("a").has_null_value());
  CHECK(order.custom_fields().fields().at("d").string_value() == "\xf0\x9f\x98\x80");
  CHECK(order.note().string_value() == "free");
  CHECK(order.history().values(1).list_value().values(0).number_value() == 2);
  CHECK(order.starts_at().seconds() == 1769850000);
  CHECK(order.starts_at().nanos() == 123'456'000);
  CHECK(order.grace().nanos() == 500'000'000);
  CHECK(order.nickname().value() == "nick");
  CHECK(order.limit().value() == 9007199254740993);
  CHECK(order.has_confirmed());
  CHECK(order.small() == 1);
  CHECK(order.large() == std::numeric_limits<int64_t>::min());
  CHECK(order.unsigned_large() == std::numeric_limits<uint64_t>::max());
  CHECK(order.share() == 0.1F);
  CHECK(order.signature() == "\xff\xef");
  CHECK(order.has_reference());
  CHECK(order.has_priority());
  CHECK(order.voucher() == "v");
  CHECK(order.tags_size() == 2);
  CHECK(order.numbers(1) == 2);
  CHECK(order.statuses(0) == testdata::ORDER_STATUS_DRAFT);
  CHECK(order.read_mask().paths_size() == 2);
}

TEST_CASE("null means unset, and is named") {
  Order order;
  order.set_title("old");
  auto named = ReadMessage(R"({"lines":null,"title":null,"total":null,"metadata":null,"small":null,
                              "note":null,"card":null,"voucher":"x"})",
                           &order);
  REQUIRE(named.has_value());
  CHECK(*named == NamedFields{"lines", "title", "total", "metadata", "small", "note", "card",
                              "voucher"});
  CHECK(order.title().empty());
  CHECK_FALSE(order.has_total());
  CHECK_FALSE(order.has_note());
  CHECK(order.voucher() == "x");
}

TEST_CASE("output-only fields of a request are skipped whatever they hold") {
  const char* text = R"({"id":{"deep":[1,{"x":[]}]},"status":99,"created_at":"never","title":"t"})";
  Order order;
  auto named = ReadMessage(text, &order, Direction::kRequest);
  REQUIRE(named.has_value());
  CHECK(*named == NamedFields{"title"});
  CHECK(order.id().empty());
  CHECK(Places(ReadMessage(text, &order, Direction::kResponse).error()) ==
        "/id WRONG_TYPE, /status WRONG_TYPE, /created_at INVALID_FORMAT");
}

TEST_CASE("a stored document may have fields of a later release") {
  Order order;
  const std::string text = R"({"id":"ord_1","of_a_later_release":{"a":[1,{"b":2}]}})";
  CHECK_FALSE(ReadMessage(text, &order, Direction::kResponse));
  order.Clear();
  REQUIRE(ReadMessage(text, &order, Direction::kStored));
  CHECK(order.id() == "ord_1");
}

TEST_CASE("query parameters are read by the type of their field") {
  struct Row {
    const char* field;
    const char* text;
    const char* json;  // null: refused
  };
  const Row rows[] = {
      {"small", "25", R"("small":25)"},
      {"small", "x", nullptr},
      {"small", "", nullptr},
      {"ratio", "nan", nullptr},
      {"ratio", "inf", nullptr},
      {"ratio", "0.5", R"("ratio":0.5)"},
      {"large", "9007199254740993", R"("large":"9007199254740993")"},
      {"urgent", "true", R"("urgent":true)"},
      {"urgent", "1", nullptr},
      {"title", "25", R"("title":"25")"},
      {"wanted_status", "draft", R"("wanted_status":"draft")"},
      {"wanted_status", "1", nullptr},
      {"starts_at", "2026-01-31T09:00:00Z", R"("starts_at":"2026-01-31T09:00:00Z")"},
      {"confirmed", "false", R"("confirmed":false)"},
      {"tags", "a", R"("tags":["a"])"},
      {"statuses", "draft", R"("statuses":["draft"])"},
      {"total", "1", nullptr},
      {"metadata", "a", nullptr},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.field << "=" << row.text) {
      Order order;
      auto done = ReadText(row.text, *Order::descriptor()->FindFieldByName(row.field), &order);
      CHECK(done.has_value() == (row.json != nullptr));
      if (!done) {
        CHECK(done.error().violations[0].pointer == "/" + std::string(row.field));
      } else {
        std::string json;
        WriteMessage(order, &json);
        CHECK_THAT(json, testing::ContainsSubstring(row.json));
      }
    }
  }
}

}  // namespace
}  // namespace continuo::json
