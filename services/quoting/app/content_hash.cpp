#include "services/quoting/app/content_hash.h"

#include "services/quoting/app/sha256.h"

namespace continuo::quoting::app {

std::string ContentHash(const domain::Quote& quote) {
  return HexOfSha256(domain::BindingText(domain::ContentOf(quote)));
}

}  // namespace continuo::quoting::app
