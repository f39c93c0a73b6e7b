#include "services/quoting/domain/proposal.h"

#include "libs/document/html.h"
#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using document::FindLocale;
using money::Decimal;
using money::Money;

Money Euro(const char* amount) { return Money::Parse(amount, "EUR").value(); }

ProposalLine Seats() {
  return {.position = 1,
          .code = "SEAT",
          .name = "Licence per seat",
          .unit = "seat",
          .group = "Phase 2",
          .quantity = Decimal(100),
          .recurrence = Recurrence{{PeriodUnit::kMonth, 1}, Period{PeriodUnit::kMonth, 36}},
          .renewal = Renewal::kAutomatic,
          .notice_days = 90,
          .periods = 36,
          .service_level = ServiceTerms{"Gold", "24x7", 30, 240},
          .list = Euro("2000.00"),
          .net = Euro("1800.00"),
          .term_total = Euro("64800.00"),
          .text = {document::Paragraph{"All you need."}}};
}

ProposalFacts Facts() {
  return {.number = "Q-000001",
          .version = 2,
          .content_hash = std::string(64, 'a'),
          .made_at = "2026-03-10T09:00:00Z",
          .date = calendar::Date(2026, 3, 10),
          .valid_until = calendar::Date(2026, 4, 9),
          .payment_days = 14,
          .seller = {"Example GmbH", {"DE"}, {"DE123"}},
          .customer = {"Beispiel AG", {"Musterweg 1", "53111 Bonn"}, {}},
          .lines = {Seats(),
                    {.position = 2,
                     .code = "INST",
                     .name = "Installation",
                     .quantity = Decimal(1),
                     .start_on = calendar::Date(2026, 5, 1),
                     .list = Euro("2500.00"),
                     .net = Euro("2500.00"),
                     .term_total = Euro("2500.00")}},
          .one_off = Euro("2500.00"),
          .monthly = Euro("1800.00"),
          .yearly = Euro("21600.00"),
          .term_total = Euro("67300.00"),
          .discount_percent = Decimal::Parse("9.6774").value()};
}

std::string Html(const ProposalFacts& facts, const char* locale) {
  return document::Body(BuildProposal(facts, {*FindLocale(locale), WordsOf(locale)}));
}
bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a proposal says who, what, for how much, until when, under which terms") {
  const std::string html = Html(Facts(), "en");
  for (const char* part :
       {"<h1>Offer Q-000001</h1>", "<dt>Version</dt><dd>2</dd>", "March 10, 2026", "April 9, 2026",
        "on the day of acceptance", "<strong>Example GmbH</strong><br>DE<br>Tax number DE123",
        "<strong>Beispiel AG</strong><br>Musterweg 1<br>53111 Bonn", "One-off services",
        "Recurring services", "100\u00a0seat", "€1,800.00<small>per month<br>list €2,000.00</small>",
        "€64,800.00<small>36 × €1,800.00</small>", "INST · from May 1, 2026", "€2,500.00", "9.6774%", "€67,300.00",
        "<strong>Licence per seat</strong>: term of 36 months, renews automatically, notice of 90 days",
        "Invoices are due 14 days after their date.",
        "<strong>Licence per seat</strong>: Gold, hours 24x7, response within 30 minutes, "
        "resolution within 4 hours"}) {
    INFO(part);
    CHECK(Has(html, part));
  }
}

TEST_CASE("clauses stand in it as they were agreed, as text") {
  ProposalFacts facts = Facts();
  facts.clauses = {{"Liability", "Capped at <the fee>."}, {"Law", "German law."}};
  CHECK(Has(Html(facts, "en"), "<h2>Liability</h2>\n<p>Capped at &lt;the fee&gt;.</p>\n"
                               "<h2>Law</h2>\n<p>German law.</p>"));
}

TEST_CASE("the terms' hash is printed, in the text and on each page") {
  const ProposalFacts facts = Facts();
  CHECK(Has(Html(facts, "en"), "<code>" + facts.content_hash + "</code>"));
  const auto offer = BuildProposal(facts, {*FindLocale("en"), WordsOf("en")});
  CHECK(Has(offer.footer, "SHA-256 aaaaaaaaaaaaaaaa"));
}

TEST_CASE("one-off and recurring lines stand apart, each group under its heading") {
  const std::string html = Html(Facts(), "en");
  CHECK(html.find("One-off services") < html.find("Recurring services"));
  CHECK(Has(html, "<th scope=\"rowgroup\" colspan=\"5\">Phase 2</th>"));
  ProposalFacts facts = Facts();
  facts.lines.erase(facts.lines.begin());
  CHECK(!Has(Html(facts, "en"), "Recurring services"));
}

TEST_CASE("the full form says what each product is, once") {
  ProposalFacts facts = Facts();
  CHECK(!Has(Html(facts, "en"), "All you need."));
  facts.full = true;
  facts.lines.push_back(Seats());
  facts.lines.back().recurrence->term = Period{PeriodUnit::kYear, 2};
  const std::string html = Html(facts, "en");
  CHECK(Has(html,
            "<h3>Licence per seat</h3>\n<p>All you need.</p>\n<dl>\n<dt>Terms</dt><dd>term of 36 "
            "months, renews automatically, notice of 90 days<br>term of 2 years, renews"));
  CHECK(!Has(html, "<h3>Installation</h3>"));
  CHECK(html.find("All you need.") == html.rfind("All you need."));
}

TEST_CASE("a draft says that it is no offer, and asks for no signature") {
  ProposalFacts facts = Facts();
  facts.draft = true;
  const std::string html = Html(facts, "en");
  CHECK(Has(html, "This is not an offer"));
  CHECK(!Has(html, "Signature"));
  CHECK(Has(Html(Facts(), "en"), "Signature"));
}

TEST_CASE("a proposal reads in its language, amounts and dates with it") {
  struct Row {
    const char *locale, *title, *price, *total, *terms;
  };
  const auto row = GENERATE(
      Row{"de", "Angebot Q-000001", "pro Monat", "67.300,00\u00a0€", "Laufzeit von 36 Monaten"},
      Row{"fr", "Offre Q-000001", "par mois", "67\u202f300,00\u00a0€", "durée de 36 mois"},
      Row{"es", "Oferta Q-000001", "por mes", "67.300,00\u00a0€", "plazo de 36 meses"},
      Row{"nl", "Offerte Q-000001", "per maand", "€\u00a067.300,00", "looptijd van 36 maanden"},
      Row{"en-GB", "Offer Q-000001", "per month", "€67,300.00", "term of 36 months"});
  INFO(row.locale);
  const std::string html = Html(Facts(), row.locale);
  for (const char* part : {row.title, row.price, row.total, row.terms}) CHECK(Has(html, part));
}

TEST_CASE("no language lacks a word, and each fills in what it is given") {
  for (const char* locale : {"en", "de", "fr", "es", "nl"}) {
    INFO(locale);
    const Words& words = WordsOf(locale);
    CHECK(words.language == std::string_view(locale));
    // The words are pointers from the first member to the last.
    const auto* all = reinterpret_cast<const char* const*>(&words);
    for (size_t i = 0; i < sizeof(Words) / sizeof(const char*); ++i) CHECK(all[i] != nullptr);
    const std::string consent = ConsentText(Facts(), words);
    for (const std::string& part : {std::string("Q-000001"), std::string("2"),
                                    std::string(64, 'a'), std::string("Beispiel AG")}) {
      CHECK(Has(consent, part));
    }
    for (const char* part : {"{0}", "{1}", "{2}"}) CHECK(Has(words.thanks_text, part));
  }
}

}  // namespace
}  // namespace continuo::quoting::domain
