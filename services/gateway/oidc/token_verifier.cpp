#include "services/gateway/oidc/token_verifier.h"

#include <rapidjson/document.h>

namespace continuo::gateway::oidc {
namespace {

constexpr std::chrono::hours kKeepKeys{1};
constexpr std::chrono::seconds kFetchAgain{10};
constexpr size_t kWaitingMax = 1000;

Failure NotAccepted(std::string why) {
  return Failure(
      Fault{.code = Code::kUnauthenticated, .reason = "UNAUTHENTICATED", .message = std::move(why)});
}

}  // namespace

Failure IssuerIsAway() {
  return Unavailable("IDENTITY_ISSUER_UNAVAILABLE",
                     "The identity issuer cannot be asked for its keys. Repeat in ten seconds.");
}

TokenVerifier::TokenVerifier(Issuer issuer, Fetch fetch)
    : issuer_(std::move(issuer)), fetch_(std::move(fetch)) {
  if (!issuer_.url.empty()) thread_ = std::thread([this] { FetchWhenAsked(); });
}

TokenVerifier::~TokenVerifier() { Stop(); }

void TokenVerifier::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void TokenVerifier::Verify(std::string_view text, Done done) {
  if (issuer_.url.empty()) {
    return done(NotAccepted("Send Authorization: Bearer with a current API key."));
  }
  auto token = ReadToken(text);
  if (!token) return done(Failure(token.error()));
  // Before any key is asked for: another's tokens must not make us call anybody.
  auto identity = IdentityOf(*token, {issuer_.url, issuer_.audience}, Now());
  if (!identity) return done(Failure(identity.error()));
  Key key;
  bool issuer_is_away = false;
  {
    std::lock_guard lock(mutex_);
    const auto now = Steady::now();
    key = Find(*token);
    const bool may_fetch = tried_at_ == Steady::time_point{} || now - tried_at_ > kFetchAgain;
    if (key && may_fetch && now - fetched_at_ > kKeepKeys) {
      refresh_ = true;
      asked_.notify_all();
    }
    const bool waits = (may_fetch || !waiting_.empty()) && waiting_.size() < kWaitingMax;
    if (!key && waits && !stopping_) {
      waiting_.push_back({std::move(*token), std::move(done)});
      asked_.notify_all();
      return;
    }
    issuer_is_away = fetched_at_ < tried_at_;
  }
  if (!key && issuer_is_away) return done(IssuerIsAway());
  if (!key) return done(NotAccepted("The bearer token is signed with a key that is not known."));
  done(Judge(*token, key));
}

Result<Identity> TokenVerifier::Judge(const Token& token, const Key& key) const {
  if (!IsSignedBy(token, key)) return NotAccepted("The bearer token's signature is not right.");
  return IdentityOf(token, {issuer_.url, issuer_.audience}, Now());
}

Key TokenVerifier::Find(const Token& token) const {
  if (token.key_id.empty()) return keys_.size() == 1 ? keys_.front().key : nullptr;
  for (const auto& named : keys_) {
    if (named.id == token.key_id) return named.key;
  }
  return nullptr;
}

void TokenVerifier::FetchWhenAsked() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      asked_.wait(lock, [this] { return stopping_ || refresh_ || !waiting_.empty(); });
      if (stopping_) break;
      refresh_ = false;
      tried_at_ = Steady::now();
    }
    const auto fetched = FetchKeys();
    std::vector<Waiting> waiting;
    {
      std::lock_guard lock(mutex_);
      if (fetched) {
        keys_ = *fetched;
        fetched_at_ = Steady::now();
      }
      waiting = std::exchange(waiting_, {});
    }
    Settle(std::move(waiting), fetched);
  }
  std::vector<Waiting> waiting;
  {
    std::lock_guard lock(mutex_);
    waiting = std::exchange(waiting_, {});
  }
  Settle(std::move(waiting), Unavailable("UNAVAILABLE", "The server is stopping. Repeat the call."));
}

// A set that could not be fetched anew does not shut out those whose key is known.
void TokenVerifier::Settle(std::vector<Waiting> waiting, const Result<KeySet>& fetched) {
  for (auto& [token, done] : waiting) {
    Key key;
    {
      std::lock_guard lock(mutex_);
      key = Find(token);
    }
    if (key) {
      done(Judge(token, key));
    } else if (fetched) {
      done(NotAccepted("The bearer token is signed with a key that the issuer does not list."));
    } else {
      done(Failure(fetched.error()));
    }
  }
}

Result<KeySet> TokenVerifier::FetchKeys() const {
  ASSIGN_OR_RETURN(const auto url, FindJwksUrl());
  ASSIGN_OR_RETURN(const auto document, fetch_(url));
  return ReadKeySet(document);
}

// OpenID Connect Discovery 1.0, section 4.
Result<std::string> TokenVerifier::FindJwksUrl() const {
  if (!issuer_.jwks_url.empty()) return issuer_.jwks_url;
  std::string base = issuer_.url;
  if (base.ends_with('/')) base.pop_back();
  ASSIGN_OR_RETURN(const auto text, fetch_(base + "/.well-known/openid-configuration"));
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  const auto has = [&](const char* name) {
    return document.HasMember(name) && document[name].IsString();
  };
  if (document.HasParseError() || !document.IsObject() || !has("issuer") || !has("jwks_uri") ||
      document["issuer"].GetString() != issuer_.url) {
    return Unavailable("IDENTITY_ISSUER_UNAVAILABLE",
                       "The issuer's openid-configuration cannot be read, or names another issuer.");
  }
  return std::string(document["jwks_uri"].GetString());
}

}  // namespace continuo::gateway::oidc
