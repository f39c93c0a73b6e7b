// How webhooks are signed, for whoever sends some in our name: `continuo listen`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace continuo::webhooks {

// "whsec_" and the base64 of 32 random bytes.
std::string NewSecret();
// The value of the header webhook-signature. What is no whsec_ throws std::logic_error.
std::string Sign(const std::string& secret, std::string_view id, std::int64_t timestamp,
                 std::string_view body);

}  // namespace continuo::webhooks
