#include "services/directory/app/secret_hash.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace continuo::directory::app {

std::string Sha256(std::string_view text) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                 EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
  digest.resize(size);
  return digest;
}

std::uint8_t RandomByte() {
  unsigned char byte = 0;
  if (RAND_bytes(&byte, 1) != 1) throw std::runtime_error("OpenSSL has no randomness to give");
  return byte;
}

}  // namespace continuo::directory::app
