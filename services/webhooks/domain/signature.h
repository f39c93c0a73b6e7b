// Signs a webhook as Standard Webhooks 1.0.0 asks: HMAC-SHA256 over "id.timestamp.body" (v1), and
// where the endpoint wants it ed25519 over the same (v1a).
//
//   Sign({{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}}, "evt_1", 1614265330, body)  -> "v1,<base64>"
//
// While a secret is being rotated both keys sign, the newer first, and the receiver takes the
// header if either matches. The timestamp is that of the attempt, the id stays over all attempts.
// It does not check signatures: that is the receiver's part.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "libs/result/result.h"

namespace continuo::webhooks::domain {

// "whsec_" and the base64 of 32 random bytes.
std::string NewSecret();

// The key inside a secret: 24 to 64 bytes.
Result<std::string> ReadSecret(std::string_view secret);

// A new pair of ed25519, in the spelling of Svix, which the libraries read.
struct SigningKey {
  std::string secret;       // "whsk_" and the base64 of seed and public key
  std::string public_key;   // "whpk_" and base64
};
SigningKey NewSigningKey();

// The value of the header webhook-signature: one part for each of whsec_ and whsk_, in their order.
// What is neither is our own bug and throws std::logic_error.
std::string Sign(std::span<const std::string> secrets, std::string_view id, std::int64_t timestamp,
                 std::string_view body);

}  // namespace continuo::webhooks::domain
