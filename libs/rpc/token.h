// The signed, short-lived token that carries a principal from one of our processes to another.
//
// The gateway makes one from an API key, a job or consumer from its service's own name; each is good
// for one audience for 60 seconds. The signature is HMAC-SHA256 under the deployment's internal
// secret, which every process reads from a file. It says who the caller is, not that the caller may
// do something: the callee checks the method's permission itself.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace continuo::rpc {

class TokenSigner {
 public:
  // `secret`: at least 32 bytes.
  explicit TokenSigner(std::string secret);

  // Raw bytes, for binary metadata.
  std::string Sign(const Principal& principal, std::string_view audience) const;
  // Who it says that it comes from, not verified: the key, the user or the service; "" when it does not
  // read. For queues, never for rights.
  static std::string ClaimedCaller(std::string_view token);
  // UNAUTHENTICATED when malformed, forged, expired or meant for someone else.
  Result<Principal> Verify(std::string_view token, std::string_view audience) const;

 private:
  std::string Signature(std::string_view payload) const;

  // The keyed HMAC before any data: each signature goes on from a copy, which spares OpenSSL's
  // look-up of the algorithm and the two blocks of the key.
  struct Keyed;
  std::shared_ptr<const Keyed> keyed_;
};

}  // namespace continuo::rpc
