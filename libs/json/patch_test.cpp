#include "libs/json/patch.h"

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/lead.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "libs/testing/catch/catch.h"

namespace continuo::json {
namespace {

using crm::v1::Account;
using Names = std::vector<std::string>;

TEST_CASE("A PATCH replaces what it names and clears what it names without a value") {
  Account account;
  account.set_name("Init");
  account.set_currency("EUR");
  account.set_payment_days(30);
  account.add_tax_ids()->set_number("DE1");
  account.mutable_billing_address()->set_city("Bonn");
  (*account.mutable_metadata())["a"] = "1";

  Account patch;
  patch.set_name("Initech");
  patch.mutable_billing_address()->set_postal_code("10115");
  (*patch.mutable_metadata())["b"] = "2";
  patch.set_country("DE");  // present, not named
  const Names named = {"name", "payment_days", "tax_ids", "billing_address", "metadata"};
  REQUIRE(ApplyPatch(named, patch, &account));

  CHECK(account.name() == "Initech");
  CHECK(account.currency() == "EUR");
  CHECK(account.country() == "");
  CHECK_FALSE(account.has_payment_days());
  CHECK(account.tax_ids_size() == 0);
  CHECK(account.billing_address().city() == "");
  CHECK(account.billing_address().postal_code() == "10115");
  CHECK(account.metadata().size() == 1);
  CHECK(account.metadata().at("b") == "2");
}

TEST_CASE("Output-only fields are skipped, immutable ones refused when they differ") {
  crm::v1::Opportunity opportunity;
  opportunity.set_account_id("acc_1");
  opportunity.set_lost_reason("price");
  crm::v1::Opportunity patch;
  patch.set_account_id("acc_2");
  patch.set_lost_reason("none");
  CHECK(ApplyPatch(Names{"lost_reason"}, patch, &opportunity));
  CHECK(opportunity.lost_reason() == "price");
  const Result<void> refused = ApplyPatch(Names{"account_id"}, patch, &opportunity);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().violations[0].pointer == "/account_id");
  CHECK(refused.error().violations[0].code == "IMMUTABLE");
  CHECK(opportunity.account_id() == "acc_1");
  const Result<void> unknown = ApplyPatch(Names{"colour"}, patch, &opportunity);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().violations[0].code == "UNKNOWN_FIELD");
  patch.set_account_id("acc_1");
  CHECK(ApplyPatch(Names{"account_id"}, patch, &opportunity));
}

TEST_CASE("One field is told as JSON") {
  Account account;
  (*account.mutable_metadata())["region"] = "north";
  CHECK(FieldText(account, "metadata") == R"({"region":"north"})");
  CHECK(FieldText(account, "tax_ids") == "[]");
  CHECK_THROWS_AS(FieldText(account, "colour"), std::logic_error);
}

TEST_CASE("Changes are told as JSON, without what nobody else may know") {
  Account before;
  before.set_name("Init");
  before.set_revision(1);
  Account after = before;
  after.set_name("Initech");
  after.set_country("DE");
  after.set_revision(2);
  (*after.mutable_metadata())["a"] = std::string(500, 'x');
  const std::vector<ChangedField> changes = ChangedFields(before, after);
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].name == "name");
  CHECK(changes[0].from == "\"Init\"");
  CHECK(changes[0].to == "\"Initech\"");
  CHECK(changes[1].name == "country");
  CHECK(changes[1].from == "null");
  CHECK(changes[2].to == "\"[long]\"");

  crm::v1::Lead lead;
  crm::v1::Lead changed;
  changed.mutable_contact()->set_last_name("Lumbergh");
  CHECK(ChangedFields(lead, changed).empty());
}

}  // namespace
}  // namespace continuo::json
