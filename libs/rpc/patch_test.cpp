#include "libs/rpc/patch.h"

#include "continuo/directory/v1/division.pb.h"
#include "libs/json/field_text.h"
#include "libs/rpc/call.h"
#include "libs/testing/catch/catch.h"

namespace continuo::rpc {
namespace {

using directory::v1::Division;

Division Berlin() {
  Division division;
  division.set_id("div_1");
  division.set_revision(3);
  division.set_name("Berlin");
  division.set_currency("EUR");
  division.set_accounting_target("datev");
  division.add_tax_registrations()->set_number("DE1");
  (*division.mutable_metadata())["region"] = "north";
  return division;
}

google::protobuf::RepeatedPtrField<std::string> Mask(std::initializer_list<const char*> names) {
  google::protobuf::RepeatedPtrField<std::string> mask;
  for (const char* name : names) *mask.Add() = name;
  return mask;
}

TEST_CASE("a patch changes the fields it names and no others") {
  Division division = Berlin();
  Division patch;
  patch.set_name("Hamburg");
  patch.set_legal_name("not named in the mask");
  patch.add_tax_registrations()->set_number("DE2");
  (*patch.mutable_metadata())["harbour"] = "yes";
  REQUIRE(ApplyPatch(Mask({"name", "tax_registrations", "metadata", "accounting_target"}), patch,
                     &division));
  CHECK(division.name() == "Hamburg");
  CHECK(division.legal_name().empty());
  CHECK(division.accounting_target().empty());  // named and null: cleared
  REQUIRE(division.tax_registrations_size() == 1);
  CHECK(division.tax_registrations(0).number() == "DE2");
  CHECK(division.metadata().size() == 1);
  CHECK(division.metadata().at("harbour") == "yes");
}

TEST_CASE("what callers cannot set is passed over, what cannot change is refused") {
  Division division = Berlin();
  Division patch;
  patch.set_revision(99);
  patch.set_currency("EUR");
  REQUIRE(ApplyPatch(Mask({"revision", "currency"}), patch, &division));
  CHECK(division.revision() == 3);
  patch.set_currency("USD");
  const auto refused = ApplyPatch(Mask({"currency", "colour"}), patch, &division);
  REQUIRE_FALSE(refused);
  REQUIRE(refused.error().violations.size() == 2);
  CHECK(refused.error().violations[0].pointer == "/currency");
  CHECK(refused.error().violations[0].code == "IMMUTABLE");
  CHECK(refused.error().violations[1].code == "UNKNOWN_FIELD");
}

TEST_CASE("If-Match names the revision that the caller saw") {
  Call call;
  CHECK(CheckRevision(call, 3));
  call.if_match = "*";
  CHECK(CheckRevision(call, 3));
  call.if_match = "3";
  CHECK(CheckRevision(call, 3));
  call.if_match = "2";
  CHECK(CheckRevision(call, 3).error().reason == "ETAG_MISMATCH");
}

TEST_CASE("the changes of an event are what differs and may travel") {
  const Division before = Berlin();
  Division after = Berlin();
  after.set_revision(4);
  after.set_name("Hamburg");
  after.clear_tax_registrations();
  const auto changes = json::ChangedFields(before, after);
  REQUIRE(changes.size() == 2);
  CHECK(changes.at("name").from == R"("Berlin")");
  CHECK(changes.at("name").to == R"("Hamburg")");
  CHECK(changes.at("tax_registrations").to == "[]");
  CHECK(json::FieldText(before, "metadata") == R"({"region":"north"})");
}

}  // namespace
}  // namespace continuo::rpc
