#include "continuo/laws/laws.h"

#include <stdexcept>

namespace continuo::laws {
namespace {

constexpr std::string_view kEachService = "EACH SERVICE (";
constexpr std::string_view kService = "{service}";

// Of the parenthesis that is open at `begin`; no law has one within a text literal.
size_t ClosingParenthesis(std::string_view law, size_t begin) {
  int open = 1;
  for (size_t at = begin; at < law.size(); ++at) {
    if (law[at] == '(') ++open;
    if (law[at] == ')' && --open == 0) return at;
  }
  throw std::logic_error("EACH SERVICE ( without its end in: " + std::string(law));
}

std::string Named(std::string_view select, const std::string& service) {
  std::string text(select);
  for (size_t at = 0; (at = text.find(kService, at)) != std::string::npos; at += service.size()) {
    text.replace(at, kService.size(), service);
  }
  return text;
}

}  // namespace

std::string SentenceOf(std::string_view law) {
  std::string line(law.substr(0, law.find('\n')));
  line.erase(0, line.find_first_not_of("- "));
  return line;
}

std::string ForServices(std::string_view law, std::span<const std::string> services) {
  std::string text(law);
  for (size_t at = 0; (at = text.find(kEachService, at)) != std::string::npos;) {
    const size_t begin = at + kEachService.size();
    const size_t end = ClosingParenthesis(text, begin);
    const std::string select = text.substr(begin, end - begin);
    std::string all;
    for (const auto& service : services) {
      all += (all.empty() ? "" : " UNION ALL ") + Named(select, service);
    }
    text.replace(at, end + 1 - at, all);
    at += all.size();
  }
  return text;
}

}  // namespace continuo::laws
