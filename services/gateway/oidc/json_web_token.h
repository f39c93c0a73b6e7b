// An access token as an issuer signs it (RFC 7519, RFC 7515; profile RFC 9068), and its verification.
//
//   ASSIGN_OR_RETURN(const auto token, ReadToken("eyJhbGciOiJFUzI1NiIsImtpZCI6IjEifQ..."));
//   if (!IsSignedBy(token, key)) ...
//   ASSIGN_OR_RETURN(const auto identity, IdentityOf(token, expected, now));
//
// Only RS256 and ES256: what names another algorithm, or brings or points at its own key (jwk, jku,
// x5c, x5u), or demands an extension (crit), is refused before its signature is looked at.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/result/result.h"

struct evp_pkey_st;

namespace continuo::gateway::oidc {

// Whole seconds, as tokens have them: they reach beyond what the nanoseconds of a clock hold.
using Instant = std::chrono::sys_seconds;
using Key = std::shared_ptr<evp_pkey_st>;

enum class Algorithm { kRs256, kEs256 };

struct Token {
  Algorithm algorithm;
  std::string key_id;     // "kid"; empty: the issuer has one key
  std::string signed_part;  // header and payload as they came
  std::string signature;
  std::string issuer, subject;
  std::vector<std::string> audiences;
  Instant expires_at;
  Instant not_before;  // the epoch where the token names none
};

// What the token must say to be meant for us.
struct Expected {
  std::string issuer;
  std::string audience;
};

struct Identity {
  std::string issuer, subject;
};

// Clocks of two machines may differ by so much.
inline constexpr std::chrono::seconds kSkew{60};

// Each refusal is UNAUTHENTICATED with a sentence that names no part of the token.
Result<Token> ReadToken(std::string_view text);
bool IsSignedBy(const Token& token, const Key& key);
Result<Identity> IdentityOf(const Token& token, const Expected& expected, Instant now);
Instant Now();

}  // namespace continuo::gateway::oidc
