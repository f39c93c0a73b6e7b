// Who calls: an API key, or the token of a person who signed in with the deployment's identity
// issuer, becomes a principal, by asking directory.
//
// Answers are kept for at most 5 seconds, refusals for one, so that a flood of calls costs directory
// one look-up. An answer that is kept is given only while directory's credential revision, asked
// for at most every half second, has not moved: a revoked key, a deactivated user or a profile that
// lost a permission works no longer than that. While directory is away the 5 seconds alone hold.
// The credential itself is never kept: entries go by its SHA-256.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
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
  struct Question {
    std::string credential;
    std::string digest;
    rpc::Call call;  // the gateway's own
    Done done;
  };

  void Answer(Question question);
  // Asks directory whether any credential has changed, then answers all that wait for that.
  void Confirm(const rpc::Call& call);
  void Confirmed(std::optional<int64_t> revision);
  int64_t RevisionNow();
  void LookUp(const Question& question);
  // Asks directory's `method`.
  void Ask(const std::string& digest, const char* method, const rpc::Call& call,
           const google::protobuf::Message& request);
  void Remember(const std::string& digest, int64_t revision, const Result<rpc::Principal>& result,
                std::chrono::steady_clock::duration keep);

  rpc::Channels& channels_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> known_;
  // Callers that wait for the look-up of the same key.
  std::unordered_map<std::string, std::vector<Done>> pending_;
  // directory's credential revision, as last heard (-1: never), and until when it is taken as told.
  int64_t revision_ = -1;
  std::chrono::steady_clock::time_point confirmed_until_{};
  std::vector<Question> unconfirmed_;  // wait for the revision
  oidc::TokenVerifier verifier_;  // last: its thread ends before what it answers to
};

}  // namespace continuo::gateway
