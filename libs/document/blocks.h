// A document as a restricted list of blocks, from which HTML and PDF are made alike.
//
//   Document offer{.language = "de", .title = "Angebot Q-000001", .blocks = {
//       Heading{1, "Angebot Q-000001"},
//       Table{.columns = {{"Leistung", Align::kStart, 3}, {"Betrag", Align::kEnd, 1}},
//             .sections = {{"", {{Cell{"Installation"}, Cell{"2.500,00 €"}}}}}}}};
//   ToHtml(offer)   ToPdf(offer)
//
// Text is text: there is no markup in it, so nothing that a customer or a product says can become
// any. A block that is not in this list does not exist: no scripts, links, colours or fonts.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace continuo::document {

enum class Style { kPlain, kStrong, kCode };

struct Span {
  std::string text;
  Style style = Style::kPlain;
};

// One run of text, or several in different styles.
struct Text {
  Text() = default;
  Text(std::string text) { spans.push_back({std::move(text), Style::kPlain}); }  // NOLINT
  Text(const char* text) : Text(std::string(text)) {}                           // NOLINT
  Text(std::vector<Span> from) : spans(std::move(from)) {}                      // NOLINT
  std::vector<Span> spans;
};

// 1 is the document's own.
struct Heading {
  int level = 2;
  Text text;
};

enum class Tone { kNormal, kSmall, kNotice };

// Line breaks in the text are kept.
struct Paragraph {
  Text text;
  Tone tone = Tone::kNormal;
};

struct List {
  std::vector<Text> items;
};

// Names and what they stand for: "Valid until", "10 April 2026".
struct Facts {
  std::vector<std::pair<Text, Text>> entries;
};

enum class Align { kStart, kEnd };

struct Column {
  Text heading;
  Align align = Align::kStart;
  int weight = 1;  // of the table's width
};

struct Cell {
  Text text;
  Text detail = {};  // smaller, below
};
using Row = std::vector<Cell>;  // one for each column

struct Section {
  Text heading;  // empty: none
  std::vector<Row> rows;
};

struct Table {
  std::string caption;  // read out; what is shown above it is a heading
  std::vector<Column> columns;
  std::vector<Section> sections;
  std::vector<Row> totals;
};

// To be signed by hand: what is agreed to, and lines with what belongs on them. On paper only.
struct Signature {
  std::string heading;
  std::string text;
  std::vector<std::string> labels;
};

using Block = std::variant<Heading, Paragraph, List, Facts, Table, Signature>;

struct Document {
  std::string language;    // BCP 47
  std::string title;
  std::string author;      // whose document it is
  std::string footer;      // at the foot of each printed page
  std::string page_label;  // "Page {0} of {1}"
  std::string made_at;     // RFC 3339, for the PDF's properties; empty: none
  std::vector<Block> blocks;
};

// "{0}" and "{1}" replaced by what they stand for.
std::string Filled(std::string pattern, const std::vector<std::string>& values);

}  // namespace continuo::document
