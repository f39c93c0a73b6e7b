#include "services/gateway/oidc/json_web_token.h"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <rapidjson/document.h>

#include <algorithm>

#include "libs/json/base64.h"

namespace continuo::gateway::oidc {
namespace {

constexpr size_t kTokenMax = 8192;

Failure Refused(std::string why) {
  return Failure(
      Fault{.code = Code::kUnauthenticated, .reason = "UNAUTHENTICATED", .message = std::move(why)});
}

// base64url without padding, as RFC 7515 demands; DecodeBase64 alone would take more.
std::optional<std::string> DecodePart(std::string_view part) {
  if (part.empty() || part.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
  return json::DecodeBase64(part);
}

std::optional<rapidjson::Document> ReadObject(std::string_view part) {
  const auto text = DecodePart(part);
  if (!text) return std::nullopt;
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text->data(), text->size());
  if (document.HasParseError() || !document.IsObject()) return std::nullopt;
  return document;
}

std::string Text(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  const bool text = member != object.MemberEnd() && member->value.IsString();
  return text ? std::string(member->value.GetString(), member->value.GetStringLength())
              : std::string();
}

// NumericDate: seconds since the epoch, fractions allowed.
bool ReadInstant(const rapidjson::Value& object, const char* name, Instant* instant) {
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd() || !member->value.IsNumber()) return false;
  const double seconds = member->value.GetDouble();
  if (seconds < 0 || seconds > 253'402'300'799.0) return false;  // the end of the year 9999
  *instant = Instant(std::chrono::seconds(static_cast<int64_t>(seconds)));
  return true;
}

Result<void> ReadHeader(std::string_view part, Token* token) {
  const auto header = ReadObject(part);
  if (!header) return Refused("The bearer token has no readable header.");
  for (const char* forbidden : {"crit", "jku", "jwk", "x5u", "x5c", "b64", "zip"}) {
    if (header->HasMember(forbidden)) {
      return Refused(std::string("A bearer token with the header ") + forbidden +
                     " is not accepted.");
    }
  }
  const auto algorithm = Text(*header, "alg");
  if (algorithm != "RS256" && algorithm != "ES256") {
    return Refused("A bearer token is signed with RS256 or ES256.");
  }
  auto type = Text(*header, "typ");
  std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return std::tolower(c); });
  if (header->HasMember("typ") && type != "jwt" && type != "at+jwt" &&
      type != "application/at+jwt") {
    return Refused("The bearer token is no access token (its typ is neither JWT nor at+jwt).");
  }
  token->algorithm = algorithm == "RS256" ? Algorithm::kRs256 : Algorithm::kEs256;
  token->key_id = Text(*header, "kid");
  return {};
}

Result<void> ReadPayload(std::string_view part, Token* token) {
  const auto payload = ReadObject(part);
  if (!payload) return Refused("The bearer token has no readable payload.");
  token->issuer = Text(*payload, "iss");
  token->subject = Text(*payload, "sub");
  if (payload->HasMember("aud") && (*payload)["aud"].IsArray()) {
    for (const auto& audience : (*payload)["aud"].GetArray()) {
      if (audience.IsString()) token->audiences.push_back(audience.GetString());
    }
  } else {
    token->audiences.push_back(Text(*payload, "aud"));
  }
  if (!ReadInstant(*payload, "exp", &token->expires_at)) {
    return Refused("The bearer token does not say when it expires.");
  }
  if (payload->HasMember("nbf") && !ReadInstant(*payload, "nbf", &token->not_before)) {
    return Refused("The bearer token's nbf is no instant.");
  }
  return {};
}

// JWS has r and s side by side, 32 bytes each; OpenSSL wants them in DER.
std::string EcdsaDer(const std::string& raw) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(raw.data());
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(ECDSA_SIG_new(),
                                                                        ECDSA_SIG_free);
  ECDSA_SIG_set0(signature.get(), BN_bin2bn(bytes, 32, nullptr), BN_bin2bn(bytes + 32, 32, nullptr));
  unsigned char* der = nullptr;
  const int length = i2d_ECDSA_SIG(signature.get(), &der);
  if (length <= 0) return {};
  std::string out(reinterpret_cast<char*>(der), length);
  OPENSSL_free(der);
  return out;
}

bool Fits(Algorithm algorithm, const Key& key) {
  return EVP_PKEY_base_id(key.get()) == (algorithm == Algorithm::kRs256 ? EVP_PKEY_RSA : EVP_PKEY_EC);
}

}  // namespace

Result<Token> ReadToken(std::string_view text) {
  if (text.size() > kTokenMax) return Refused("The bearer token is longer than 8192 characters.");
  const auto first = text.find('.');
  const auto second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos) {
    return Refused("The bearer token is neither an API key nor a signed JSON Web Token.");
  }
  Token token{};
  RETURN_IF_FAULT(ReadHeader(text.substr(0, first), &token));
  RETURN_IF_FAULT(ReadPayload(text.substr(first + 1, second - first - 1), &token));
  const auto signature = DecodePart(text.substr(second + 1));
  if (!signature) return Refused("The bearer token has no readable signature.");
  token.signature = *signature;
  token.signed_part = text.substr(0, second);
  return token;
}

bool IsSignedBy(const Token& token, const Key& key) {
  if (!Fits(token.algorithm, key)) return false;
  std::string signature = token.signature;
  if (token.algorithm == Algorithm::kEs256) {
    if (signature.size() != 64) return false;
    signature = EcdsaDer(signature);
  }
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                       EVP_MD_CTX_free);
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) {
    return false;
  }
  return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(),
                          reinterpret_cast<const unsigned char*>(token.signed_part.data()),
                          token.signed_part.size()) == 1;
}

Result<Identity> IdentityOf(const Token& token, const Expected& expected, Instant now) {
  if (token.issuer != expected.issuer) return Refused("The bearer token is of another issuer.");
  if (std::find(token.audiences.begin(), token.audiences.end(), expected.audience) ==
      token.audiences.end()) {
    return Refused("The bearer token is meant for another audience.");
  }
  if (token.subject.empty()) return Refused("The bearer token names no subject.");
  if (now >= token.expires_at + kSkew) return Refused("The bearer token has expired.");
  if (now + kSkew < token.not_before) return Refused("The bearer token is not valid yet.");
  return Identity{token.issuer, token.subject};
}

Instant Now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace continuo::gateway::oidc
