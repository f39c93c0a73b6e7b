#include "libs/document/blocks.h"

namespace continuo::document {

std::string Filled(std::string pattern, const std::vector<std::string>& values) {
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool placeholder = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
    const size_t index = placeholder ? static_cast<size_t>(pattern[i + 1] - '0') : values.size();
    if (index >= values.size()) {
      out += pattern[i];
      continue;
    }
    out += values[index];
    i += 2;
  }
  return out;
}

}  // namespace continuo::document
