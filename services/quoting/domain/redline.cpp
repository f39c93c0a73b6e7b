#include "services/quoting/domain/redline.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace continuo::quoting::domain {
namespace {

using Kind = RedlineRun::Kind;
using Words = std::span<const int>;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t from = 0; from < text.size();) {
    size_t to = from + 1;
    while (to < text.size() && IsSpace(text[to]) == IsSpace(text[from])) ++to;
    words.push_back(text.substr(from, to - from));
    from = to;
  }
  return words;
}

// Words as numbers, equal ones the same.
std::vector<int> Number(const std::vector<std::string_view>& words,
                        std::map<std::string_view, int>* known) {
  std::vector<int> numbers;
  for (const std::string_view word : words) {
    numbers.push_back(known->try_emplace(word, static_cast<int>(known->size())).first->second);
  }
  return numbers;
}

// Lengths of the longest common subsequence of all of `old` and each beginning of `now`.
std::vector<int> Lengths(Words old, Words now, bool backwards) {
  std::vector<int> lengths(now.size() + 1, 0);
  for (size_t i = 0; i < old.size(); ++i) {
    const int word = backwards ? old[old.size() - 1 - i] : old[i];
    int diagonal = 0;
    for (size_t j = 1; j <= now.size(); ++j) {
      const int above = lengths[j];
      const int other = backwards ? now[now.size() - j] : now[j - 1];
      lengths[j] = word == other ? diagonal + 1 : std::max(above, lengths[j - 1]);
      diagonal = above;
    }
  }
  return lengths;
}

class Comparison {
 public:
  // Which words of either text are kept; as many on both sides.
  void Compare(Words old, Words now) {
    size_t same = 0;
    while (same < old.size() && same < now.size() && old[same] == now[same]) ++same;
    Add(Kind::kEqual, same);
    old = old.subspan(same);
    now = now.subspan(same);
    size_t tail = 0;
    while (tail < old.size() && tail < now.size() &&
           old[old.size() - 1 - tail] == now[now.size() - 1 - tail]) {
      ++tail;
    }
    CompareMiddle(old.first(old.size() - tail), now.first(now.size() - tail));
    Add(Kind::kEqual, tail);
  }
  const std::vector<Kind>& kinds() const { return kinds_; }

 private:
  void CompareMiddle(Words old, Words now) {
    if (old.empty() || now.empty()) {
      Add(Kind::kDelete, old.size());
      Add(Kind::kInsert, now.size());
      return;
    }
    if (old.size() == 1) {
      const auto found = std::find(now.begin(), now.end(), old[0]);
      const size_t at = static_cast<size_t>(found - now.begin());
      if (found == now.end()) {
        Add(Kind::kDelete, 1);
        Add(Kind::kInsert, now.size());
        return;
      }
      Add(Kind::kInsert, at);
      Add(Kind::kEqual, 1);
      Add(Kind::kInsert, now.size() - at - 1);
      return;
    }
    const size_t half = old.size() / 2;
    const std::vector<int> front = Lengths(old.first(half), now, false);
    const std::vector<int> back = Lengths(old.subspan(half), now, true);
    size_t split = 0;
    for (size_t j = 1; j <= now.size(); ++j) {
      if (front[j] + back[now.size() - j] > front[split] + back[now.size() - split]) split = j;
    }
    Compare(old.first(half), now.first(split));
    Compare(old.subspan(half), now.subspan(split));
  }
  void Add(Kind kind, size_t count) { kinds_.insert(kinds_.end(), count, kind); }

  std::vector<Kind> kinds_;
};

void Append(Kind kind, std::string_view text, std::vector<RedlineRun>* runs) {
  if (runs->empty() || runs->back().kind != kind) runs->push_back({kind, ""});
  runs->back().text += text;
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::vector<RedlineRun> Redline(std::string_view before, std::string_view after) {
  const auto old = Split(before);
  const auto now = Split(after);
  std::map<std::string_view, int> known;
  const std::vector<int> old_numbers = Number(old, &known);
  const std::vector<int> now_numbers = Number(now, &known);
  Comparison comparison;
  comparison.Compare(old_numbers, now_numbers);
  std::vector<RedlineRun> runs;
  std::string inserted;  // held back, so that what went stands before it
  size_t i = 0, j = 0;
  for (const Kind kind : comparison.kinds()) {
    if (kind == Kind::kInsert) {
      inserted += now[j++];
      continue;
    }
    if (kind == Kind::kDelete) {
      Append(kind, old[i++], &runs);
      continue;
    }
    if (!inserted.empty()) Append(Kind::kInsert, std::exchange(inserted, {}), &runs);
    Append(kind, old[i++], &runs);
    ++j;
  }
  if (!inserted.empty()) Append(Kind::kInsert, inserted, &runs);
  return runs;
}

std::string RedlineHtml(const std::vector<RedlineRun>& runs) {
  std::string html;
  for (const RedlineRun& run : runs) {
    const std::string text = Escaped(run.text);
    if (run.kind == Kind::kEqual) html += text;
    if (run.kind == Kind::kInsert) html += "<ins>" + text + "</ins>";
    if (run.kind == Kind::kDelete) html += "<del>" + text + "</del>";
  }
  return html;
}

}  // namespace continuo::quoting::domain
