#include <atomic>
#include <future>

#include "libs/testing/catch/catch.h"
#include "services/gateway/oidc/key_set.h"
#include "services/gateway/oidc/signing_test.h"
#include "services/gateway/oidc/token_verifier.h"

namespace continuo::gateway::oidc {
namespace {

const SigningKey& RsaKey() {
  static const SigningKey key(Algorithm::kRs256, "rsa-1");
  return key;
}
const SigningKey& EcKey() {
  static const SigningKey key(Algorithm::kEs256, "ec-1");
  return key;
}

constexpr char kIssuer[] = "https://issuer.example";
const Expected kExpected{.issuer = kIssuer, .audience = "continuo"};

std::string At(std::chrono::seconds from_now) {
  return std::to_string((Now() + from_now).time_since_epoch().count());
}

std::string Header(const std::string& algorithm, const std::string& key_id) {
  return R"({"alg":")" + algorithm + R"(","typ":"at+jwt","kid":")" + key_id + "\"}";
}

std::string Payload(const std::string& more = {}) {
  return R"({"iss":"https://issuer.example","sub":"anna","aud":"continuo","exp":)" +
         At(std::chrono::minutes(5)) + more + "}";
}

std::string GoodToken() { return EcKey().Sign(Header("ES256", "ec-1"), Payload()); }

Result<Identity> Read(const std::string& text, const Key& key) {
  ASSIGN_OR_RETURN(const auto token, ReadToken(text));
  if (!IsSignedBy(token, key)) return Failure(Fault{.reason = "BAD_SIGNATURE"});
  return IdentityOf(token, kExpected, Now());
}

TEST_CASE("a token of the issuer, for us, says who calls: RS256 and ES256") {
  for (const auto* key : {&RsaKey(), &EcKey()}) {
    const bool rsa = key == &RsaKey();
    const auto keys = ReadKeySet(R"({"keys":[)" + key->Jwk() + "]}");
    REQUIRE(keys);
    REQUIRE(keys->size() == 1);
    const auto identity = Read(key->Sign(Header(rsa ? "RS256" : "ES256", "k"), Payload()),
                               keys->front().key);
    REQUIRE(identity);
    CHECK(identity->subject == "anna");
    CHECK(identity->issuer == kIssuer);
  }
}

TEST_CASE("what the header must not say") {
  const auto header = GENERATE(values<std::string>({
      R"({"alg":"none"})",
      R"({"alg":"HS256","kid":"ec-1"})",
      R"({"alg":"RS512","kid":"ec-1"})",
      R"({"alg":"es256","kid":"ec-1"})",
      R"({"kid":"ec-1"})",
      R"({"alg":["ES256"]})",
      R"({"alg":"ES256","jku":"https://evil.example/keys"})",
      R"({"alg":"ES256","x5u":"https://evil.example/cert"})",
      R"({"alg":"ES256","jwk":{}})",
      R"({"alg":"ES256","x5c":[]})",
      R"({"alg":"ES256","crit":["exp"]})",
      R"({"alg":"ES256","typ":"logout+jwt"})",
      R"([])",
      "",
  }));
  INFO(header);
  const auto token = ReadToken(EcKey().Sign(header, Payload()));
  REQUIRE_FALSE(token);
  CHECK(token.error().code == Code::kUnauthenticated);
}

TEST_CASE("what the payload must say") {
  struct Row {
    std::string payload;
    bool accepted;
  };
  const auto past = At(std::chrono::seconds(-61)), barely = At(std::chrono::seconds(-50));
  const auto soon = At(std::chrono::seconds(50)), later = At(std::chrono::seconds(70));
  const std::string names = R"({"iss":"https://issuer.example","sub":"anna",)";
  const auto rows = std::vector<Row>{
      {names + R"("aud":["other","continuo"],"exp":)" + soon + "}", true},
      {names + R"("aud":"continuo","exp":)" + barely + "}", true},  // within the skew
      {names + R"("aud":"continuo","exp":)" + soon + R"(,"nbf":)" + soon + "}", true},
      {names + R"("aud":"continuo","exp":9.5e9})", true},  // the year 2271
      {names + R"("aud":"continuo","exp":)" + past + "}", false},
      {names + R"("aud":"continuo","exp":)" + later + R"(,"nbf":)" + later + "}", false},
      {names + R"("aud":"continuo"})", false},
      {names + R"("aud":"continuo","exp":"2099-01-01"})", false},
      {names + R"("aud":"continuo","exp":1e400})", false},
      {names + R"("aud":"other","exp":)" + soon + "}", false},
      {names + R"("aud":[],"exp":)" + soon + "}", false},
      {names + R"("exp":)" + soon + "}", false},
      {R"({"iss":"https://issuer.example/","sub":"anna","aud":"continuo","exp":)" + soon + "}", false},
      {R"({"iss":"https://issuer.example","aud":"continuo","exp":)" + soon + "}", false},
      {R"({"sub":"anna","aud":"continuo","exp":)" + soon + "}", false},
  };
  for (const auto& row : rows) {
    INFO(row.payload);
    const auto identity = Read(EcKey().Sign(Header("ES256", "ec-1"), row.payload), EcKey().key());
    CHECK(identity.has_value() == row.accepted);
  }
}

TEST_CASE("a signature holds for its bytes and its key alone") {
  const std::string good = GoodToken();
  CHECK(Read(good, EcKey().key()));
  CHECK_FALSE(Read(good, SigningKey(Algorithm::kEs256, "other").key()));
  CHECK_FALSE(Read(good, RsaKey().key()));
  for (size_t i = 0; i < good.size(); i += 7) {
    std::string tampered = good;
    tampered[i] = tampered[i] == 'A' ? 'B' : 'A';
    if (tampered == good) continue;
    CHECK_FALSE(Read(tampered, EcKey().key()));
  }
}

TEST_CASE("what is no token at all") {
  for (const auto& text : {std::string(), std::string("ck_live_abc"), std::string("a.b"),
                           std::string("a.b.c.d"), std::string(".."), std::string(9000, 'a'),
                           GoodToken() + "=", GoodToken() + "."}) {
    CHECK_FALSE(ReadToken(text));
  }
}

TEST_CASE("keys that are too weak, for encryption or of another kind are passed over") {
  const SigningKey weak(Algorithm::kRs256, "weak", 1024);
  auto encryption = EcKey().Jwk();
  encryption.insert(1, R"("use":"enc",)");
  const auto keys = ReadKeySet(R"({"keys":[)" + weak.Jwk() + "," + encryption +
                               R"(,{"kty":"oct","k":"AAAA"},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},7,)" +
                               RsaKey().Jwk() + "]}");
  REQUIRE(keys);
  REQUIRE(keys->size() == 1);
  CHECK(keys->front().id == "rsa-1");
  CHECK_FALSE(ReadKeySet("[]"));
  CHECK_FALSE(ReadKeySet(R"({"keys":{}})"));
}

// An issuer whose documents a test sets, and which counts how often it was asked.
struct FakeIssuer {
  std::atomic<int> asked{0};
  std::mutex mutex;
  std::string keys;
  bool down = false;

  TokenVerifier::Fetch Fetch() {
    return [this](const std::string& url) -> Result<std::string> {
      std::lock_guard lock(mutex);
      if (down) return Unavailable("IDENTITY_ISSUER_UNAVAILABLE", "down");
      if (url == "https://issuer.example/.well-known/openid-configuration") {
        return std::string(
            R"({"issuer":"https://issuer.example","jwks_uri":"https://issuer.example/keys"})");
      }
      ++asked;
      if (url != "https://issuer.example/keys") return NotFound("document", url);
      return R"({"keys":[)" + keys + "]}";
    };
  }
};

Result<Identity> Verify(TokenVerifier& verifier, const std::string& token) {
  std::promise<Result<Identity>> promise;
  verifier.Verify(token, [&](Result<Identity> identity) { promise.set_value(std::move(identity)); });
  return promise.get_future().get();
}

TEST_CASE("keys are fetched for the first token and kept for the next ones") {
  FakeIssuer issuer;
  issuer.keys = EcKey().Jwk();
  TokenVerifier verifier({.url = kIssuer, .audience = "continuo"}, issuer.Fetch());
  CHECK(Verify(verifier, GoodToken()));
  CHECK(Verify(verifier, GoodToken()));
  CHECK(issuer.asked == 1);
}

TEST_CASE("a flood of unknown key names costs the issuer one fetch") {
  FakeIssuer issuer;
  issuer.keys = EcKey().Jwk();
  TokenVerifier verifier({.url = kIssuer, .audience = "continuo"}, issuer.Fetch());
  for (int i = 0; i < 50; ++i) {
    const auto answer =
        Verify(verifier, EcKey().Sign(Header("ES256", "made-up-" + std::to_string(i)), Payload()));
    CHECK_FALSE(answer);
  }
  CHECK(issuer.asked == 1);
  CHECK(Verify(verifier, GoodToken()));
}

TEST_CASE("a token that cannot be ours makes us ask nobody") {
  FakeIssuer issuer;
  TokenVerifier verifier({.url = kIssuer, .audience = "other"}, issuer.Fetch());
  CHECK_FALSE(Verify(verifier, GoodToken()));
  CHECK(issuer.asked == 0);
}

TEST_CASE("an issuer that is down is told as such, and not as a bad token") {
  FakeIssuer issuer;
  issuer.down = true;
  TokenVerifier verifier({.url = kIssuer, .audience = "continuo"}, issuer.Fetch());
  const auto answer = Verify(verifier, GoodToken());
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == Code::kUnavailable);
  // Asked again at once it is not tried again, but the token is no worse for that.
  CHECK(Verify(verifier, GoodToken()).error().code == Code::kUnavailable);
}

TEST_CASE("who waits when the server stops is told so") {
  std::promise<void> fetching, release;
  auto released = release.get_future();
  TokenVerifier verifier({.url = kIssuer, .audience = "continuo"},
                         [&](const std::string& url) -> Result<std::string> {
                           fetching.set_value();
                           released.wait();
                           return NotFound("document", url);
                         });
  std::promise<Result<Identity>> answer;
  verifier.Verify(GoodToken(), [&](Result<Identity> identity) { answer.set_value(std::move(identity)); });
  fetching.get_future().wait();
  std::thread stop([&] { verifier.Stop(); });
  release.set_value();
  stop.join();
  CHECK_FALSE(answer.get_future().get());
}

TEST_CASE("without an issuer no token is accepted") {
  TokenVerifier verifier({}, [](const std::string&) -> Result<std::string> { return std::string(); });
  CHECK(Verify(verifier, GoodToken()).error().code == Code::kUnauthenticated);
}

}  // namespace
}  // namespace continuo::gateway::oidc
