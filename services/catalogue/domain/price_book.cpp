#include "services/catalogue/domain/price_book.h"

#include <algorithm>
#include <tuple>

#include "services/catalogue/domain/validate_pricing.h"

namespace continuo::catalogue::domain {
namespace {

// Why a book is not for this buyer and day; kWon: it is.
BookOutcome Suits(const PriceBook& book, const Buyer& buyer) {
  if (book.account && book.account != buyer.account) return BookOutcome::kOtherAccount;
  if (!book.segment.empty() && book.segment != buyer.segment) return BookOutcome::kOtherSegment;
  if (book.division && book.division != buyer.division) return BookOutcome::kOtherDivision;
  if (book.currency != buyer.currency) return BookOutcome::kOtherCurrency;
  if (buyer.day < book.valid_from) return BookOutcome::kNotYetValid;
  if (book.valid_to && *book.valid_to < buyer.day) return BookOutcome::kNoLongerValid;
  return BookOutcome::kWon;
}

// The greater goes first; the id decides between books that nothing else tells apart.
auto Rank(const PriceBook& book) {
  return std::make_tuple(book.account.has_value(), !book.segment.empty(),
                         book.division.has_value(), book.valid_from, book.published_at, book.id);
}

std::string ForWhom(const PriceBook& book) {
  if (book.account) return "for the account";
  if (!book.segment.empty()) return "for segment " + book.segment;
  if (book.division) return "for the division";
  return "for everybody";
}

std::string DetailOf(BookOutcome outcome, const Candidate& candidate, const Buyer& buyer) {
  const PriceBook& book = candidate.book;
  switch (outcome) {
    case BookOutcome::kWon:
      return "The first with a price: it is " + ForWhom(book) + ", from " +
             book.valid_from.ToString() + ".";
    case BookOutcome::kBehind:
      return "It has a price, and is " + ForWhom(book) + ", from " + book.valid_from.ToString() +
             ": one before it has won.";
    case BookOutcome::kNoEntry:
      return "It has no price for the product.";
    case BookOutcome::kDoesNotFit:
      return "Its price does not fit the product's version. " + candidate.misfit;
    case BookOutcome::kOtherCurrency:
      return "Its prices are in " + book.currency + ", not in " + buyer.currency + ".";
    case BookOutcome::kOtherAccount:
      return "It is for another account.";
    case BookOutcome::kOtherSegment:
      return "It is for segment " + book.segment + "; the buyer is in " +
             (buyer.segment.empty() ? "none" : buyer.segment) + ".";
    case BookOutcome::kOtherDivision:
      return "It is for what another division sells.";
    case BookOutcome::kNotYetValid:
      return "It prices from " + book.valid_from.ToString() + ", after " + buyer.day.ToString() + ".";
    case BookOutcome::kNoLongerValid:
      return "It priced to " + book.valid_to->ToString() + ", before " + buyer.day.ToString() + ".";
  }
  __builtin_unreachable();
}

BookOutcome OutcomeOf(const Candidate& candidate, BookOutcome suits, bool is_won) {
  if (suits != BookOutcome::kWon) return suits;
  if (!candidate.has_entry) return BookOutcome::kNoEntry;
  if (!candidate.misfit.empty()) return BookOutcome::kDoesNotFit;
  return is_won ? BookOutcome::kBehind : BookOutcome::kWon;
}

std::vector<Violation> OneUnitPrice(const CurrencyPrice& price, const std::string& name) {
  std::vector<Violation> violations;
  const auto refuse_if = [&](bool wrong, const char* pointer) {
    if (wrong) violations.push_back({pointer, "NOT_ALLOWED", name + " is a unit price. Leave it out."});
  };
  if (!price.unit_price) {
    violations.push_back({"/unit_price", "REQUIRED", name + " is a unit price. Name it."});
  }
  refuse_if(!price.bands.empty(), "/bands");
  refuse_if(price.percent.has_value(), "/percent");
  refuse_if(price.minimum.has_value(), "/minimum_amount");
  refuse_if(price.maximum.has_value(), "/maximum_amount");
  return violations;
}

std::vector<Violation> ValidateLevel(const Product& product, std::string_view level,
                                     const CurrencyPrice& price) {
  const bool known = std::any_of(product.service_levels.begin(), product.service_levels.end(),
                                 [&](const ServiceLevel& own) { return own.code == level; });
  if (known) return OneUnitPrice(price, "The price of a service level");
  return {{"/service_level", "REFERENCE_NOT_FOUND",
           "Product " + product.code + " has no service level " + std::string(level) +
               ". Name one of its levels, or none."}};
}

std::vector<Violation> ValidateBundle(const Product& product, const CurrencyPrice& price) {
  if (product.bundle_price && product.bundle_price->method == BundlePriceMethod::kOverride) {
    return OneUnitPrice(price, "The price of a bundle");
  }
  return {{"/product_id", "NOT_ALLOWED",
           "Bundle " + product.code + " has no price of its own. Price its components."}};
}

}  // namespace

BookChoice ChoosePriceBook(const std::vector<Candidate>& candidates, const Buyer& buyer) {
  std::vector<size_t> order(candidates.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto place = [&](size_t i) {
    const PriceBook& book = candidates[i].book;
    return std::make_pair(Suits(book, buyer) == BookOutcome::kWon, Rank(book));
  };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return place(a) > place(b); });
  BookChoice choice;
  for (const size_t i : order) {
    const Candidate& candidate = candidates[i];
    const BookOutcome outcome =
        OutcomeOf(candidate, Suits(candidate.book, buyer), choice.winner.has_value());
    if (outcome == BookOutcome::kWon) choice.winner = i;
    choice.steps.push_back({i, outcome, DetailOf(outcome, candidate, buyer)});
  }
  return choice;
}

std::vector<Violation> ValidateBookPrice(const Product& product, std::string_view level,
                                         const CurrencyPrice& price) {
  if (!level.empty()) return ValidateLevel(product, level, price);
  if (product.kind == Kind::kBundle) return ValidateBundle(product, price);
  if (!product.pricing) {
    return {{"/product_id", "NOT_ALLOWED",
             "Product " + product.code + " has no pricing yet. Say how it is priced first."}};
  }
  Product priced = product;
  priced.pricing->prices = {price};
  priced.pricing->is_cost_plus = false;
  priced.pricing->cost_plus = {};
  Validation validation;
  ValidatePricing(priced, &validation);
  // ValidatePricing points into a product; an entry's figures stand at its top.
  constexpr std::string_view kPrice = "/pricing/prices/0";
  for (Violation& violation : validation.violations) {
    if (violation.pointer.starts_with(kPrice)) violation.pointer.erase(0, kPrice.size());
  }
  return std::move(validation.violations);
}

}  // namespace continuo::catalogue::domain
