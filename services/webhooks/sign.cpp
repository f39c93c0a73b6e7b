#include "services/webhooks/sign.h"

#include "services/webhooks/domain/signature.h"

namespace continuo::webhooks {

std::string NewSecret() { return domain::NewSecret(); }

std::string Sign(const std::string& secret, std::string_view id, std::int64_t timestamp,
                 std::string_view body) {
  return domain::Sign({&secret, 1}, id, timestamp, body);
}

}  // namespace continuo::webhooks
