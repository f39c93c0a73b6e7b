// What is sold under one id of the catalogue: a product, or a bundle of products and bundles.
//
//   suite = licence x 10, one of {training, coaching}; choose coaching x 2 for one suite:
//     AddOffer(&quote, {.quantity = 1}, suite, {{coaching, 2}, {training, 0}}, "/lines/0")
//     two lines: licence 10, coaching 2, each with the suite in its `bundles`
//
// A line is added for each product that is sold; the quantities of a bundle's parts are for one of
// it. A choice names a product or bundle wherever it stands in the bundle.
#pragma once

#include "services/quoting/domain/quote.h"

namespace continuo::quoting::domain {

struct Part;

struct OptionGroup {
  std::string code;
  int min = 0;
  int max = 0;  // 0: any number
};

struct Offer {
  ids::ProductId id;
  int version = 0;
  std::string code;
  std::optional<Product> product;  // none: a bundle
  std::vector<Part> parts;
  std::vector<OptionGroup> option_groups;
  BundlePriceMethod method = BundlePriceMethod::kSum;
  money::Decimal discount_percent;
  std::map<std::string, money::Decimal> prices;  // of one bundle, by currency
  std::string price_book;  // code of the book that the price in the quote's currency is from
};

struct Part {
  Offer offer;
  money::Decimal quantity;
  // What may be chosen instead; none: nothing.
  std::optional<money::Decimal> min_quantity;
  std::optional<money::Decimal> max_quantity;
  std::string option_group;
};

struct Choice {
  ids::ProductId product_id;
  money::Decimal quantity;  // in one of the bundle that holds it
};

// `pointer` is where the line stands in the request: "", "/lines/0", "/add/2".
Result<void> AddOffer(Quote* quote, const LineTerms& terms, const Offer& offer,
                      const std::vector<Choice>& choices, std::string_view pointer);

// A stretch of a ramp.
struct RampStep {
  int periods = 1;  // billing periods
  money::Decimal quantity;
  std::optional<money::Decimal> unit_price;  // in place of the list's
  std::optional<money::Decimal> discount_percent;
};

// One line for each step, one after the other from the line's start, or the quote's where the line
// names none; without either there is no day to count from. A fault names the step:
// "/lines/0/ramp/1".
Result<void> AddRamp(Quote* quote, const LineTerms& terms, const Product& product,
                     const std::vector<RampStep>& steps, std::string_view pointer);

}  // namespace continuo::quoting::domain
