#include "libs/json/validate.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>

#include <functional>

#include "continuo/type/v1/options.pb.h"
#include "libs/json/formats.h"
#include "libs/json/testdata/order.pb.h"
#include "libs/money/decimal.h"
#include "libs/testing/catch/catch.h"

namespace continuo::json {
namespace {

using testdata::Line;
using testdata::Order;

constexpr const char* kAccount = "acc_01h455vb4pex5vsknk084sn02q";
constexpr const char* kProduct = "prd_01h455vb4pex5vsknk084sn02q";

Order Sound() {
  Order order;
  order.set_account_id(kAccount);
  order.add_lines()->set_product_id(kProduct);
  return order;
}

// "pointer CODE" of each violation.
std::string Places(const std::vector<Violation>& violations) {
  std::string places;
  for (const Violation& violation : violations) {
    if (!places.empty()) places += ", ";
    places += violation.pointer + " " + violation.code;
  }
  return places;
}

TEST_CASE("each rule of a field is kept") {
  struct Row {
    const char* rule;
    std::function<void(Order&)> change;
    const char* places;
  };
  const Row rows[] = {
      {"a sound request", [](Order&) {}, ""},
      {"a required string", [](Order& o) { o.clear_account_id(); }, "/account_id REQUIRED"},
      {"a required string in an element", [](Order& o) { o.add_lines(); },
       "/lines/1/product_id REQUIRED"},
      {"deep inside", [](Order& o) { o.mutable_lines(0)->add_children()->add_children(); },
       "/lines/0/children/0/product_id REQUIRED, "
       "/lines/0/children/0/children/0/product_id REQUIRED"},
      {"inside a map", [](Order& o) { (*o.mutable_lines_by_position())[7]; },
       "/lines_by_position/0/product_id REQUIRED"},
      {"inside a message", [](Order& o) { o.mutable_total()->set_amount("1"); },
       "/total/currency REQUIRED"},
      {"an id of another kind", [](Order& o) { o.set_account_id(kProduct); },
       "/account_id INVALID_ID"},
      {"an id that is none", [](Order& o) { o.set_account_id("acc_1"); }, "/account_id INVALID_ID"},
      {"output-only fields are not looked at", [](Order& o) { o.set_id("nonsense"); }, ""},
      {"a string of its maximal length, in characters",
       [](Order& o) { o.set_title("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"); }, ""},
      {"a string that is too long", [](Order& o) { o.set_title("abcdef"); }, "/title TOO_LONG"},
      {"2,000 characters where nothing is said",
       [](Order& o) { o.set_voucher(std::string(2'000, 'x')); }, ""},
      {"2,001 characters where nothing is said",
       [](Order& o) { o.set_voucher(std::string(2'001, 'x')); }, "/voucher TOO_LONG"},
      {"too many elements",
       [](Order& o) {
         for (int i = 0; i < 3; ++i) *o.add_lines() = o.lines(0);
       },
       "/lines TOO_LONG"},
      {"1,000 elements where nothing is said",
       [](Order& o) {
         for (int i = 0; i < 1'000; ++i) o.add_numbers(i);
       },
       ""},
      {"1,001 elements where nothing is said",
       [](Order& o) {
         for (int i = 0; i < 1'001; ++i) o.add_numbers(i);
       },
       "/numbers TOO_LONG"},
      {"too many members of a map",
       [](Order& o) {
         for (int i = 0; i < 51; ++i) (*o.mutable_metadata())[std::to_string(i)] = "";
       },
       "/metadata TOO_LONG"},
      {"a long name in a map", [](Order& o) { (*o.mutable_metadata())[std::string(2'001, 'x')]; },
       "/metadata TOO_LONG"},
      {"a long value in a map",
       [](Order& o) { (*o.mutable_metadata())["a/b"] = std::string(2'001, 'x'); },
       "/metadata/a~1b TOO_LONG"},
      {"the format of an element",
       [](Order& o) {
         o.add_tags("ok");
         o.add_tags("not ok");
       },
       "/tags/1 INVALID_FORMAT"},
      {"no decimal", [](Order& o) { o.mutable_lines(0)->set_quantity("1e3"); },
       "/lines/0/quantity INVALID_FORMAT"},
      {"zero where it must be positive", [](Order& o) { o.mutable_lines(0)->set_quantity("0"); },
       "/lines/0/quantity OUT_OF_RANGE"},
      {"the smallest positive decimal",
       [](Order& o) { o.mutable_lines(0)->set_quantity("0.00000001"); }, ""},
      {"the maximum", [](Order& o) { o.mutable_lines(0)->set_quantity("1000"); }, ""},
      {"above the maximum", [](Order& o) { o.mutable_lines(0)->set_quantity("1000.00000001"); },
       "/lines/0/quantity OUT_OF_RANGE"},
      {"the minimum", [](Order& o) { o.mutable_lines(0)->set_unit_price("0"); }, ""},
      {"below the minimum", [](Order& o) { o.mutable_lines(0)->set_unit_price("-0.01"); },
       "/lines/0/unit_price OUT_OF_RANGE"},
      {"an integer above its maximum", [](Order& o) { o.set_small(101); }, "/small OUT_OF_RANGE"},
      {"an integer below its minimum", [](Order& o) { o.set_small(-1); }, "/small OUT_OF_RANGE"},
      {"several at once",
       [](Order& o) {
         o.clear_account_id();
         o.set_email("x");
         o.set_small(-1);
       },
       "/account_id REQUIRED, /small OUT_OF_RANGE, /email INVALID_FORMAT"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.rule) {
      Order order = Sound();
      row.change(order);
      CHECK(Places(Validate(order)) == row.places);
    }
  }
}

TEST_CASE("an integer's zero counts when it is required or marked optional") {
  testdata::Count count;
  CHECK(Places(Validate(count)) == "/at_least_one OUT_OF_RANGE");
  count.set_at_least_one(1);
  CHECK(Places(Validate(count)) == "");
  count.set_page(4);
  count.set_priority(0);
  CHECK(Places(Validate(count)) == "/page OUT_OF_RANGE, /priority OUT_OF_RANGE");
}

TEST_CASE("a PATCH is checked for what it names") {
  struct Row {
    const char* rule;
    std::vector<std::string> mask;
    std::function<void(Order&)> change;
    const char* places;
  };
  const Row rows[] = {
      {"a required field that is not named", {"title"}, [](Order& o) { o.set_title("new"); }, ""},
      {"an immutable field", {"account_id"}, [](Order& o) { o.set_account_id(kAccount); },
       "/order/account_id IMMUTABLE"},
      {"a bad value", {"email"}, [](Order& o) { o.set_email("x"); }, "/order/email INVALID_FORMAT"},
      {"an element is whole", {"lines"}, [](Order& o) { o.add_lines(); },
       "/order/lines/0/product_id REQUIRED"},
      {"nothing named", {}, [](Order&) {}, ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.rule) {
      testdata::UpdateOrderRequest request;
      request.set_id("ord_01h455vb4pex5vsknk084sn02q");
      row.change(*request.mutable_order());
      for (const std::string& name : row.mask) request.add_update_mask(name);
      CHECK(Places(Validate(request)) == row.places);
    }
  }
  testdata::UpdateOrderRequest request;
  CHECK(Places(Validate(request)) == "/id REQUIRED, /order REQUIRED");
}

TEST_CASE("the ranges in all protos are decimals") {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  std::vector<std::string> names;
  REQUIRE(pool->internal_generated_database()->FindAllMessageNames(&names));
  int ranges = 0;
  for (const std::string& name : names) {
    const auto* type = pool->FindMessageTypeByName(name);
    for (int i = 0; type != nullptr && i < type->field_count(); ++i) {
      const auto& rule = type->field(i)->options().GetExtension(type::v1::field);
      for (const std::string& bound : {rule.minimum(), rule.maximum()}) {
        if (bound.empty()) continue;
        CAPTURE(name, type->field(i)->name(), bound);
        CHECK(money::Decimal::Parse(bound).has_value());
        ++ranges;
      }
    }
  }
  CHECK(ranges > 5);
}

TEST_CASE("formats") {
  using namespace type::v1;  // the values of Format
  struct Row {
    Format format;
    std::vector<const char*> good;
    std::vector<const char*> bad;
  };
  const Row rows[] = {
      {FORMAT_DATE, {"2026-01-31", "2024-02-29"}, {"2026-02-29", "2026-1-1", "31.01.2026", "today"}},
      {FORMAT_DECIMAL, {"0", "-1.5", "0.00000001"}, {"1.", ".5", "1e3", "+1", "1,5", "0.000000001"}},
      {FORMAT_CURRENCY, {"EUR", "JPY"}, {"eur", "EU", "ABC", "EURO"}},
      {FORMAT_COUNTRY, {"NL", "GB", "AD", "ZW"}, {"nl", "UK", "XX", "N", "NLD", "DA"}},
      {FORMAT_TIME_ZONE, {"Europe/Amsterdam", "UTC"}, {"Europe/Atlantis", "CEST+1", "+01:00"}},
      {FORMAT_EMAIL,
       {"ada@example.com", "a.b+c@sub.example.co", "o'neil@example.com", "\xC3\xA9@example.com"},
       {"ada", "@example.com", "ada@", "ada@localhost", "a b@example.com", "a@b@example.com",
        ".a@example.com", "a..b@example.com", "a@-x.com", "a@x..com", "a@example.com\r\nBcc: b@c.d",
        "<a@example.com>"}},
      {FORMAT_URL,
       {"https://example.com", "http://a:8080/b?c#d", "https://[::1]:443/", "http://127.0.0.1"},
       {"example.com", "ftp://a", "//a", "https://", "https:///a", "https://u@a", "https://a b",
        "https://a:0", "https://a:65536", "https://a:", "https://[::1", "javascript:alert(1)",
        "https://a\\b"}},
      {FORMAT_CODE, {"A-1", "basic.plan_2"}, {"a b", "a/b", "\xC3\xA9"}},
      {FORMAT_PERMISSION, {"quotes.read", "quotes.*", "*"}, {"quotes", "*.read", "Quotes.read",
                                                             "quotes.", ".read", "a.b.c", "**"}},
  };
  for (const Row& row : rows) {
    for (const char* text : row.good) {
      CAPTURE(Format_Name(row.format), text);
      CHECK_FALSE(CheckFormat(row.format, text));
    }
    for (const char* text : row.bad) {
      CAPTURE(Format_Name(row.format), text);
      CHECK(CheckFormat(row.format, text));
    }
  }
}

}  // namespace
}  // namespace continuo::json
