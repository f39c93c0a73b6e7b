// An issuer's public keys (RFC 7517), as its JWKS document lists them.
//
//   ReadKeySet(R"({"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"...","y":"..."}]})")
//
// Keys that are not for verifying RS256 or ES256 signatures are passed over, as are RSA keys below
// 2,048 bits; a document that is none is a fault.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/result/result.h"
#include "services/gateway/oidc/json_web_token.h"

namespace continuo::gateway::oidc {

struct NamedKey {
  std::string id;
  Key key;
};
using KeySet = std::vector<NamedKey>;

Result<KeySet> ReadKeySet(std::string_view document);

}  // namespace continuo::gateway::oidc
