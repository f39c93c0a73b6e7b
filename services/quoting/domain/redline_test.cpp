#include "services/quoting/domain/redline.h"

#include <algorithm>

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

// [-gone-]{+come+}
std::string Shown(const std::string& before, const std::string& after) {
  std::string shown;
  for (const RedlineRun& run : Redline(before, after)) {
    if (run.kind == RedlineRun::Kind::kEqual) shown += run.text;
    if (run.kind == RedlineRun::Kind::kDelete) shown += "[-" + run.text + "-]";
    if (run.kind == RedlineRun::Kind::kInsert) shown += "{+" + run.text + "+}";
  }
  return shown;
}

TEST_CASE("A redline keeps what is common, word by word") {
  struct Case {
    const char* before;
    const char* after;
    const char* shown;
  };
  const auto c = GENERATE(values<Case>({
      {"", "", ""},
      {"as it was", "as it was", "as it was"},
      {"", "all new", "{+all new+}"},
      {"all gone", "", "[-all gone-]"},
      {"within 30 days", "within 45 days", "within [-30-]{+45+} days"},
      {"within 30 days", "within 45 working days", "within [-30-]{+45 working+} days"},
      {"the fee is due", "the fee is not due", "the fee is {+not +}due"},
      {"one two three", "three", "[-one two -]three"},
      {"one", "two one three", "{+two +}one{+ three+}"},
      {"a b c d", "a x c y", "a [-b-]{+x+} c [-d-]{+y+}"},
      {"liability is limited", "Liability is unlimited", "[-liability-]{+Liability+} is [-limited-]{+unlimited+}"},
      {"a  b", "a b", "a[-  -]{+ +}b"},
  }));
  INFO(c.before << " -> " << c.after);
  CHECK(Shown(c.before, c.after) == c.shown);
}

// A law, on texts of few words, where everything repeats: nothing is lost and nothing invented, and
// as much is kept as the textbook's table says.
size_t Longest(const std::string& a, const std::string& b) {
  std::vector<std::vector<size_t>> table(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                         : std::max(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table[a.size()][b.size()];
}

TEST_CASE("A redline holds both texts and keeps the most that can be kept") {
  unsigned state = 7;
  const auto next = [&](unsigned below) { return (state = state * 1103515245 + 12345) / 65536 % below; };
  for (int round = 0; round < 2000; ++round) {
    std::string words[2], texts[2];
    for (int side = 0; side < 2; ++side) {
      for (unsigned i = next(12); i > 0; --i) words[side] += static_cast<char>('a' + next(3));
      // Each letter a word, without white space in common: a line break in one, a blank in the other.
      for (const char word : words[side]) texts[side] += std::string(1, word) + (side ? "\n" : " ");
    }
    std::string old, now;
    size_t kept = 0;
    for (const RedlineRun& run : Redline(texts[0], texts[1])) {
      if (run.kind != RedlineRun::Kind::kInsert) old += run.text;
      if (run.kind != RedlineRun::Kind::kDelete) now += run.text;
      if (run.kind == RedlineRun::Kind::kEqual) kept += run.text.size();
    }
    REQUIRE(old == texts[0]);
    REQUIRE(now == texts[1]);
    REQUIRE(kept == Longest(words[0], words[1]));
  }
}

TEST_CASE("As HTML the text stays text") {
  CHECK(RedlineHtml(Redline("pay <b> & \"go\"", "pay <i> & \"go\"")) ==
        "pay <del>&lt;b&gt;</del><ins>&lt;i&gt;</ins> &amp; &quot;go&quot;");
}

}  // namespace
}  // namespace continuo::quoting::domain
