// What an audit entry's hash covers: the hash of the entry before, and every field of its own.
//
//   hash = SHA-256(ChainText(previous_hash, entry))
//
// Each part is preceded by its length, so that no text can be moved from one field into the next
// unnoticed. Hashing itself is the app's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/calendar/zone.h"

namespace continuo::directory::domain {

struct AuditEntry {
  std::int64_t position = 0;
  std::string id;
  std::string service;
  std::string principal;
  std::string api_key_id;
  std::string action;
  std::string subject_id;
  std::string request_id;
  std::string before;
  std::string after;
  calendar::Instant known_at;
};

std::string ChainText(std::string_view previous_hash, const AuditEntry& entry);

}  // namespace continuo::directory::domain
