// Signs a webhook as Standard Webhooks 1.0.0 asks: HMAC-SHA256 over "id.timestamp.body".
//
//   ASSIGN_OR_RETURN(const auto key, ReadSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
//   Sign({{key}}, "evt_1", 1614265330, body)   -> "v1,<base64>"
//
// While a secret is being rotated both keys sign, the newer first, and the receiver takes the
// header if either matches. The timestamp is that of the attempt, the id stays over all attempts.
// It does not do the ed25519 form (v1a), nor check signatures: that is the receiver's part.
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

// The value of the header webhook-signature.
std::string Sign(std::span<const std::string> keys, std::string_view id, std::int64_t timestamp,
                 std::string_view body);

}  // namespace continuo::webhooks::domain
