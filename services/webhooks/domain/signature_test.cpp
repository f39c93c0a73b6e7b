#include "services/webhooks/domain/signature.h"

#include "libs/json/base64.h"
#include "libs/testing/catch/catch.h"

namespace continuo::webhooks::domain {
namespace {

std::string Key(std::string_view secret) { return ReadSecret(secret).value(); }

// Source: standard-webhooks b2fa7b87, the sign tests of its python, js, java and rust libraries.
TEST_CASE("signatures are those of the Standard Webhooks libraries") {
  const std::string first[] = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};
  CHECK(Sign(first, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})") ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  const std::string second[] = {"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"};
  CHECK(Sign(second, "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1649367553,
             R"({"email":"test@example.com","username":"test_user"})") ==
        "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
}

// Source: svix-webhooks 4fc0cfb8, worker.rs, test_asymmetric_key_signing.
TEST_CASE("an asymmetric signature is that of Svix") {
  const std::string key[] = {"whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicM"
                             "Fs6Kvg=="};
  CHECK(Sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})") ==
        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg"
        "==");
}

TEST_CASE("a new pair of keys belongs together, and is never the same") {
  const SigningKey pair = NewSigningKey();
  const auto both = json::DecodeBase64(pair.secret.substr(5)).value();
  CHECK(pair.secret.starts_with("whsk_"));
  CHECK(pair.public_key == "whpk_" + json::EncodeBase64(both.substr(32)));
  CHECK(NewSigningKey().secret != pair.secret);
}

TEST_CASE("what is no key signs nothing") {
  for (const std::string secret : {"", "whsec_", "whsk_c2hvcnQ=", "whpk_c2hvcnQ="}) {
    CHECK_THROWS(Sign({&secret, 1}, "evt_1", 7, "{}"));
  }
}

TEST_CASE("while a secret is rotated both keys sign, in the order given") {
  const std::string newer[] = {NewSecret()};
  const std::string older[] = {NewSecret()};
  const std::string both[] = {newer[0], older[0]};
  CHECK(Sign(both, "evt_1", 7, "{}") ==
        Sign(newer, "evt_1", 7, "{}") + " " + Sign(older, "evt_1", 7, "{}"));
}

TEST_CASE("id, timestamp, body and key each change the signature") {
  const std::string keys[] = {GENERATE(NewSecret(), NewSigningKey().secret)};
  const std::string others[] = {NewSecret()};
  const auto signature = Sign(keys, "evt_1", 7, "{}");
  CHECK(Sign(keys, "evt_2", 7, "{}") != signature);
  CHECK(Sign(keys, "evt_1", 8, "{}") != signature);
  CHECK(Sign(keys, "evt_1", 7, "{ }") != signature);
  CHECK(Sign(others, "evt_1", 7, "{}") != signature);
}

TEST_CASE("a new secret is long enough and never the same") {
  CHECK(Key(NewSecret()).size() == 32);
  CHECK(NewSecret() != NewSecret());
}

// Source of the first seven: the negative cases of the standard-webhooks and svix libraries.
TEST_CASE("what is no secret is refused") {
  for (const char* text :
       {"", "whsec_", "w", "whsec_%", "whsec_wronglength",
        "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
        "hwsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "whsec_c2hvcnQ="}) {
    INFO(text);
    CHECK_FALSE(ReadSecret(text));
  }
}

}  // namespace
}  // namespace continuo::webhooks::domain
