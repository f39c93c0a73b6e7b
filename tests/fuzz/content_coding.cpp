// Deflated bodies: what comes out is never longer than the limit, and is what went in.
#include <cstdint>
#include <cstdlib>

#include "services/gateway/content_coding.h"

namespace gateway = continuo::gateway;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kLimit = 64 << 10;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto inflated = gateway::Gunzip(text, kLimit); inflated && inflated->size() > kLimit) {
    std::abort();
  }
  const auto back = gateway::Gunzip(gateway::Gzip(text), size);
  if (!back || *back != text) std::abort();
  (void)gateway::AcceptsGzip(&text);
  return 0;
}
