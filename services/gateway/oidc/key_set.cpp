#include "services/gateway/oidc/key_set.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <rapidjson/document.h>

#include <algorithm>

#include "libs/json/base64.h"

namespace continuo::gateway::oidc {
namespace {

constexpr int kRsaBitsMin = 2048;
constexpr size_t kKeysMax = 100;

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

std::string Text(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  const bool text = member != object.MemberEnd() && member->value.IsString();
  return text ? std::string(member->value.GetString(), member->value.GetStringLength())
              : std::string();
}

std::string Bytes(const rapidjson::Value& object, const char* name) {
  return json::DecodeBase64(Text(object, name)).value_or("");
}

Number ToNumber(const std::string& bytes) {
  return {BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(bytes.size()), nullptr),
          BN_free};
}

Key Build(const char* type, OSSL_PARAM_BLD* builder) {
  const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(
      OSSL_PARAM_BLD_to_param(builder), OSSL_PARAM_free);
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return Key(key, EVP_PKEY_free);
}

using Builder = std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)>;

Key RsaKey(const rapidjson::Value& jwk) {
  const Number modulus = ToNumber(Bytes(jwk, "n")), exponent = ToNumber(Bytes(jwk, "e"));
  const Builder builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
  if (BN_num_bits(modulus.get()) < kRsaBitsMin ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
    return nullptr;
  }
  return Build("RSA", builder.get());
}

Key EcKey(const rapidjson::Value& jwk) {
  const std::string x = Bytes(jwk, "x"), y = Bytes(jwk, "y");
  if (Text(jwk, "crv") != "P-256" || x.size() != 32 || y.size() != 32) return nullptr;
  const std::string point = "\x04" + x + y;  // uncompressed
  const Builder builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
  if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  return Build("EC", builder.get());
}

bool IsForSignatures(const rapidjson::Value& jwk) {
  const auto use = Text(jwk, "use");
  return use.empty() || use == "sig";
}

}  // namespace

Result<KeySet> ReadKeySet(std::string_view text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (document.HasParseError() || !document.IsObject() || !document.HasMember("keys") ||
      !document["keys"].IsArray() || document["keys"].Size() > kKeysMax) {
    return Unavailable("IDENTITY_ISSUER_UNAVAILABLE", "The issuer's key set cannot be read.");
  }
  KeySet keys;
  for (const auto& jwk : document["keys"].GetArray()) {
    if (!jwk.IsObject() || !IsForSignatures(jwk)) continue;
    const auto type = Text(jwk, "kty");
    Key key = type == "RSA" ? RsaKey(jwk) : type == "EC" ? EcKey(jwk) : nullptr;
    if (key) keys.push_back({Text(jwk, "kid"), std::move(key)});
  }
  return keys;
}

}  // namespace continuo::gateway::oidc
