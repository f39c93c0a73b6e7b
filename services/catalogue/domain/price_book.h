// Price books: which one gives a product its price, and what an entry has to hold.
//
//   a book for everybody at 20, one for the segment "education" at 15, one for the account without
//   an entry; a school with an account of its own:
//     ChoosePriceBook(candidates, buyer)
//       .winner == the segment's book
//       .steps  == {account's: kNoEntry, segment's: kWon, everybody's: kBehind}
//
// Of the books that suit the buyer, one that names the account goes before one that names its
// segment, that before one that names the division, that before one that names none of them; of two
// that name the same, the one with the later first day, then the one that was published later. The
// first that has a price for the product wins, alone: prices of two books are never mixed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/calendar/zone.h"
#include "libs/ids/kinds.h"
#include "libs/result/result.h"
#include "services/catalogue/domain/product.h"

namespace continuo::catalogue::domain {

using PriceBookId = ids::Id<"pbook">;
using PriceBookEntryId = ids::Id<"pbe">;

struct PriceBook {
  PriceBookId id;
  std::string code;
  std::string currency;
  std::optional<ids::AccountId> account;    // for whom it is; none: everybody
  std::string segment;
  std::optional<ids::DivisionId> division;
  calendar::Date valid_from;
  std::optional<calendar::Date> valid_to;   // the last day
  calendar::Instant published_at;
};

struct Buyer {
  std::optional<ids::AccountId> account;
  std::string segment;
  std::optional<ids::DivisionId> division;
  std::string currency;
  calendar::Date day;
};

enum class BookOutcome {
  kWon,
  kBehind,      // it has a price; one before it has won
  kNoEntry,     // it suits the buyer, and has nothing for the product
  kDoesNotFit,  // what it has does not fit the product's version
  kOtherCurrency,
  kOtherAccount,
  kOtherSegment,
  kOtherDivision,
  kNotYetValid,
  kNoLongerValid,
};

// A book, and whether it has a price for the product.
struct Candidate {
  PriceBook book;
  bool has_entry = false;
  std::string misfit;  // why the entry does not fit the product; empty: it fits
};

struct BookStep {
  size_t candidate = 0;  // which, by its index
  BookOutcome outcome = BookOutcome::kBehind;
  std::string detail;
};

struct BookChoice {
  std::optional<size_t> winner;  // by its index; none: the product's own price
  std::vector<BookStep> steps;   // in the order of precedence, those that do not suit last
};

BookChoice ChoosePriceBook(const std::vector<Candidate>& candidates, const Buyer& buyer);

// What is wrong with a price for a product, or with `level` for one of its levels; pointers are the
// entry's: "/unit_price", "/bands/0/up_to". A price for a product whose own comes from its costs is a
// flat one.
std::vector<Violation> ValidateBookPrice(const Product& product, std::string_view level,
                                         const CurrencyPrice& price);

}  // namespace continuo::catalogue::domain
