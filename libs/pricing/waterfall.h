// How an amount came to be: from the list price to the net amount, each step kept with its figures.
//
//   Waterfall waterfall("list", {.pattern = "% at %", .figures = {50, 20}}, 1000);
//   waterfall.To("line_discount", {.pattern = "% %%", .figures = {10}}, waterfall.amount() * 9 / 10);
//   waterfall.amount() == 900, two steps: 0 -> 1000 "50 at 20", 1000 -> 900 "10 %"
//
// Exact throughout: it never rounds. The document line rounds `amount()` once, to its currency. A
// step keeps figures and becomes words only when somebody reads them: a quote of a thousand lines is
// priced more often than it is explained.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "libs/money/price_bands.h"
#include "libs/money/ratio.h"

namespace continuo::pricing {

// What a band contributed, for the words.
struct BandPart {
  money::Decimal quantity;
  money::PriceBand band;
};

struct Detail {
  // A literal; each % stands for the next figure, %% for a per cent sign.
  std::string_view pattern = {};
  std::array<money::Decimal, 3> figures = {};
  std::string code = {};             // said before the pattern
  std::vector<BandPart> bands = {};  // said instead of it

  std::string Text() const;
};

struct Step {
  std::string_view name;  // a literal: "list", "band", "service_level", "line_discount", ...
  Detail detail;
  money::Ratio before;
  money::Ratio after;

  std::string DetailText() const { return detail.Text(); }  // "band to 50, 18 at 20, flat fee 5"
  // The figures as decimal text. Where a figure has more than eight places the text is rounded
  // half up to eight; the steps themselves stay exact.
  std::string BeforeText() const;
  std::string AfterText() const;
};

class Waterfall {
 public:
  Waterfall() = default;
  Waterfall(std::string_view name, Detail detail, const money::Ratio& amount) {
    To(name, std::move(detail), amount);
  }

  // A step is kept even when it changes nothing: that a discount of zero was given is a fact too.
  void To(std::string_view name, Detail detail, const money::Ratio& amount);

  const money::Ratio& amount() const { return amount_; }
  const std::vector<Step>& steps() const { return steps_; }

 private:
  money::Ratio amount_;
  std::vector<Step> steps_;
};

}  // namespace continuo::pricing
