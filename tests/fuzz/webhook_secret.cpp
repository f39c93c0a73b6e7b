// Webhook secrets: what is accepted is a key of a permitted length, and signs.
#include <cstdint>
#include <cstdlib>

#include "services/webhooks/domain/signature.h"

namespace domain = continuo::webhooks::domain;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::string& secret : {std::string(text), "whsec_" + std::string(text)}) {
    const auto key = domain::ReadSecret(secret);
    if (!key) continue;
    if (key->size() < 24 || key->size() > 64) std::abort();
    const std::string secrets[] = {secret};
    if (!domain::Sign(secrets, "evt_1", 1614265330, text).starts_with("v1,")) std::abort();
  }
  return 0;
}
