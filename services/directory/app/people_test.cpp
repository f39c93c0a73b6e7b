// Divisions, profiles, users and keys on a real Postgres.
#include <utility>

#include "continuo/directory/v1/api_key.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "continuo/directory/v1/exchange_rate.pb.h"
#include "continuo/directory/v1/operations.pb.h"
#include "continuo/directory/v1/user.pb.h"
#include "libs/testing/catch/catch.h"
#include "services/directory/app/api_keys.h"
#include "services/directory/app/divisions.h"
#include "services/directory/app/exchange_rates.h"
#include "services/directory/app/operations.h"
#include "services/directory/app/stage_test.h"
#include "services/directory/app/users.h"

namespace continuo::directory::app {
namespace {

v1::CreateDivisionRequest Berlin(const std::string& series = "DE") {
  v1::CreateDivisionRequest request;
  v1::Division& division = *request.mutable_division();
  division.set_name("Berlin");
  division.set_legal_name("Continuo Deutschland GmbH");
  division.set_currency("EUR");
  division.set_time_zone("Europe/Berlin");
  division.set_country("DE");
  division.set_invoice_series(series);
  auto* registration = division.add_tax_registrations();
  registration->set_country("DE");
  registration->set_number("DE811569869");
  (*division.mutable_metadata())["erp"] = "4711";
  return request;
}

v1::SecurityProfile MakeProfile(const Stage& stage, const std::string& name,
                                std::initializer_list<const char*> permissions,
                                v1::Sees sees = v1::SEES_LINKED) {
  v1::CreateSecurityProfileRequest request;
  request.mutable_security_profile()->set_name(name);
  for (const char* one : permissions) request.mutable_security_profile()->add_permissions(one);
  request.mutable_security_profile()->set_sees(sees);
  return Must(CreateSecurityProfile(stage.app, stage.All(), request));
}

Result<v1::User> MakeUser(const Stage& stage, const std::string& email,
                          const std::string& profile_id) {
  v1::CreateUserRequest request;
  request.mutable_user()->set_email(email);
  request.mutable_user()->set_name("Ada");
  request.mutable_user()->set_profile_id(profile_id);
  return CreateUser(stage.app, stage.All(), request);
}

Result<v1::ApiKey> MakeKey(const Stage& stage, const rpc::Call& call, const std::string& user_id,
                           std::initializer_list<const char*> scopes = {}) {
  v1::CreateApiKeyRequest request;
  request.mutable_api_key()->set_user_id(user_id);
  for (const char* one : scopes) request.mutable_api_key()->add_scopes(one);
  return CreateApiKey(stage.app, call, request);
}

Result<v1::AuthenticatedPrincipal> Present(const Stage& stage, const std::string& secret) {
  v1::AuthenticateKeyRequest request;
  request.set_secret(secret);
  return AuthenticateKey(stage.app, rpc::Call::AsService("gateway", "req_1"), request);
}

TEST_CASE("how access began is in the audit trail, without the secret") {
  Stage stage;
  const std::string recorded = stage.test.Execute(
      "SELECT data FROM directory.event_log WHERE topic = 'directory.audit'");
  CHECK(recorded.find("directory.CreateAdministrator") != std::string::npos);
  CHECK(recorded.find(stage.administrator.user_id) != std::string::npos);
  CHECK(recorded.find(stage.administrator.secret) == std::string::npos);
}

TEST_CASE("a division is stored whole, found, listed and changed") {
  Stage stage;
  const auto made = Must(CreateDivision(stage.app, stage.All(), Berlin()));
  CHECK(made.revision() == 1);
  CHECK(made.fiscal_year_start_month() == 1);
  CHECK(made.tax_registrations(0).number() == "DE811569869");
  CHECK(made.metadata().at("erp") == "4711");
  CHECK(Reason(CreateDivision(stage.app, stage.All(), Berlin())) == "INVOICE_SERIES_TAKEN");

  v1::ListDivisionsRequest list;
  list.set_currency("EUR");
  list.set_limit(25);
  CHECK(Must(ListDivisions(stage.app, stage.All(), list)).data_size() == 1);

  v1::UpdateDivisionRequest update;
  update.set_id(made.id());
  update.mutable_division()->set_name("Hamburg");
  update.add_update_mask("name");
  rpc::Call stale = stage.All();
  stale.if_match = "7";
  CHECK(Reason(UpdateDivision(stage.app, stale, update)) == "ETAG_MISMATCH");
  const auto changed = Must(UpdateDivision(stage.app, stage.All(), update));
  CHECK(changed.name() == "Hamburg");
  CHECK(changed.revision() == 2);
  CHECK(changed.legal_name() == made.legal_name());
  CHECK(changed.metadata().at("erp") == "4711");

  update.mutable_division()->set_currency("USD");
  update.add_update_mask("currency");
  CHECK(Reason(UpdateDivision(stage.app, stage.All(), update)) == "IMMUTABLE");
  v1::GetDivisionRequest get;
  get.set_id(made.id());
  CHECK(Must(GetDivision(stage.app, stage.All(), get)).revision() == 2);
  CHECK(stage.Events("type LIKE 'division.%'") == "division.created division.updated");
}

TEST_CASE("who makes a profile, a user or a key must hold what it gives") {
  Stage stage;
  const auto reader = MakeProfile(stage, "reader", {"quotes.read"});
  const rpc::Call clerk = stage.Of(stage.administrator.user_id, false, {"users.*", "quotes.read"});
  v1::CreateSecurityProfileRequest wider;
  wider.mutable_security_profile()->set_name("wider");
  wider.mutable_security_profile()->add_permissions("quotes.*");
  wider.mutable_security_profile()->set_sees(v1::SEES_LINKED);
  CHECK(Reason(CreateSecurityProfile(stage.app, clerk, wider)) == "PERMISSION_NOT_HELD");
  wider.mutable_security_profile()->set_permissions(0, "quotes.read");
  wider.mutable_security_profile()->set_sees(v1::SEES_ALL);
  CHECK(Reason(CreateSecurityProfile(stage.app, clerk, wider)) == "PERMISSION_NOT_HELD");
  CHECK(Reason(MakeKey(stage, clerk, stage.administrator.user_id)) == "PERMISSION_NOT_HELD");

  v1::CreateUserRequest user;
  user.mutable_user()->set_email("a@example.com");
  user.mutable_user()->set_name("Ada");
  user.mutable_user()->set_profile_id(reader.id());
  CHECK(CreateUser(stage.app, clerk, user));
  user.mutable_user()->set_email("b@example.com");
  user.mutable_user()->set_profile_id(ids::SecurityProfileId::New().ToString());
  CHECK(Reason(CreateUser(stage.app, clerk, user)) == "REFERENCE_NOT_FOUND");
  user.mutable_user()->set_profile_id(reader.id());
  user.mutable_user()->add_division_ids(ids::DivisionId::New().ToString());
  CHECK(Reason(CreateUser(stage.app, clerk, user)) == "REFERENCE_NOT_FOUND");
}

TEST_CASE("addresses are unique whatever their case; somebody is always left to administer") {
  Stage stage;
  const auto reader = MakeProfile(stage, "reader", {"quotes.read"});
  const auto ada = Must(MakeUser(stage, "ada@example.com", reader.id()));
  CHECK(Reason(MakeUser(stage, "Ada@Example.com", reader.id())) == "EMAIL_TAKEN");

  v1::UpdateUserRequest demote;
  demote.set_id(stage.administrator.user_id);
  demote.mutable_user()->set_profile_id(reader.id());
  demote.add_update_mask("profile_id");
  CHECK(Reason(UpdateUser(stage.app, stage.All(), demote)) == "LAST_ADMINISTRATOR");
  v1::DeactivateUserRequest leave;
  leave.set_id(stage.administrator.user_id);
  CHECK(Reason(DeactivateUser(stage.app, stage.All(), leave)) == "LAST_ADMINISTRATOR");

  v1::UpdateUserRequest rename;
  rename.set_id(ada.id());
  rename.mutable_user()->set_name("Ada Lovelace");
  rename.mutable_user()->mutable_external_identity()->set_iss("https://id.example.com");
  rename.mutable_user()->mutable_external_identity()->set_sub("42");
  rename.add_update_mask("name");
  rename.add_update_mask("external_identity");
  CHECK(Must(UpdateUser(stage.app, stage.All(), rename)).external_identity().sub() == "42");
  // Names and subjects of people never travel.
  CHECK(stage.test.Execute("SELECT count(*) FROM directory.event_log WHERE data::text LIKE "
                           "'%Lovelace%' OR data::text LIKE '%example.com%'") == "0");

  v1::AuthenticateIdentityRequest identity;
  identity.set_iss("https://id.example.com");
  identity.set_sub("42");
  const auto known = AuthenticateIdentity(stage.app, stage.All(), identity);
  REQUIRE(known);
  CHECK(known->user_id() == ada.id());
  CHECK_FALSE(known->sees_all());

  const auto key = Must(MakeKey(stage, stage.All(), ada.id()));
  CHECK(Present(stage, key.secret()));
  leave.set_id(ada.id());
  CHECK(Must(DeactivateUser(stage.app, stage.All(), leave)).status() ==
        v1::USER_STATUS_DEACTIVATED);
  CHECK(DeactivateUser(stage.app, stage.All(), leave));  // again: nothing changes
  CHECK(Reason(AuthenticateIdentity(stage.app, stage.All(), identity)) == "UNAUTHENTICATED");
  CHECK(Reason(Present(stage, key.secret())) == "UNAUTHENTICATED");
  CHECK(Reason(MakeKey(stage, stage.All(), ada.id())) == "USER_DEACTIVATED");
  CHECK(stage.Events("type LIKE 'user.%'") ==
        "user.created user.created user.updated user.deactivated");
}

TEST_CASE("a profile can be narrowed, not so far that nobody is left who may do everything") {
  Stage stage;
  v1::ListSecurityProfilesRequest list;
  list.set_limit(25);
  const auto profiles = Must(ListSecurityProfiles(stage.app, stage.All(), list));
  REQUIRE(profiles.data_size() == 1);
  v1::UpdateSecurityProfileRequest update;
  update.set_id(profiles.data(0).id());
  update.mutable_security_profile()->set_name("first administrator");
  update.add_update_mask("name");
  CHECK(Must(UpdateSecurityProfile(stage.app, stage.All(), update)).revision() == 2);
  update.add_update_mask("permissions");
  CHECK(Reason(UpdateSecurityProfile(stage.app, stage.All(), update)) == "LAST_ADMINISTRATOR");
  const auto reader = MakeProfile(stage, "reader", {"quotes.read"});
  v1::CreateSecurityProfileRequest twin;
  *twin.mutable_security_profile() = reader;
  CHECK(Reason(CreateSecurityProfile(stage.app, stage.All(), twin)) == "PROFILE_NAME_TAKEN");
  v1::GetSecurityProfileRequest get;
  get.set_id(reader.id());
  CHECK(Must(GetSecurityProfile(stage.app, stage.All(), get)).permissions(0) == "quotes.read");
}

TEST_CASE("the first key lets its holder do everything, and making it twice makes one user") {
  Stage stage;
  const auto first = Must(Present(stage, stage.administrator.secret));
  CHECK(first.user_id() == stage.administrator.user_id);
  CHECK(first.key_id() == stage.administrator.key_id);
  CHECK(first.permissions(0) == "*");
  CHECK(first.sees_all());
  const auto second = Must(CreateAdministrator(
      stage.database, rpc::Call::AsService("directory", "req_2"), {.sandbox = true}));
  CHECK(second.user_id == stage.administrator.user_id);
  CHECK(second.secret != stage.administrator.secret);
  CHECK(stage.test.Execute("SELECT count(*) FROM directory.api_key WHERE secret_sha256 IS NULL OR "
                           "length(prefix) > 12") == "0");
  rpc::Call call = stage.All();
  call.principal.key_id = first.key_id();
  const auto me = Must(GetMe(stage.app, call, {}));
  CHECK(me.user_id() == stage.administrator.user_id);
  CHECK(me.name() == "Administrator");
  CHECK(me.sees() == v1::SEES_ALL);
}

TEST_CASE("the credential revision moves with what credentials grant, and with nothing else") {
  Stage stage;
  int64_t last = 0;
  const auto moved = [&] {
    const auto answer = Must(GetCredentialRevision(stage.app, rpc::Call::AsService("gateway", "req_1"),
                                                   v1::GetCredentialRevisionRequest()));
    return std::exchange(last, answer.revision()) != answer.revision();
  };
  const auto key = Must(MakeKey(stage, stage.All(), stage.administrator.user_id, {}));
  moved();
  CHECK(Present(stage, key.secret()));
  CHECK_FALSE(moved());
  v1::RotateApiKeyRequest rotate;
  rotate.set_id(key.id());
  const auto successor = Must(RotateApiKey(stage.app, stage.All(), rotate));
  CHECK(moved());
  v1::RevokeApiKeyRequest revoke;
  revoke.set_id(successor.id());
  CHECK(RevokeApiKey(stage.app, stage.All(), revoke));
  CHECK(moved());
  CHECK_FALSE(moved());
  stage.test.Execute("UPDATE directory.security_profile SET permissions = '{quotes.read}'");
  CHECK(moved());
  stage.test.Execute("UPDATE directory.member SET status = 'deactivated'");
  CHECK(moved());
}

TEST_CASE("a key is narrowed to its scopes, rotated with a grace period, and revoked") {
  Stage stage;
  const auto made =
      Must(MakeKey(stage, stage.All(), stage.administrator.user_id, {"quotes.read", "orders.*"}));
  CHECK(made.secret().starts_with("ck_test_"));
  const auto principal = Must(Present(stage, made.secret()));
  REQUIRE(principal.permissions_size() == 2);
  CHECK(principal.permissions(0) == "orders.*");
  CHECK(Reason(Present(stage, made.secret() + "0")) == "UNAUTHENTICATED");

  v1::RotateApiKeyRequest rotate;
  rotate.set_id(made.id());
  rotate.set_grace_hours(1);
  const auto successor = Must(RotateApiKey(stage.app, stage.All(), rotate));
  CHECK(successor.secret() != made.secret());
  CHECK(Must(Present(stage, successor.secret())).permissions_size() == 2);
  CHECK(Present(stage, made.secret()));  // for one hour more
  CHECK(Reason(RotateApiKey(stage.app, stage.All(), rotate)) == "API_KEY_ROTATED");
  stage.test.Execute("UPDATE directory.api_key SET expires_at = now() - interval '1 s' "
                     "WHERE replaced_by_id IS NOT NULL");
  CHECK(Reason(Present(stage, made.secret())) == "UNAUTHENTICATED");

  v1::RevokeApiKeyRequest revoke;
  revoke.set_id(successor.id());
  CHECK(Must(RevokeApiKey(stage.app, stage.All(), revoke)).has_revoked_at());
  CHECK(RevokeApiKey(stage.app, stage.All(), revoke));
  CHECK(Reason(Present(stage, successor.secret())) == "UNAUTHENTICATED");
  rotate.set_id(successor.id());
  CHECK(Reason(RotateApiKey(stage.app, stage.All(), rotate)) == "API_KEY_REVOKED");
  CHECK(stage.Events("type = 'api_key.revoked'") == "api_key.revoked");

  v1::ListApiKeysRequest list;
  list.set_user_id(stage.administrator.user_id);
  list.set_limit(25);
  const auto keys = Must(ListApiKeys(stage.app, stage.All(), list));
  CHECK(keys.data_size() == 3);
  for (const auto& key : keys.data()) CHECK(key.secret().empty());
  v1::GetApiKeyRequest get;
  get.set_id(made.id());
  CHECK(Must(GetApiKey(stage.app, stage.All(), get)).replaced_by_id() == successor.id());
}

TEST_CASE("the rate of a day is the newest known one of the last day that has one") {
  Stage stage;
  const auto add = [&](const std::string& on, const std::string& rate) {
    v1::CreateExchangeRateRequest request;
    request.mutable_exchange_rate()->set_base("EUR");
    request.mutable_exchange_rate()->set_quote("USD");
    request.mutable_exchange_rate()->set_on(on);
    request.mutable_exchange_rate()->set_rate(rate);
    return Must(CreateExchangeRate(stage.app, stage.All(), request));
  };
  const auto first = add("2026-03-02", "1.08");
  add("2026-03-04", "1.09");
  stage.test.SetClock("directory", "2026-03-11T09:00:00Z");
  add("2026-03-02", "1.0825");
  const auto on = [&](const std::string& day, const std::string& quote = "USD") {
    v1::GetExchangeRateOnRequest request;
    request.set_base("EUR");
    request.set_quote(quote);
    request.set_on(day);
    return GetExchangeRateOn(stage.app, stage.All(), request);
  };
  CHECK(Must(on("2026-03-02")).rate() == "1.0825");  // the correction
  CHECK(Must(on("2026-03-03")).rate() == "1.0825");
  CHECK(Must(on("2026-03-05")).rate() == "1.09");
  CHECK(Reason(on("2026-03-01")) == "EXCHANGE_RATE_UNKNOWN");
  CHECK(Reason(on("2026-03-05", "GBP")) == "EXCHANGE_RATE_UNKNOWN");
  v1::ListExchangeRatesRequest list;
  list.set_limit(25);
  list.set_on_gte("2026-03-03");
  CHECK(Must(ListExchangeRates(stage.app, stage.All(), list)).data_size() == 1);
  v1::GetExchangeRateRequest get;
  get.set_id(first.id());
  CHECK(Must(GetExchangeRate(stage.app, stage.All(), get)).rate() == "1.08");
  v1::CreateExchangeRateRequest same;
  same.mutable_exchange_rate()->set_base("EUR");
  same.mutable_exchange_rate()->set_quote("EUR");
  CHECK(Reason(CreateExchangeRate(stage.app, stage.All(), same)) == "SAME_CURRENCY");
}

TEST_CASE("users are listed and found by id") {
  Stage stage;
  v1::ListUsersRequest list;
  list.set_limit(25);
  list.set_status(v1::USER_STATUS_ACTIVE);
  const auto users = Must(ListUsers(stage.app, stage.All(), list));
  REQUIRE(users.data_size() == 1);
  v1::GetUserRequest get;
  get.set_id(users.data(0).id());
  CHECK(Must(GetUser(stage.app, stage.All(), get)).name() == "Administrator");
  get.set_id(ids::UserId::New().ToString());
  CHECK(Reason(GetUser(stage.app, stage.All(), get)) == "NOT_FOUND");
}

}  // namespace
}  // namespace continuo::directory::app
