#include "services/quoting/app/sha256.h"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <stdexcept>

#include "libs/json/base64.h"

namespace continuo::quoting::app {

std::string Sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string HexOfSha256(std::string_view bytes) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : Sha256(bytes)) {
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

std::string NewLinkToken() {
  std::string random(32, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(random.data()), 32) != 1) {
    throw std::runtime_error("OpenSSL has no randomness to give");
  }
  std::string token = json::EncodeBase64(random);
  while (token.ends_with('=')) token.pop_back();
  for (char& c : token) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return token;
}

}  // namespace continuo::quoting::app
