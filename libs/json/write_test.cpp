#include "libs/json/write.h"

#include <google/protobuf/util/message_differencer.h>
#include <rapidcheck.h>

#include <limits>

#include "libs/json/base64.h"
#include "libs/json/read.h"
#include "libs/json/testdata/order.pb.h"
#include "libs/calendar/zone.h"
#include "libs/json/time_text.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/catch/contains_substring.h"

namespace continuo::json {
namespace {

using testdata::Order;

std::string Written(const google::protobuf::Message& message, const WriteOptions& options = {}) {
  std::string json;
  WriteMessage(message, &json, options);
  return json;
}

TEST_CASE("an empty message prints every field") {
  CHECK(Written(Order()) ==
        R"({"id":null,"account_id":null,"status":null,"wanted_status":null,"lines":[],)"
        R"("total":null,"metadata":{},"lines_by_position":{},"counts":{},"custom_fields":null,)"
        R"("note":null,"history":null,"created_at":null,"starts_at":null,"grace":null,)"
        R"("nickname":null,"limit":null,"confirmed":null,"small":0,"large":0,"unsigned_small":0,)"
        R"("unsigned_large":0,"ratio":0,"share":0,"urgent":false,"signature":null,)"
        R"("reference":null,"priority":null,"card":null,"voucher":null,"tags":[],"numbers":[],)"
        R"("statuses":[],"visits":[],"first_day":null,"country":null,"time_zone":null,)"
        R"("email":null,"website":null,"permission":null,"title":null,"read_mask":null})");
}

TEST_CASE("each kind of value has one form") {
  struct Row {
    const char* rule;
    std::function<void(Order&)> set;
    const char* json;
  };
  const Row rows[] = {
      {"a string", [](Order& o) { o.set_title("a\"\\\n\x01/\xc3\xa9"); },
       R"("title":"a\"\\\n\u0001/é")"},
      {"an optional empty string", [](Order& o) { o.set_reference(""); }, R"("reference":"")"},
      {"an optional zero", [](Order& o) { o.set_priority(0); }, R"("priority":0)"},
      {"an alternative that is empty", [](Order& o) { o.set_voucher(""); }, R"("voucher":"")"},
      {"an empty message", [](Order& o) { o.mutable_card(); }, R"("card":{"last_four":null})"},
      {"an empty string in a list", [](Order& o) { o.add_tags(""); }, R"("tags":[""])"},
      {"2^53", [](Order& o) { o.set_large(9007199254740992); }, R"("large":9007199254740992)"},
      {"2^53 + 1", [](Order& o) { o.set_large(9007199254740993); },
       R"("large":"9007199254740993")"},
      {"-2^63", [](Order& o) { o.set_large(std::numeric_limits<int64_t>::min()); },
       R"("large":"-9223372036854775808")"},
      {"2^64 - 1", [](Order& o) { o.set_unsigned_large(std::numeric_limits<uint64_t>::max()); },
       R"("unsigned_large":"18446744073709551615")"},
      {"a large integer in a list", [](Order& o) { o.add_numbers(1L << 60); },
       R"("numbers":["1152921504606846976"])"},
      {"a whole double", [](Order& o) { o.set_ratio(3); }, R"("ratio":3,)"},
      {"a double", [](Order& o) { o.set_ratio(0.1); }, R"("ratio":0.1,)"},
      {"a float", [](Order& o) { o.set_share(0.1F); }, R"("share":0.1,)"},
      {"NaN", [](Order& o) { o.set_ratio(std::numeric_limits<double>::quiet_NaN()); },
       R"("ratio":null)"},
      {"infinity", [](Order& o) { o.set_ratio(std::numeric_limits<double>::infinity()); },
       R"("ratio":null)"},
      {"an enum", [](Order& o) { o.set_status(testdata::ORDER_STATUS_PARTLY_SHIPPED); },
       R"("status":"partly_shipped")"},
      {"an enum value of a later release",
       [](Order& o) { o.set_status(static_cast<testdata::OrderStatus>(99)); }, R"("status":null)"},
      {"bytes", [](Order& o) { o.set_signature("\xff\xef"); }, R"("signature":"/+8=")"},
      {"an instant", [](Order& o) { o.mutable_starts_at()->set_seconds(1769850000); },
       R"("starts_at":"2026-01-31T09:00:00Z")"},
      {"an instant with microseconds",
       [](Order& o) { o.mutable_starts_at()->set_nanos(1'000); },
       R"("starts_at":"1970-01-01T00:00:00.000001Z")"},
      {"an instant before 1970", [](Order& o) { o.mutable_starts_at()->set_seconds(-1); },
       R"("starts_at":"1969-12-31T23:59:59Z")"},
      {"a duration", [](Order& o) { o.mutable_grace()->set_seconds(90); }, R"("grace":"90s")"},
      {"a wrapper", [](Order& o) { o.mutable_limit()->set_value(0); }, R"("limit":0)"},
      {"an empty string wrapper", [](Order& o) { o.mutable_nickname(); }, R"("nickname":"")"},
      {"a map in the order of its names",
       [](Order& o) {
         for (const char* name : {"c", "a", "b"}) (*o.mutable_metadata())[name] = name;
       },
       R"("metadata":{"a":"a","b":"b","c":"c"})"},
      {"an empty string in a map", [](Order& o) { (*o.mutable_metadata())["a"] = ""; },
       R"("metadata":{"a":""})"},
      {"a map by number", [](Order& o) { (*o.mutable_lines_by_position())[-5]; },
       R"("lines_by_position":{"-5":{"product_id":null,)"},
      {"a map by boolean", [](Order& o) { (*o.mutable_counts())[true] = 2; },
       R"("counts":{"true":2})"},
      {"an empty struct", [](Order& o) { o.mutable_custom_fields(); }, R"("custom_fields":{})"},
      {"null as free JSON",
       [](Order& o) { o.mutable_note()->set_null_value(google::protobuf::NULL_VALUE); },
       R"("note":null)"},
      {"money", [](Order& o) { o.mutable_total()->set_amount("1.00"); },
       R"("total":{"amount":"1.00","currency":null})"},
      {"a field mask", [](Order& o) { o.mutable_read_mask()->add_paths("a_b"); },
       R"("read_mask":"a_b")"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.rule) {
      Order order;
      row.set(order);
      CHECK_THAT(Written(order), testing::ContainsSubstring(row.json));
    }
  }
}

Order TwoLines() {
  Order order;
  order.set_account_id("acc_1");
  order.mutable_total()->set_amount("3.00");
  order.add_lines()->set_product_id("prd_1");
  order.mutable_lines(0)->set_quantity("2");
  order.add_lines()->set_product_id("prd_2");
  return order;
}

TEST_CASE("fields= narrows what is written") {
  struct Row {
    const char* fields;
    const char* json;  // null: refused
  };
  const Row rows[] = {
      {"account_id", R"({"account_id":"acc_1"})"},
      {"lines.product_id", R"({"lines":[{"product_id":"prd_1"},{"product_id":"prd_2"}]})"},
      {"total", R"({"total":{"amount":"3.00","currency":null}})"},
      {"total,total.amount", R"({"total":{"amount":"3.00","currency":null}})"},
      {"total.amount,total", R"({"total":{"amount":"3.00","currency":null}})"},
      {"total.amount,title", R"({"total":{"amount":"3.00"},"title":null})"},
      {"account.name", R"({})"},
      {"", nullptr},
      {"nothing", nullptr},
      {"total.", nullptr},
      {"total.nothing", nullptr},
      {"account_id.name", nullptr},
      {"title,,total", nullptr},
      {"accountId", nullptr},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION("fields=" << row.fields) {
      auto selection = ParseSelection(row.fields, *Order::descriptor());
      REQUIRE(selection.has_value() == (row.json != nullptr));
      if (selection) CHECK(Written(TwoLines(), {.selection = &*selection}) == row.json);
    }
  }
}

TEST_CASE("expanding adds members beside the fields they belong to") {
  testdata::Card card;
  card.set_last_four("1234");
  std::vector<std::string> paths;
  auto expand = [&](const google::protobuf::FieldDescriptor& field,
                    const google::protobuf::Message&, Expansion& expansion) {
    paths.emplace_back(expansion.path());
    if (field.name() == "product_id") expansion.Add("product", card);
    if (field.name() == "account_id") expansion.AddNull("account");
  };
  auto selection = ParseSelection("account,lines.product,lines.quantity", *Order::descriptor());
  REQUIRE(selection);
  CHECK(Written(TwoLines(), {.selection = &*selection, .expand = expand}) ==
        R"({"account":null,"lines":[{"product":{"last_four":"1234"},"quantity":"2"},)"
        R"({"product":{"last_four":"1234"},"quantity":null}]})");
  CHECK(std::count(paths.begin(), paths.end(), "lines.product_id") == 2);
  CHECK(std::count(paths.begin(), paths.end(), "lines.product.last_four") == 2);
  CHECK(std::count(paths.begin(), paths.end(), "account_id") == 1);
}

TEST_CASE("instants are strict RFC 3339") {
  struct Row {
    const char* text;
    const char* utc;  // null: refused
  };
  const Row rows[] = {
      {"2026-01-31T10:00:00+01:00", "2026-01-31T09:00:00Z"},
      {"2026-01-31T10:00:00-11:30", "2026-01-31T21:30:00Z"},
      {"2024-02-29T23:59:59.999999Z", "2024-02-29T23:59:59.999999Z"},
      {"2024-02-29T23:59:59.9999999Z", "2024-02-29T23:59:59.999999Z"},
      {"2026-01-31T10:00:00.5Z", "2026-01-31T10:00:00.500000Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
      {"0001-01-01T00:00:00+00:01", nullptr},
      {"0000-01-01T00:00:00Z", nullptr},
      {"2026-02-29T00:00:00Z", nullptr},
      {"2026-13-01T00:00:00Z", nullptr},
      {"2026-01-31T24:00:00Z", nullptr},
      {"2026-01-31T10:60:00Z", nullptr},
      {"2026-01-31T10:00:60Z", nullptr},
      {"2026-01-31 10:00:00Z", nullptr},
      {"2026-01-31t10:00:00z", nullptr},
      {"2026-01-31T10:00:00", nullptr},
      {"2026-01-31T10:00Z", nullptr},
      {"2026-01-31T10:00:00.Z", nullptr},
      {"2026-01-31T10:00:00.1234567890Z", nullptr},
      {"2026-01-31T10:00:00+0100", nullptr},
      {"2026-01-31T10:00:00+24:00", nullptr},
      {"2026-01-31T10:00:00+01:60", nullptr},
      {"2026-01-31T10:00:00Z ", nullptr},
      {"26-01-31T10:00:00Z", nullptr},
      {"", nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto instant = calendar::ParseInstant(row.text);
    REQUIRE(instant.has_value() == (row.utc != nullptr));
    if (instant) CHECK(calendar::FormatInstant(*instant) == row.utc);
  }
}

TEST_CASE("durations are seconds") {
  for (const char* text : {"0s", "90s", "-1s", "0.5s", "-0.5s", "315576000000s", "1.000000001s"}) {
    CAPTURE(text);
    auto duration = ParseDuration(text);
    REQUIRE(duration);
    CHECK(FormatDuration(*duration) == text);
  }
  for (const char* text : {"", "s", "1", "-", "--1s", "1.s", ".5s", "1m", "1s ", "+1s",
                           "315576000001s", "99999999999999999999s", "1.0000000001s"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseDuration(text));
  }
}

TEST_CASE("base64") {
  struct Row {
    const char* bytes;
    const char* text;
  };
  for (const Row& row : {Row{"", ""}, Row{"f", "Zg=="}, Row{"fo", "Zm8="}, Row{"foo", "Zm9v"},
                         Row{"foob", "Zm9vYg=="}, Row{"\xff\xef\xbe", "/+++"}}) {
    CHECK(EncodeBase64(row.bytes) == row.text);
    CHECK(DecodeBase64(row.text) == row.bytes);
  }
  CHECK(DecodeBase64("Zg") == "f");
  for (const char* text : {"Z", "Zg=", "Zh==", "Zm9v=", "Zm9v====", "Zg==Zg==", "Z g=", "=", "Zm9vA"}) {
    CAPTURE(text);
    CHECK_FALSE(DecodeBase64(text));
  }
}

// Any string of Unicode characters without U+0000.
rc::Gen<std::string> AnyText() {
  auto character = rc::gen::element<std::string>("a", "\"", "\\", "/", "~", "\n", "\x7f", " ",
                                                 "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(character),
                      [](const std::vector<std::string>& characters) {
                        std::string text;
                        for (const std::string& c : characters) text += c;
                        return text;
                      });
}

void FillFree(google::protobuf::Value* value, int depth) {
  switch (*rc::gen::inRange(0, depth > 3 ? 4 : 6)) {
    case 0:
      value->set_null_value(google::protobuf::NULL_VALUE);
      break;
    case 1:
      value->set_bool_value(*rc::gen::arbitrary<bool>());
      break;
    case 2:
      value->set_number_value(*rc::gen::arbitrary<double>());
      break;
    case 3:
      value->set_string_value(*AnyText());
      break;
    case 4:
      value->mutable_list_value();
      for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        FillFree(value->mutable_list_value()->add_values(), depth + 1);
      }
      break;
    default:
      value->mutable_struct_value();
      for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        FillFree(&(*value->mutable_struct_value()->mutable_fields())[*AnyText()], depth + 1);
      }
  }
}

Order AnyOrder() {
  Order order;
  order.set_id(*AnyText());
  order.set_status(*rc::gen::element(testdata::ORDER_STATUS_UNSPECIFIED,
                                     testdata::ORDER_STATUS_DRAFT));
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    order.add_lines()->set_quantity(*AnyText());
    order.add_tags(*AnyText());
    order.add_numbers(*rc::gen::arbitrary<int64_t>());
    (*order.mutable_metadata())[*AnyText()] = *AnyText();
    (*order.mutable_lines_by_position())[*rc::gen::arbitrary<int64_t>()].set_unit_price("1");
    order.add_visits()->set_seconds(*rc::gen::inRange<int64_t>(-62'135'596'800, 253'402'300'800));
  }
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    FillFree(&(*order.mutable_custom_fields()->mutable_fields())[*AnyText()], 0);
  }
  order.set_small(*rc::gen::arbitrary<int32_t>());
  order.set_large(*rc::gen::arbitrary<int64_t>());
  order.set_unsigned_large(*rc::gen::arbitrary<uint64_t>());
  order.set_ratio(*rc::gen::arbitrary<double>());
  order.set_share(*rc::gen::arbitrary<float>());
  order.set_urgent(*rc::gen::arbitrary<bool>());
  order.set_signature(*rc::gen::arbitrary<std::string>());
  if (*rc::gen::arbitrary<bool>()) order.set_reference(*AnyText());
  if (*rc::gen::arbitrary<bool>()) order.set_voucher(*AnyText());
  order.mutable_grace()->set_seconds(*rc::gen::inRange<int64_t>(0, 315'576'000'000));
  return order;
}

TEST_CASE("what is written reads back as the same message") {
  CHECK(rc::check("round trip", [] {
    Order order = AnyOrder();
    std::string json = Written(order);
    Order again;
    auto named = ReadMessage(json, &again, Direction::kResponse);
    RC_ASSERT(named.has_value());
    RC_ASSERT(google::protobuf::util::MessageDifferencer::Equals(order, again));
    RC_ASSERT(Written(again) == json);
  }));
}

TEST_CASE("any bytes are read or refused, and nothing else happens") {
  CHECK(rc::check("damaged text", [] {
    std::string json = Written(AnyOrder());
    for (int i = *rc::gen::inRange(1, 5); i > 0; --i) {
      json[*rc::gen::inRange<size_t>(0, json.size())] = *rc::gen::arbitrary<char>();
    }
    json.resize(*rc::gen::inRange<size_t>(0, json.size() + 1));
    Order order;
    auto named = ReadMessage(json, &order, Direction::kResponse);
    if (named) RC_ASSERT(order.IsInitialized());
  }));
}

}  // namespace
}  // namespace continuo::json
