// Who calls: an API key, or the token of a person who signed in with the deployment's identity
// issuer, becomes a principal, by asking directory.
//
// Answers are kept for at most 5 seconds, refusals for one, so that a revoked key stops working
// within 5 seconds and a flood of calls costs directory one look-up. The credential itself is
// never kept: entries go by its SHA-256.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "libs/result/result.h"
#include "libs/rpc/call.h"
#include "services/gateway/oidc/token_verifier.h"

namespace google::protobuf {
class Message;
}
namespace continuo::rpc {
class Channels;
}

namespace continuo::gateway {

class Authenticator {
 public:
  Authenticator(rpc::Channels& channels, oidc::Issuer issuer, oidc::TokenVerifier::Fetch fetch)
      : channels_(channels), verifier_(std::move(issuer), std::move(fetch)) {}

  // `authorization`: the header's value, null when absent. `done` is called once, at once or on one
  // of gRPC's threads. `call` gives the request id, the trace and the deadline.
  void Authenticate(const std::string* authorization, const rpc::Call& call,
                    std::function<void(Result<rpc::Principal>)> done);

  // Answers all that wait for the issuer's keys; no other token is waited for.
  void Stop() { verifier_.Stop(); }

 private:
  using Done = std::function<void(Result<rpc::Principal>)>;
  struct Entry {
    Result<rpc::Principal> result;
    std::chrono::steady_clock::time_point until;
  };

  void LookUpKey(const std::string& digest, std::string_view secret, const rpc::Call& inner);
  void LookUpIdentity(const std::string& digest, const oidc::Identity& identity,
                      const rpc::Call& inner);
  // Asks directory's `method`.
  void LookUp(const std::string& digest, const char* method, const rpc::Call& inner,
              const google::protobuf::Message& request);
  void Remember(const std::string& digest, const Result<rpc::Principal>& result);

  rpc::Channels& channels_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> known_;
  // Callers that wait for the look-up of the same key.
  std::unordered_map<std::string, std::vector<Done>> pending_;
  oidc::TokenVerifier verifier_;  // last: its thread ends before what it answers to
};

}  // namespace continuo::gateway
