// Whose token this is, by the keys of the one issuer that the deployment trusts.
//
// The keys are fetched when the first token comes and kept for an hour. A token that names a key we
// do not know has them fetched again, at most once in ten seconds, so that a rotation is followed at
// once and a flood of invented key names costs the issuer nothing. While a set is being fetched
// those whose key is not known wait, a bounded number of them; an issuer that is down is UNAVAILABLE
// to them, and costs those with a known key nothing.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "services/gateway/oidc/json_web_token.h"
#include "services/gateway/oidc/key_set.h"

namespace continuo::gateway::oidc {

struct Issuer {
  std::string url;       // the tokens' iss, to the letter; empty: no tokens are accepted
  std::string audience;  // what their aud must hold
  std::string jwks_url;  // empty: as the issuer's /.well-known/openid-configuration says
};

class TokenVerifier {
 public:
  using Fetch = std::function<Result<std::string>(const std::string& url)>;
  using Done = std::function<void(Result<Identity>)>;

  TokenVerifier(Issuer issuer, Fetch fetch);
  ~TokenVerifier();
  TokenVerifier(const TokenVerifier&) = delete;
  TokenVerifier& operator=(const TokenVerifier&) = delete;

  // Ends the thread; those who wait are told so. Further tokens are judged by the keys that are known.
  void Stop();

  // `done` is called once: before this returns, or later on the thread that fetches.
  void Verify(std::string_view text, Done done);

 private:
  using Steady = std::chrono::steady_clock;
  struct Waiting {
    Token token;
    Done done;
  };

  Result<Identity> Judge(const Token& token, const Key& key) const;
  Key Find(const Token& token) const;  // holds mutex_
  void FetchWhenAsked();
  Result<KeySet> FetchKeys() const;
  Result<std::string> FindJwksUrl() const;
  void Settle(std::vector<Waiting> waiting, const Result<KeySet>& fetched);

  const Issuer issuer_;
  const Fetch fetch_;
  mutable std::mutex mutex_;
  std::condition_variable asked_;
  KeySet keys_;
  Steady::time_point fetched_at_{}, tried_at_{};
  std::vector<Waiting> waiting_;
  bool refresh_ = false;  // the keys are old; nobody waits for new ones
  bool stopping_ = false;
  std::thread thread_;
};

// What those are told who need a key that cannot be asked for.
Failure IssuerIsAway();

// GET with a deadline of five seconds and at most 256 KiB of answer; no redirects. `plain_http`
// (sandbox) also allows http.
Result<std::string> FetchDocument(const std::string& url, bool plain_http);

}  // namespace continuo::gateway::oidc
