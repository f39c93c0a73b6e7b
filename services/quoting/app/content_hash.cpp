#include "services/quoting/app/content_hash.h"

#include <openssl/sha.h>

namespace continuo::quoting::app {

std::string ContentHash(const domain::Quote& quote) {
  const std::string text = domain::BindingText(domain::ContentOf(quote));
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

}  // namespace continuo::quoting::app
