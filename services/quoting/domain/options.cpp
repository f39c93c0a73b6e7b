#include "services/quoting/domain/options.h"

#include <algorithm>

namespace continuo::quoting::domain {
namespace {

const Option* Find(const std::vector<Option>& options, const std::string& code) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const Option& option) { return option.code == code; });
  return found == options.end() ? nullptr : &*found;
}

Failure NothingLeft() {
  return FailedPrecondition("QUOTE_HAS_NO_LINES",
                            "Nothing of the quote is chosen. Choose an option.");
}

// With what is always sold and the lines that `takes` says, priced as they would be alone.
template <class Takes>
Result<Quote> With(const Quote& quote, Takes takes) {
  Quote choice = quote;
  std::erase_if(choice.lines, [&](const Line& line) { return !line.option.empty() && !takes(line); });
  for (Line& line : choice.lines) line.chosen = true;
  RETURN_IF_FAULT(Reprice(&choice));
  return choice;
}

}  // namespace

std::vector<Option> OptionsOf(const Quote& quote) {
  std::vector<Option> options;
  for (const Line& line : quote.lines) {
    if (line.option.empty() || Find(options, line.option)) continue;
    options.push_back({line.option, line.alternative_group, line.chosen});
  }
  return options;
}

Result<void> Choose(Quote* quote, std::span<const std::string> codes) {
  const std::vector<Option> options = OptionsOf(*quote);
  std::set<std::string> chosen;
  std::map<std::string, std::string> of_groups;
  for (size_t i = 0; i < codes.size(); ++i) {
    const std::string where = "/options/" + std::to_string(i);
    const Option* option = Find(options, codes[i]);
    if (!option) {
      return Invalid(where, "REFERENCE_NOT_FOUND",
                     "The quote has no option " + codes[i] + ". Name one that its lines carry.");
    }
    if (!chosen.insert(option->code).second || option->alternative_group.empty()) continue;
    const auto [other, is_first] = of_groups.try_emplace(option->alternative_group, option->code);
    if (is_first) continue;
    return Invalid(where, "ALTERNATIVES_EXCLUDE",
                   "Options " + other->second + " and " + option->code +
                       " are alternatives. Choose one of them.");
  }
  for (Line& line : quote->lines) line.chosen = line.option.empty() || chosen.contains(line.option);
  return {};
}

Result<void> CheckChosen(const Quote& quote) {
  std::map<std::string, bool> groups;
  for (const Option& option : OptionsOf(quote)) {
    if (option.alternative_group.empty()) continue;
    bool& has_choice = groups[option.alternative_group];
    has_choice = has_choice || option.chosen;
  }
  for (const auto& [group, has_choice] : groups) {
    if (has_choice) continue;
    return FailedPrecondition("OPTIONS_NOT_CHOSEN",
                              "None of the alternatives of " + group + " is chosen. Choose one.",
                              {{"alternative_group", group}});
  }
  const bool any = std::any_of(quote.lines.begin(), quote.lines.end(),
                               [](const Line& line) { return line.chosen; });
  if (!any) return NothingLeft();
  return {};
}

Quote Sold(const Quote& quote) {
  Quote sold = quote;
  std::erase_if(sold.lines, [](const Line& line) { return !line.chosen; });
  return sold;
}

Result<std::vector<Quote>> Choices(const Quote& quote) {
  std::vector<Quote> choices{Sold(quote)};
  const std::vector<Option> options = OptionsOf(quote);
  if (options.empty()) return choices;
  ASSIGN_OR_RETURN(choices.emplace_back(), With(quote, [](const Line&) { return true; }));
  for (const Option& option : options) {
    ASSIGN_OR_RETURN(choices.emplace_back(),
                     With(quote, [&](const Line& line) { return line.option == option.code; }));
  }
  return choices;
}

}  // namespace continuo::quoting::domain
