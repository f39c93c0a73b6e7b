#include <rapidcheck.h>

#include <set>
#include <thread>
#include <unordered_set>

#include "libs/ids/kinds.h"
#include "libs/testing/catch/catch.h"

namespace continuo::ids {
namespace {

Uuid AnyUuid() {
  return Uuid(*rc::gen::container<Uuid::Bytes>(rc::gen::arbitrary<std::uint8_t>()));
}

TEST_CASE("A TypeID is the prefix and the UUID in base32") {
  // The valid vectors of the TypeID specification (jetify-com/typeid, spec/valid.json).
  const auto [prefix, uuid, text] = GENERATE(table<std::string, std::string, std::string>({
      {"prefix", "00000000-0000-0000-0000-000000000000", "prefix_00000000000000000000000000"},
      {"prefix", "00000000-0000-0000-0000-000000000001", "prefix_00000000000000000000000001"},
      {"prefix", "00000000-0000-0000-0000-00000000000a", "prefix_0000000000000000000000000a"},
      {"prefix", "00000000-0000-0000-0000-000000000010", "prefix_0000000000000000000000000g"},
      {"prefix", "00000000-0000-0000-0000-000000000020", "prefix_00000000000000000000000010"},
      {"prefix", "ffffffff-ffff-ffff-ffff-ffffffffffff", "prefix_7zzzzzzzzzzzzzzzzzzzzzzzzz"},
      {"prefix", "0110c853-1d09-52d8-d73e-1194e95b5f19", "prefix_0123456789abcdefghjkmnpqrs"},
      {"prefix", "01890a5d-ac96-774b-bcce-b302099a8057", "prefix_01h455vb4pex5vsknk084sn02q"},
  }));
  CHECK(FormatTypeId(prefix, Uuid::Parse(uuid).value()) == text);
  CHECK(ParseTypeId(prefix, text).value().ToString() == uuid);
}

TEST_CASE("An id that was not given out exactly so is refused") {
  const auto [why, text] = GENERATE(table<std::string, std::string>({
      {"empty", ""},
      {"another kind", "inv_01h455vb4pex5vsknk084sn02q"},
      {"no prefix", "01h455vb4pex5vsknk084sn02q"},
      {"upper case", "acc_01H455VB4PEX5VSKNK084SN02Q"},
      {"too short", "acc_01h455vb4pex5vsknk084sn02"},
      {"too long", "acc_01h455vb4pex5vsknk084sn02q0"},
      {"the letter l", "acc_01h455vb4pex5vsknk084sn0lq"},
      {"the letter u", "acc_01h455vb4pex5vsknk084sn0uq"},
      {"more than 128 bits", "acc_80000000000000000000000000"},
      {"a hyphen for the underscore", "acc-01h455vb4pex5vsknk084sn02q"},
      {"a null byte", std::string("acc_01h455vb4pex5vsknk084sn02\0", 30)},
  }));
  INFO(why);
  const auto parsed = AccountId::Parse(text);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == Code::kInvalidArgument);
  CHECK(parsed.error().violations[0].code == "INVALID_ID");
}

TEST_CASE("A UUID is read in its canonical form only") {
  const auto text =
      GENERATE(as<std::string>(), "", "01890a5dac96774bbcceb302099a8057",
               "01890A5D-AC96-774B-BCCE-B302099A8057", "{01890a5d-ac96-774b-bcce-b302099a8057}",
               "01890a5d-ac96-774b-bcceb-302099a8057", "01890a5d-ac96-774b-bcce-b302099a805g");
  CHECK_FALSE(Uuid::Parse(text).has_value());
}

TEST_CASE("Every UUID survives both its texts") {
  CHECK(rc::check([] {
    const Uuid id = AnyUuid();
    RC_ASSERT(Uuid::Parse(id.ToString()).value() == id);
    RC_ASSERT(ParseTypeId("x", FormatTypeId("x", id)).value() == id);
  }));
}

TEST_CASE("TypeIDs sort as their UUIDs do") {
  CHECK(rc::check([] {
    const Uuid a = AnyUuid(), b = AnyUuid();
    RC_ASSERT((a < b) == (FormatTypeId("x", a) < FormatTypeId("x", b)));
  }));
}

TEST_CASE("New UUIDs are of version 7, carry the time and grow strictly") {
  const auto before = std::chrono::system_clock::now();
  Uuid last = NewUuid();
  for (int i = 0; i < 20000; ++i) {
    const Uuid next = NewUuid();
    REQUIRE(last < next);
    REQUIRE(next.bytes()[6] >> 4 == 7);
    REQUIRE(next.bytes()[8] >> 6 == 2);
    last = next;
  }
  std::int64_t milliseconds = 0;
  for (int i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | last.bytes()[i];
  CHECK(milliseconds >=
        std::chrono::floor<std::chrono::milliseconds>(before.time_since_epoch()).count());
}

TEST_CASE("Threads never make the same UUID, and each sees its own grow") {
  std::vector<std::vector<Uuid>> made(4);
  std::vector<std::thread> threads;
  for (auto& list : made) {
    threads.emplace_back([&list] {
      for (int i = 0; i < 5000; ++i) list.push_back(NewUuid());
    });
  }
  for (auto& thread : threads) thread.join();
  std::unordered_set<Uuid> all;
  for (const auto& list : made) {
    CHECK(std::is_sorted(list.begin(), list.end()));
    all.insert(list.begin(), list.end());
  }
  CHECK(all.size() == 4 * 5000);
}

TEST_CASE("An id knows its kind, its text and its place in a set") {
  STATIC_REQUIRE(InvoiceId::kPrefix == "inv");
  STATIC_REQUIRE_FALSE(std::is_constructible_v<InvoiceId, AccountId>);
  const InvoiceId invoice = InvoiceId::New();
  CHECK(InvoiceId::Parse(invoice.ToString()).value() == invoice);
  CHECK_FALSE(AccountId::Parse(invoice.ToString()).has_value());
  CHECK(InvoiceId().IsNil());
  CHECK(std::set<InvoiceId>{invoice}.contains(invoice));
  CHECK(std::unordered_set<InvoiceId>{invoice}.contains(invoice));
}

}  // namespace
}  // namespace continuo::ids
