// An issuer for tests: makes keys, lists them as a JWKS document, signs tokens.
#pragma once

#include <string>

#include "services/gateway/oidc/json_web_token.h"

namespace continuo::gateway::oidc {

class SigningKey {
 public:
  SigningKey(Algorithm algorithm, std::string id, int rsa_bits = 2048);

  const Key& key() const { return key_; }
  std::string Jwk() const;
  // `header` and `payload` are JSON; the algorithm's name is what the header says.
  std::string Sign(const std::string& header, const std::string& payload) const;

 private:
  Algorithm algorithm_;
  std::string id_;
  Key key_;
};

std::string Base64Url(std::string_view bytes);

}  // namespace continuo::gateway::oidc
