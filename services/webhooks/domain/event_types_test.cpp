#include "services/webhooks/domain/event_types.h"

#include "libs/testing/catch/catch.h"

namespace continuo::webhooks::domain {
namespace {

TEST_CASE("a pattern matches whole words of a type") {
  struct Row {
    const char* pattern;
    const char* type;
    bool matches;
  };
  for (const auto& row : {Row{"*", "quote.created", true},
                          Row{"invoice.*", "invoice.issued", true},
                          Row{"invoice.*", "invoiced.late", false},
                          Row{"invoice.*", "invoice", false},
                          Row{"invoice.*", "invoice.", false},
                          Row{"invoice.issued", "invoice.issued", true},
                          Row{"invoice.issued", "invoice.issued_late", false}}) {
    INFO(row.pattern << " " << row.type);
    CHECK(Matches(row.pattern, row.type) == row.matches);
  }
}

TEST_CASE("any one pattern is enough, none matches nothing") {
  const std::vector<std::string> patterns = {"quote.*", "invoice.issued"};
  CHECK(MatchesAny(patterns, "invoice.issued"));
  CHECK_FALSE(MatchesAny(patterns, "invoice.paid"));
  CHECK_FALSE(MatchesAny({}, "invoice.paid"));
}

TEST_CASE("what is a pattern") {
  for (const char* text : {"*", "invoice.*", "invoice.issued", "credit_note.issued"}) {
    INFO(text);
    CHECK(IsPattern(text));
  }
  for (const char* text : {"", ".", ".*", "**", "*.issued", "inv*", "invoice.", "Invoice.issued"}) {
    INFO(text);
    CHECK_FALSE(IsPattern(text));
  }
}

}  // namespace
}  // namespace continuo::webhooks::domain
