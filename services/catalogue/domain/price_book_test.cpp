#include "services/catalogue/domain/price_book.h"

#include "libs/testing/catch/catch.h"

namespace continuo::catalogue::domain {
namespace {

const ids::AccountId kSchool = ids::AccountId::New();
const ids::DivisionId kNorth = ids::DivisionId::New();

calendar::Date Day(const char* text) { return calendar::Date::Parse(text).value(); }

struct For {
  bool account = false;
  const char* segment = "";
  bool division = false;
};

Candidate Book(const std::string& code, For whom, const char* from = "2026-01-01",
               const char* to = "") {
  Candidate candidate{.book = {.id = PriceBookId::New(),
                               .code = code,
                               .currency = "EUR",
                               .segment = whom.segment,
                               .valid_from = Day(from)},
                      .has_entry = true};
  if (whom.account) candidate.book.account = kSchool;
  if (whom.division) candidate.book.division = kNorth;
  if (*to) candidate.book.valid_to = Day(to);
  return candidate;
}

Buyer School() {
  return {.account = kSchool,
          .segment = "education",
          .division = kNorth,
          .currency = "EUR",
          .day = Day("2026-06-15")};
}

// The codes of the steps in their order; "!" marks the one that won.
std::string Order(const std::vector<Candidate>& candidates, const Buyer& buyer) {
  std::string order;
  for (const BookStep& step : ChoosePriceBook(candidates, buyer).steps) {
    if (!order.empty()) order += ' ';
    order += candidates[step.candidate].book.code;
    if (step.outcome == BookOutcome::kWon) order += '!';
  }
  return order;
}

TEST_CASE("Account goes before segment, segment before division, division before everybody") {
  const Candidate all = Book("ALL", {});
  const Candidate division = Book("DIV", {.division = true});
  const Candidate segment = Book("SEG", {.segment = "education"});
  const Candidate segment_division = Book("SEG-DIV", {.segment = "education", .division = true});
  const Candidate account = Book("ACC", {.account = true});
  const Candidate account_division = Book("ACC-DIV", {.account = true, .division = true});
  const Candidate exact =
      Book("EXACT", {.account = true, .segment = "education", .division = true});
  CHECK(Order({all, division, segment, segment_division, account, account_division, exact},
              School()) == "EXACT! ACC-DIV ACC SEG-DIV SEG DIV ALL");
  CHECK(Order({all, division}, School()) == "DIV! ALL");
  CHECK(Order({segment_division, account}, School()) == "ACC! SEG-DIV");
}

TEST_CASE("Of two books for the same buyers the later first day goes first, then the publication") {
  Candidate old = Book("OLD", {}, "2026-01-01");
  Candidate young = Book("YOUNG", {}, "2026-06-01");
  CHECK(Order({old, young}, School()) == "YOUNG! OLD");
  young.book.valid_from = old.book.valid_from;
  old.book.published_at = calendar::Instant(std::chrono::microseconds(1));
  CHECK(Order({young, old}, School()) == "OLD! YOUNG");
  // A day sooner does not help against a narrower book.
  CHECK(Order({Book("ALL", {}, "2026-06-15"), Book("SEG", {.segment = "education"}, "2020-01-01")},
              School()) == "SEG! ALL");
}

TEST_CASE("A book that has nothing for the product gives way to the next") {
  Candidate account = Book("ACC", {.account = true});
  Candidate segment = Book("SEG", {.segment = "education"});
  account.has_entry = false;
  CHECK(Order({account, segment}, School()) == "ACC SEG!");
  segment.misfit = "A volume price needs a band.";
  CHECK(Order({account, segment, Book("ALL", {})}, School()) == "ACC SEG ALL!");
  const BookChoice none = ChoosePriceBook({account, segment}, School());
  CHECK_FALSE(none.winner);
  CHECK(none.steps[0].outcome == BookOutcome::kNoEntry);
  CHECK(none.steps[1].outcome == BookOutcome::kDoesNotFit);
  CHECK(none.steps[1].detail ==
        "Its price does not fit the product's version. A volume price needs a band.");
}

TEST_CASE("Each reason for which a book is not for a buyer has its word") {
  struct Row {
    const char* name;
    Candidate book;
    Buyer buyer;
    BookOutcome outcome;
    const char* detail;
  };
  Buyer stranger = School();
  stranger.account = ids::AccountId::New();
  Buyer nobody = School();
  nobody.account = std::nullopt;
  Buyer company = School();
  company.segment = "enterprise";
  Buyer without = School();
  without.segment = "";
  Buyer south = School();
  south.division = ids::DivisionId::New();
  Buyer dollars = School();
  dollars.currency = "USD";
  const Row rows[] = {
      {"another account", Book("B", {.account = true}), stranger, BookOutcome::kOtherAccount,
       "It is for another account."},
      {"no account", Book("B", {.account = true}), nobody, BookOutcome::kOtherAccount,
       "It is for another account."},
      {"another segment", Book("B", {.segment = "education"}), company, BookOutcome::kOtherSegment,
       "It is for segment education; the buyer is in enterprise."},
      {"no segment", Book("B", {.segment = "education"}), without, BookOutcome::kOtherSegment,
       "It is for segment education; the buyer is in none."},
      {"another division", Book("B", {.division = true}), south, BookOutcome::kOtherDivision,
       "It is for what another division sells."},
      {"another currency", Book("B", {}), dollars, BookOutcome::kOtherCurrency,
       "Its prices are in EUR, not in USD."},
      {"the day before its first", Book("B", {}, "2026-06-16"), School(), BookOutcome::kNotYetValid,
       "It prices from 2026-06-16, after 2026-06-15."},
      {"its first day", Book("B", {}, "2026-06-15"), School(), BookOutcome::kWon,
       "The first with a price: it is for everybody, from 2026-06-15."},
      {"its last day", Book("B", {}, "2026-01-01", "2026-06-15"), School(), BookOutcome::kWon,
       "The first with a price: it is for everybody, from 2026-01-01."},
      {"the day after its last", Book("B", {}, "2026-01-01", "2026-06-14"), School(),
       BookOutcome::kNoLongerValid, "It priced to 2026-06-14, before 2026-06-15."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const BookChoice choice = ChoosePriceBook({row.book}, row.buyer);
    REQUIRE(choice.steps.size() == 1);
    CHECK(choice.steps[0].outcome == row.outcome);
    CHECK(choice.steps[0].detail == row.detail);
    CHECK(choice.winner.has_value() == (row.outcome == BookOutcome::kWon));
  }
}

TEST_CASE("An entry has the figures of its product's model, and no others") {
  struct Row {
    const char* name;
    Product product;
    const char* level;
    CurrencyPrice price;
    const char* pointers;
  };
  Product flat{.code = "FLAT", .pricing = Pricing{}};
  flat.service_levels = {{.code = "gold", .has_factor = true}};
  Product volume{.code = "VOL", .pricing = Pricing{.model = pricing::Model::kVolume}};
  Product percent{.code = "PCT",
                  .pricing = Pricing{.model = pricing::Model::kPercentageOfLines, .has_basis = true}};
  Product cost_plus{.code = "CP", .pricing = Pricing{.is_cost_plus = true}};
  cost_plus.pricing->cost_plus.markup_percent = 10;
  Product sum{.kind = Kind::kBundle, .code = "SUM"};
  Product priced{.kind = Kind::kBundle, .code = "OWN"};
  priced.bundle_price = BundlePrice{.method = BundlePriceMethod::kOverride};
  const money::PriceBand open{.unit_price = 5};
  const money::PriceBand closed{.up_to = 10, .unit_price = 5};
  const Row rows[] = {
      {"a unit price", flat, "", {.unit_price = 5}, ""},
      {"nothing", flat, "", {}, "/unit_price"},
      {"bands for a flat price", flat, "", {.unit_price = 5, .bands = {open}}, "/bands"},
      {"a minimum above the maximum", flat, "", {.unit_price = 5, .minimum = 9, .maximum = 8},
       "/maximum_amount"},
      {"bands", volume, "", {.bands = {closed, open}}, ""},
      {"bands without an end", volume, "", {.bands = {closed}}, "/bands/0/up_to"},
      {"a unit price for bands", volume, "", {.unit_price = 5}, "/unit_price /bands"},
      {"per cent", percent, "", {.percent = 5}, ""},
      {"a price in place of one from cost", cost_plus, "", {.unit_price = 5}, ""},
      {"a level", flat, "gold", {.unit_price = 5}, ""},
      {"a level in bands", flat, "gold", {.bands = {open}}, "/unit_price /bands"},
      {"a level that there is not", flat, "iron", {.unit_price = 5}, "/service_level"},
      {"a bundle without a price", sum, "", {.unit_price = 5}, "/product_id"},
      {"a bundle with one", priced, "", {.unit_price = 5}, ""},
      {"a bundle with a minimum", priced, "", {.unit_price = 5, .minimum = 1}, "/minimum_amount"},
      {"a product without pricing", {.code = "NEW"}, "", {.unit_price = 5}, "/product_id"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    std::string pointers;
    for (const Violation& violation : ValidateBookPrice(row.product, row.level, row.price)) {
      if (!pointers.empty()) pointers += ' ';
      pointers += violation.pointer;
    }
    CHECK(pointers == row.pointers);
  }
}

}  // namespace
}  // namespace continuo::catalogue::domain
