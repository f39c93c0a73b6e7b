#include "libs/postgres/array_text.h"

#include <stdexcept>

namespace continuo::postgres {
namespace {

struct Element {
  std::string text;
  bool quoted = false;
};

// Both literals are lists of elements between brackets; within double quotes a backslash escapes,
// and in rows a doubled quote stands for one.
std::vector<Element> Elements(std::string_view literal, char open, char close) {
  if (literal.size() < 2 || literal.front() != open || literal.back() != close) {
    throw std::logic_error("not a literal of Postgres: " + std::string(literal));
  }
  literal = literal.substr(1, literal.size() - 2);
  std::vector<Element> elements(1);
  bool inside = false;
  for (size_t i = 0; i < literal.size(); ++i) {
    const char c = literal[i];
    Element& element = elements.back();
    if (c == '\\' && i + 1 < literal.size()) {
      element.text += literal[++i];
    } else if (c == '"' && inside && i + 1 < literal.size() && literal[i + 1] == '"') {
      element.text += literal[++i];
    } else if (c == '"') {
      inside = !inside;
      element.quoted = true;
    } else if (c == ',' && !inside) {
      elements.emplace_back();
    } else {
      element.text += c;
    }
  }
  return elements;
}

}  // namespace

std::vector<std::optional<std::string>> ArrayElements(std::string_view literal) {
  std::vector<std::optional<std::string>> values;
  if (literal == "{}") return values;
  for (Element& element : Elements(literal, '{', '}')) {
    const bool null = !element.quoted && element.text == "NULL";
    values.push_back(null ? std::nullopt : std::optional(std::move(element.text)));
  }
  return values;
}

std::vector<std::optional<std::string>> RowElements(std::string_view literal) {
  std::vector<std::optional<std::string>> values;
  for (Element& element : Elements(literal, '(', ')')) {
    const bool null = !element.quoted && element.text.empty();
    values.push_back(null ? std::nullopt : std::optional(std::move(element.text)));
  }
  return values;
}

}  // namespace continuo::postgres
