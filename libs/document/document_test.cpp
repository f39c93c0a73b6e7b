#include "libs/document/blocks.h"
#include "libs/document/html.h"
#include "libs/document/pdf.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "libs/testing/catch/catch.h"

namespace continuo::document {
namespace {

Document Offer() {
  return {.language = "de",
          .title = "Angebot Q-000001",
          .author = "Müller & Söhne GmbH",
          .footer = "Angebot Q-000001, Version 1",
          .page_label = "Seite {0} von {1}",
          .made_at = "2026-03-10T09:00:00Z",
          .blocks = {
              Heading{1, "Angebot Q-000001"},
              Paragraph{"Entwurf", Tone::kNotice},
              Facts{{{"Kunde", "Żółć Łódź Sp. z o.o.\nПривет 日本語"}}},
              Heading{2, "Leistungen"},
              Table{.caption = "Einmalige Leistungen",
                    .columns = {{"Leistung", Align::kStart, 3}, {"Betrag", Align::kEnd, 1}},
                    .sections = {{"Phase 1", {{Cell{"Einrichtung", "INST"}, Cell{"2.500,00\u00a0€"}}}}},
                    .totals = {{Cell{"Summe"}, Cell{"2.500,00\u00a0€"}}}},
              List{{"30 Tage netto", Text{{{"Fett", Style::kStrong}, {" und Code ", Style::kPlain}}}}},
              Paragraph{Text{{{"0123abcd", Style::kCode}}}, Tone::kSmall},
              Signature{"Annahme", "Ich nehme an.", {"Ort, Datum", "Unterschrift"}}}};
}

// What pdftotext reads in it; empty where it is not installed.
std::string TextOf(const std::string& pdf) {
  char name[] = "/tmp/continuo-pdf-XXXXXX";
  const int file = mkstemp(name);
  REQUIRE(file >= 0);
  std::ofstream(name, std::ios::binary) << pdf;
  std::string text;
  if (FILE* pipe = popen((std::string("pdftotext -layout ") + name + " - 2>/dev/null").c_str(), "r")) {
    char buffer[4096];
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
    pclose(pipe);
  }
  std::remove(name);
  return text;
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("the same document gives the same bytes") {
  const std::string pdf = ToPdf(Offer());
  CHECK(pdf.starts_with("%PDF-"));
  CHECK(pdf == ToPdf(Offer()));
  CHECK(ToHtml(Offer()) == ToHtml(Offer()));
  Document other = Offer();
  other.blocks.push_back(Paragraph{"more"});
  CHECK(pdf != ToPdf(other));
}

TEST_CASE("every block's text stands in the PDF, whatever its script") {
  const std::string text = TextOf(ToPdf(Offer()));
  for (const char* part : {"Angebot Q-000001", "Entwurf", "Żółć Łódź", "Привет", "日本語",
                           "Einrichtung", "INST", "Phase 1", "2.500,00", "€", "Summe", "30 Tage netto",
                           "0123abcd", "Unterschrift", "Seite 1 von 1"}) {
    INFO(part);
    CHECK(Has(text, part));
  }
}

TEST_CASE("a long document goes on on further pages, its table's heading with it") {
  Document offer = Offer();
  auto& table = std::get<Table>(offer.blocks[4]);
  for (int i = 0; i < 200; ++i) {
    table.sections[0].rows.push_back({Cell{"Leistung " + std::to_string(i)}, Cell{"1,00"}});
  }
  std::string long_text;
  for (int i = 0; i < 400; ++i) long_text += "Wort" + std::to_string(i) + " und noch eines. ";
  offer.blocks.push_back(Paragraph{long_text});
  const std::string text = TextOf(ToPdf(offer));
  size_t headings = 0;
  for (size_t at = 0; (at = text.find("Betrag", at)) != std::string::npos; ++at) ++headings;
  CHECK(headings >= 5);
  CHECK(Has(text, "Leistung 199"));
  CHECK(Has(text, "Wort399"));
  CHECK(!Has(text, "von 0"));
}

TEST_CASE("text is text: none of it becomes markup") {
  Document offer = Offer();
  const std::string evil = "<script>alert('x')</script>\"&";
  offer.title = offer.author = offer.language = evil;
  offer.blocks = {Heading{1, evil}, Paragraph{evil}, List{{evil}}, Facts{{{evil, evil}}},
                  Table{.caption = evil,
                        .columns = {{evil}},
                        .sections = {{evil, {{Cell{evil, evil}}}}},
                        .totals = {{Cell{evil}}}},
                  Signature{evil, evil, {evil}}};
  const std::string html = ToHtml(offer);
  CHECK(!Has(html, "<script"));
  CHECK(!Has(html, "'x'"));
  CHECK(Has(html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"));
  CHECK(Has(TextOf(ToPdf(offer)), "<script>alert("));
}

TEST_CASE("the page says its language, its headings and its tables' parts") {
  const std::string html = ToHtml(Offer());
  CHECK(html.starts_with("<!doctype html>\n<html lang=\"de\">"));
  CHECK(Has(html, "<h1>Angebot Q-000001</h1>"));
  CHECK(Has(html, "<caption>Einmalige Leistungen</caption>"));
  CHECK(Has(html, "<th scope=\"col\">Leistung</th>"));
  CHECK(Has(html, "<th scope=\"rowgroup\" colspan=\"2\">Phase 1</th>"));
  CHECK(Has(html, "<td class=\"end\">2.500,00\u00a0€</td>"));
  CHECK(Has(html, "<dd>Żółć Łódź Sp. z o.o.<br>"));
  CHECK(!Has(html, "<script"));
}

TEST_CASE("its policy allows its own style and nothing else") {
  const std::string policy = ContentSecurityPolicy(Forms::kNone);
  CHECK(policy.starts_with("default-src 'none'; style-src 'sha256-"));
  CHECK(!Has(policy, "unsafe"));
  CHECK(Has(policy, "form-action 'none'; frame-ancestors 'none'"));
  CHECK(Has(ContentSecurityPolicy(Forms::kOwn), "form-action 'self'"));
}

TEST_CASE("a pattern is filled") {
  CHECK(Filled("Page {0} of {1}", {"2", "7"}) == "Page 2 of 7");
  CHECK(Filled("{2} {x} {", {"a"}) == "{2} {x} {");
}

}  // namespace
}  // namespace continuo::document
