// How an amount came to be: from the list price to the net amount, each step kept with its figures.
//
//   Waterfall waterfall("list", "50 at 20", 1000);
//   waterfall.To("line_discount", "10 %", waterfall.amount() * Ratio::Of(9, 10));
//   waterfall.amount() == 900, two steps: 0 -> 1000, 1000 -> 900
//
// Exact throughout: it never rounds. The document line rounds `amount()` once, to its currency.
#pragma once

#include <string>
#include <vector>

#include "libs/money/ratio.h"

namespace continuo::pricing {

struct Step {
  std::string name;    // "list", "band", "service_level", "line_discount", ...
  std::string detail;  // "band above 50 at 18, flat fee 5"
  money::Ratio before;
  money::Ratio after;

  // The figures as decimal text. Where a figure has more than eight places the text is rounded
  // half up to eight; the steps themselves stay exact.
  std::string BeforeText() const;
  std::string AfterText() const;
};

class Waterfall {
 public:
  Waterfall() = default;
  Waterfall(std::string name, std::string detail, const money::Ratio& amount) {
    To(std::move(name), std::move(detail), amount);
  }

  // A step is kept even when it changes nothing: that a discount of zero was given is a fact too.
  void To(std::string name, std::string detail, const money::Ratio& amount);

  const money::Ratio& amount() const { return amount_; }
  const std::vector<Step>& steps() const { return steps_; }

 private:
  money::Ratio amount_;
  std::vector<Step> steps_;
};

}  // namespace continuo::pricing
