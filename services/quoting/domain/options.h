// What of a quote the customer may take or leave.
//
//   licence 1000, always sold; training 200 as an option; basic 50 and premium 80 as alternatives
//     nothing chosen                1000, and cannot be accepted: one of the alternatives is missing
//     Choose({training, premium})   1280
//     Choose({basic})               1050: training is left, and so is premium
//     Choose({basic, premium})      refused
//
// Every line has its price whether it is chosen or not, and choosing changes no price (price_quote.h), so
// that what was offered is what is accepted. The choice binds nobody until then.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "services/quoting/domain/quote.h"

namespace continuo::quoting::domain {

struct Option {
  std::string code;
  std::string alternative_group;  // empty: an option by itself
  bool chosen = false;
};
// In the order of their first lines.
std::vector<Option> OptionsOf(const Quote& quote);

// Exactly these are chosen from now on; the totals follow with Reprice. A fault points at /options.
Result<void> Choose(Quote* quote, std::span<const std::string> codes);
// OPTIONS_NOT_CHOSEN where a group of alternatives has none; QUOTE_HAS_NO_LINES where nothing is left.
Result<void> CheckChosen(const Quote& quote);

// The quote without what is not chosen: as it would be ordered.
Quote Sold(const Quote& quote);
// What may come of the quote, for whoever has to agree to it before: as it is chosen, everything that is
// offered, and each option by itself. One where nothing can be chosen. The others would be
// too many to be looked at one by one.
Result<std::vector<Quote>> Choices(const Quote& quote);

}  // namespace continuo::quoting::domain
