#include "services/commissions/domain/statement.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::commissions::domain {
namespace {

using calendar::Date;
using money::Money;

Money Cents(int64_t minor) {
  return Money::FromMinor(minor, Money::Parse("0.00", "EUR").value().currency());
}

TEST_CASE("a statement pays what is earned to date and not paid yet") {
  struct Row {
    const char* rule;
    int64_t stated, credited, paid, payable;
  };
  const std::vector<Row> rows{
      {"the first", 180'00, 180'00, 0, 180'00},
      {"the next", 260'00, 260'00, 180'00, 80'00},
      {"more was credited since, for a later statement", 180'00, 500'00, 0, 180'00},
      {"some was taken back since", 180'00, 150'00, 0, 150'00},
      {"all was taken back since", 180'00, 0, 0, 0},
      {"taken back after it was paid: nothing is asked back", 0, 0, 180'00, 0},
      {"made up for by what is earned later", 200'00, 200'00, 180'00, 20'00},
      {"a statement below zero", -30'00, -30'00, 0, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.rule);
    CHECK(Payable({Cents(row.stated), Cents(row.credited), Cents(row.paid)}) ==
          Cents(row.payable));
  }
}

TEST_CASE("a statement is approved, then paid, by others than its participant") {
  const auto reason = [](const Result<void>& result) {
    return result ? std::string() : result.error().reason;
  };
  const Statement draft{StatementStatus::kDraft, "usr_rep"};
  const Statement approved{StatementStatus::kApproved, "usr_rep"};
  const Statement paid{StatementStatus::kPaid, "usr_rep"};
  CHECK(reason(CheckApproval(draft, "usr_boss")) == "");
  CHECK(reason(CheckApproval(draft, "usr_rep")) == "COMMISSION_STATEMENT_OWN");
  CHECK(reason(CheckApproval(approved, "usr_boss")) == "COMMISSION_STATEMENT_NOT_DRAFT");
  CHECK(reason(CheckApproval(paid, "usr_boss")) == "COMMISSION_STATEMENT_NOT_DRAFT");
  CHECK(reason(CheckPayment(approved, "usr_boss")) == "");
  CHECK(reason(CheckPayment(approved, "usr_rep")) == "COMMISSION_STATEMENT_OWN");
  CHECK(reason(CheckPayment(draft, "usr_boss")) == "COMMISSION_STATEMENT_NOT_APPROVED");
  CHECK(reason(CheckPayment(paid, "usr_boss")) == "COMMISSION_STATEMENT_NOT_APPROVED");
}

TEST_CASE("a period is a month that has begun") {
  const auto now = calendar::ParseInstant("2026-03-15T09:00:00Z").value();
  const auto code = [&](const char* text) {
    const auto parsed = ParsePeriod(text, now);
    return parsed ? parsed->ToString() : parsed.error().violations.front().code;
  };
  CHECK(code("2026-03") == "2026-03-01");
  CHECK(code("2025-12") == "2025-12-01");
  CHECK(code("2026-04") == "PERIOD_NOT_BEGUN");
  for (const char* text : {"", "2026", "2026-13", "2026-3", "2026-03-01", "March"}) {
    CHECK(code(text) == "INVALID_PERIOD");
  }
}

TEST_CASE("a month begins where the day begins first, and is over where it ends last") {
  struct Row {
    const char* now;
    bool april_has_begun;
    const char* first_open;
  };
  const std::vector<Row> rows{{"2026-03-31T09:59:59Z", false, "2026-03-01"},
                              {"2026-03-31T10:00:00Z", true, "2026-03-01"},
                              {"2026-04-01T11:59:59Z", true, "2026-03-01"},
                              {"2026-04-01T12:00:00Z", true, "2026-04-01"}};
  for (const Row& row : rows) {
    CAPTURE(row.now);
    const auto now = calendar::ParseInstant(row.now).value();
    CHECK(ParsePeriod("2026-04", now).has_value() == row.april_has_begun);
    CHECK(FirstOpenPeriod(now).ToString() == row.first_open);
    CHECK((now >= EndOfPeriod(Date(2026, 3, 1))) == (FirstOpenPeriod(now) > Date(2026, 3, 1)));
  }
  CHECK(EndOfPeriod(Date(2026, 12, 1)) == calendar::ParseInstant("2027-01-01T12:00:00Z").value());
}

// A life of statements: each of one credit, some paid at once, the others at the end.
TEST_CASE("law: never more is paid than is earned, and in the end all of it") {
  CHECK(rc::check([](const std::vector<std::pair<int16_t, bool>>& life) {
    Money credited = Cents(0), settled = Cents(0), paid = Cents(0);
    std::vector<Money> open;
    const auto pay = [&] {
      settled += open.back();
      open.pop_back();
      const Money now = Payable({settled, credited, paid});
      RC_ASSERT(now == Cents(0) || paid + now <= credited);
      paid += now;
    };
    for (const auto& [minor, pays] : life) {
      credited += Cents(minor);
      open.push_back(Cents(minor));
      if (pays) pay();
    }
    while (!open.empty()) pay();
    RC_ASSERT(paid >= credited);  // what was taken back after it was paid is owed
    credited += Cents(10'000'000);
    open.push_back(Cents(10'000'000));
    pay();
    RC_ASSERT(paid == credited);
  }));
}

}  // namespace
}  // namespace continuo::commissions::domain
