#include "services/gateway/oidc/signing_test.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "libs/json/base64.h"

namespace continuo::gateway::oidc {
namespace {

std::string NumberOf(const Key& key, const char* parameter, int width = 0) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key.get(), parameter, &number);
  std::string bytes(width == 0 ? BN_num_bytes(number) : width, '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
               static_cast<int>(bytes.size()));
  BN_free(number);
  return Base64Url(bytes);
}

std::string SideBySide(const std::string& der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size()));
  std::string out(64, '\0');
  auto* target = reinterpret_cast<unsigned char*>(out.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature), target, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature), target + 32, 32);
  ECDSA_SIG_free(signature);
  return out;
}

}  // namespace

std::string Base64Url(std::string_view bytes) {
  std::string text = json::EncodeBase64(bytes);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  while (!text.empty() && text.back() == '=') text.pop_back();
  return text;
}

SigningKey::SigningKey(Algorithm algorithm, std::string id, int rsa_bits)
    : algorithm_(algorithm), id_(std::move(id)) {
  EVP_PKEY* made = algorithm == Algorithm::kRs256
                       ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<size_t>(rsa_bits))
                       : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
  key_ = Key(made, EVP_PKEY_free);
}

std::string SigningKey::Jwk() const {
  if (algorithm_ == Algorithm::kRs256) {
    return R"({"kty":"RSA","use":"sig","alg":"RS256","kid":")" + id_ + R"(","n":")" +
           NumberOf(key_, OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" +
           NumberOf(key_, OSSL_PKEY_PARAM_RSA_E) + "\"}";
  }
  return R"({"kty":"EC","crv":"P-256","kid":")" + id_ + R"(","x":")" +
         NumberOf(key_, OSSL_PKEY_PARAM_EC_PUB_X, 32) + R"(","y":")" +
         NumberOf(key_, OSSL_PKEY_PARAM_EC_PUB_Y, 32) + "\"}";
}

std::string SigningKey::Sign(const std::string& header, const std::string& payload) const {
  const std::string text = Base64Url(header) + "." + Base64Url(payload);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                       EVP_MD_CTX_free);
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  size_t length = 0;
  EVP_DigestSign(context.get(), nullptr, &length, bytes, text.size());
  std::string signature(length, '\0');
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytes,
                 text.size());
  signature.resize(length);
  if (algorithm_ == Algorithm::kEs256) signature = SideBySide(signature);
  return text + "." + Base64Url(signature);
}

}  // namespace continuo::gateway::oidc
