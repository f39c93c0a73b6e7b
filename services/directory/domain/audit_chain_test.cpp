#include "services/directory/domain/audit_chain.h"

#include <set>

#include "libs/testing/catch/catch.h"

namespace continuo::directory::domain {
namespace {

TEST_CASE("the text that is hashed names every part with its length") {
  const AuditEntry entry{.position = 7,
                         .id = "aud_1",
                         .service = "crm",
                         .principal = "usr_1",
                         .action = "crm.CreateLead",
                         .after = "{}",
                         .known_at = *calendar::ParseInstant("2026-03-01T12:00:00Z")};
  CHECK(ChainText("hash", entry) ==
        "4:hash1:75:aud_13:crm5:usr_10:14:crm.CreateLead0:0:0:2:{}20:2026-03-01T12:00:00Z");
}

TEST_CASE("a change of any part, or a text moved between two, gives another text") {
  const AuditEntry base{.principal = "ab", .action = "x", .before = "1", .after = "2"};
  std::set<std::string> texts{ChainText("", base), ChainText("0", base)};
  const auto with = [&](auto change) {
    AuditEntry entry = base;
    change(entry);
    texts.insert(ChainText("", entry));
  };
  with([](AuditEntry& e) { e.position = 1; });
  with([](AuditEntry& e) { e.id = "z"; });
  with([](AuditEntry& e) { e.service = "z"; });
  with([](AuditEntry& e) { e.principal = "a", e.api_key_id = "b"; });
  with([](AuditEntry& e) { e.principal = "a", e.action = "bx"; });
  with([](AuditEntry& e) { e.subject_id = "z"; });
  with([](AuditEntry& e) { e.request_id = "z"; });
  with([](AuditEntry& e) { e.before = "12", e.after = ""; });
  with([](AuditEntry& e) { e.before = "", e.after = "12"; });
  with([](AuditEntry& e) { e.known_at += std::chrono::microseconds(1); });
  CHECK(texts.size() == 12);
}

}  // namespace
}  // namespace continuo::directory::domain
