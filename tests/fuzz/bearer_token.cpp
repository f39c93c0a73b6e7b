// Bearer tokens and an issuer's keys: nothing that a stranger sends crashes or becomes an identity.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "libs/json/base64.h"
#include "services/gateway/oidc/key_set.h"

namespace oidc = continuo::gateway::oidc;

namespace {

std::string Url(std::string_view bytes) {
  std::string text = continuo::json::EncodeBase64(bytes);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  while (text.ends_with('=')) text.pop_back();
  return text;
}

const oidc::Key& RsaKey() {
  static const auto keys = oidc::ReadKeySet(
      R"({"keys":[{"kty":"RSA","n":")" + Url(std::string(256, '\xC3')) + R"(","e":"AQAB"}]})");
  return keys->front().key;
}

void Judge(const std::string& text) {
  const auto token = oidc::ReadToken(text);
  if (!token) return;
  if (oidc::IsSignedBy(*token, RsaKey())) std::abort();
  (void)oidc::IdentityOf(*token, {"https://issuer.example", "continuo"}, {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Judge(std::string(text));
  // As if it had been encoded, so that the fuzzer reaches what is inside.
  const auto line = text.find('\n');
  if (line != std::string_view::npos) {
    const auto header = text.substr(0, line), payload = text.substr(line + 1);
    for (const size_t length : {64, 256}) {
      Judge(Url(header) + "." + Url(payload) + "." + Url(std::string(length, 'x')));
    }
  }
  (void)oidc::ReadKeySet(text);
  return 0;
}
