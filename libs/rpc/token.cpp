#include "libs/rpc/token.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <stdexcept>

#include "continuo/runtime/v1/internal.pb.h"

namespace continuo::rpc {
namespace {

constexpr std::chrono::seconds kLifetime{60};
constexpr size_t kSignatureBytes = 32;

int64_t WallSeconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Failure Unauthenticated(std::string message) {
  return Failure(Fault{.code = Code::kUnauthenticated,
                       .reason = "UNAUTHENTICATED",
                       .message = std::move(message)});
}

}  // namespace

struct TokenSigner::Keyed {
  using Context = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

  explicit Keyed(const std::string& secret) : context(nullptr, &EVP_MAC_CTX_free) {
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(
        EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr), &EVP_MAC_free);
    context.reset(EVP_MAC_CTX_new(hmac.get()));
    char digest[] = OSSL_DIGEST_NAME_SHA2_256;
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    const auto* key = reinterpret_cast<const unsigned char*>(secret.data());
    if (context == nullptr || EVP_MAC_init(context.get(), key, secret.size(), parameters) != 1) {
      throw std::runtime_error("OpenSSL has no HMAC-SHA256");
    }
  }

  Context context;
};

TokenSigner::TokenSigner(std::string secret) {
  if (secret.size() < 32) throw std::invalid_argument("the internal secret needs 32 bytes");
  keyed_ = std::make_shared<const Keyed>(secret);
}

std::string TokenSigner::Signature(std::string_view payload) const {
  const Keyed::Context context(EVP_MAC_CTX_dup(keyed_->context.get()), &EVP_MAC_CTX_free);
  std::array<unsigned char, kSignatureBytes> out;
  size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(payload.data());
  const bool done = context != nullptr &&
                    EVP_MAC_update(context.get(), bytes, payload.size()) == 1 &&
                    EVP_MAC_final(context.get(), out.data(), &size, out.size()) == 1;
  if (!done || size != kSignatureBytes) throw std::runtime_error("OpenSSL cannot sign");
  return std::string(reinterpret_cast<const char*>(out.data()), size);
}

std::string TokenSigner::Sign(const Principal& principal, std::string_view audience) const {
  runtime::v1::InternalToken token;
  token.set_user_id(principal.user_id);
  token.set_key_id(principal.key_id);
  token.set_service(principal.service);
  for (const auto& permission : principal.permissions) token.add_permissions(permission);
  token.set_sees_all(principal.sees_all);
  for (const auto& division : principal.division_ids) token.add_division_ids(division);
  token.set_audience(std::string(audience));
  token.set_expires_at(WallSeconds() + kLifetime.count());
  std::string payload = token.SerializeAsString();
  const std::string signature = Signature(payload);
  return payload + signature;
}

std::string TokenSigner::ClaimedCaller(std::string_view token) {
  runtime::v1::InternalToken parsed;
  const size_t payload = token.size() - std::min(token.size(), kSignatureBytes);
  if (!parsed.ParseFromArray(token.data(), static_cast<int>(payload))) return "";
  if (!parsed.key_id().empty()) return parsed.key_id();
  return parsed.user_id().empty() ? parsed.service() : parsed.user_id();
}

Result<Principal> TokenSigner::Verify(std::string_view token, std::string_view audience) const {
  if (token.size() <= kSignatureBytes) return Unauthenticated("The internal token is missing.");
  const auto payload = token.substr(0, token.size() - kSignatureBytes);
  const auto signature = token.substr(payload.size());
  const std::string expected = Signature(payload);
  if (CRYPTO_memcmp(expected.data(), signature.data(), kSignatureBytes) != 0) {
    return Unauthenticated("The internal token's signature does not verify.");
  }
  runtime::v1::InternalToken parsed;
  if (!parsed.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return Unauthenticated("The internal token cannot be read.");
  }
  if (parsed.audience() != audience) {
    return Unauthenticated("The internal token is meant for another service.");
  }
  if (parsed.expires_at() < WallSeconds()) return Unauthenticated("The internal token expired.");
  Principal principal;
  principal.user_id = parsed.user_id();
  principal.key_id = parsed.key_id();
  principal.service = parsed.service();
  principal.permissions.assign(parsed.permissions().begin(), parsed.permissions().end());
  principal.sees_all = parsed.sees_all();
  principal.division_ids.assign(parsed.division_ids().begin(), parsed.division_ids().end());
  return principal;
}

}  // namespace continuo::rpc
