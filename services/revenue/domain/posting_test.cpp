#include "services/revenue/domain/posting.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::revenue::domain {
namespace {

using money::Money;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }

Money SumOf(const Posting& posting) {
  Money sum = Eur("0.00");
  for (const PostingLine& line : posting) sum += line.amount;
  return sum;
}

Posting Post(const Document& document) {
  const Result<Posting> posting = PostDocument(document);
  REQUIRE(posting);
  CHECK(SumOf(*posting) == Eur("0.00"));
  return *posting;
}

TEST_CASE("a position moves from asset to liability and back") {
  struct Row {
    const char* title;
    const char* before;
    const char* change;
    const char* asset_debit;
    const char* liability_debit;
  };
  const std::vector<Row> rows = {
      {"billed ahead", "0.00", "100.00", "0.00", "-100.00"},
      {"earned of what was billed", "100.00", "-40.00", "0.00", "40.00"},
      {"earned ahead", "0.00", "-40.00", "40.00", "0.00"},
      {"earned beyond what was billed", "30.00", "-40.00", "10.00", "30.00"},
      {"billed after it was earned", "-40.00", "100.00", "-40.00", "-60.00"},
      {"nothing", "30.00", "0.00", "0.00", "0.00"},
  };
  for (const Row& row : rows) {
    INFO(row.title);
    const PositionMove move = MovePosition(Eur(row.before), Eur(row.change));
    CHECK(move.asset_debit == Eur(row.asset_debit));
    CHECK(move.liability_debit == Eur(row.liability_debit));
  }
}

TEST_CASE("an invoice bills what was earned ahead, and defers the rest") {
  const auto contract = ids::RevenueContractId::New();
  const Posting posting = Post({.total = Eur("1190.00"),
                                .tax = Eur("190.00"),
                                .shares = {{contract, Eur("-400.00"), Eur("1000.00")}}});
  CHECK(posting == Posting{{LedgerAccount::kAccountsReceivable, Eur("1190.00"), {}},
                           {LedgerAccount::kTaxPayable, Eur("-190.00"), {}},
                           {LedgerAccount::kContractAsset, Eur("-400.00"), contract},
                           {LedgerAccount::kContractLiability, Eur("-600.00"), contract}});
}

TEST_CASE("a credit note takes from what is deferred first") {
  const auto contract = ids::RevenueContractId::New();
  const Posting posting = Post({.total = Eur("-119.00"),
                                .tax = Eur("-19.00"),
                                .shares = {{contract, Eur("60.00"), Eur("-100.00")}}});
  CHECK(posting == Posting{{LedgerAccount::kAccountsReceivable, Eur("-119.00"), {}},
                           {LedgerAccount::kTaxPayable, Eur("19.00"), {}},
                           {LedgerAccount::kContractAsset, Eur("40.00"), contract},
                           {LedgerAccount::kContractLiability, Eur("60.00"), contract}});
}

TEST_CASE("an invoice of nothing has no lines") {
  const auto contract = ids::RevenueContractId::New();
  CHECK(Post({.total = Eur("0.00"),
              .tax = Eur("0.00"),
              .shares = {{contract, Eur("5.00"), Eur("0.00")}}})
            .empty());
}

TEST_CASE("a document whose lines are not its total is refused") {
  const auto refused = PostDocument(
      {.total = Eur("1190.00"),
       .tax = Eur("190.00"),
       .shares = {{ids::RevenueContractId::New(), Eur("0.00"), Eur("999.99")}}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "CONTROL_TOTALS_DIFFER");
}

TEST_CASE("cash is unapplied until it is allocated") {
  CHECK(PostReceipt(Eur("50.00")) == Posting{{LedgerAccount::kCash, Eur("50.00"), {}},
                                             {LedgerAccount::kUnappliedCash, Eur("-50.00"), {}}});
  CHECK(PostAllocation(Eur("20.00")) ==
        Posting{{LedgerAccount::kUnappliedCash, Eur("20.00"), {}},
                {LedgerAccount::kAccountsReceivable, Eur("-20.00"), {}}});
  CHECK(Opposite(PostReceipt(Eur("50.00"))) ==
        Posting{{LedgerAccount::kCash, Eur("-50.00"), {}},
                {LedgerAccount::kUnappliedCash, Eur("50.00"), {}}});
}

TEST_CASE("law: opening deferred + billed - recognised = closing, and one of the two is zero") {
  CHECK(rc::check([] {
    const auto currency = Eur("0.00").currency();
    Money asset = Money::Zero(currency), liability = Money::Zero(currency);
    Money position = Money::Zero(currency);
    const auto changes =
        *rc::gen::container<std::vector<int64_t>>(rc::gen::inRange<int64_t>(-100'000, 100'000));
    for (const int64_t minor : changes) {
      const Money change = Money::FromMinor(minor, currency);
      const PositionMove move = MovePosition(position, change);
      position += change;
      asset += move.asset_debit;
      liability -= move.liability_debit;
      RC_ASSERT(liability - asset == position);
      RC_ASSERT(asset.IsZero() || liability.IsZero());
      RC_ASSERT(asset.Sign() >= 0);
      RC_ASSERT(liability.Sign() >= 0);
      RC_ASSERT(move.asset_debit + move.liability_debit == -change);
    }
  }));
}

}  // namespace
}  // namespace continuo::revenue::domain
