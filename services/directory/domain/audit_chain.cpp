#include "services/directory/domain/audit_chain.h"

#include <array>

namespace continuo::directory::domain {

std::string ChainText(std::string_view previous_hash, const AuditEntry& entry) {
  const std::string position = std::to_string(entry.position);
  const std::string known_at = calendar::FormatInstant(entry.known_at);
  const std::array<std::string_view, 12> parts{
      previous_hash,    position,         entry.id,         entry.service,
      entry.principal,  entry.api_key_id, entry.action,     entry.subject_id,
      entry.request_id, entry.before,     entry.after,      known_at};
  std::string text;
  for (const std::string_view part : parts) {
    text += std::to_string(part.size());
    text += ':';
    text += part;
  }
  return text;
}

}  // namespace continuo::directory::domain
