// The document of a quote's version, from its facts: the one place that says what stands in it, in
// HTML and PDF alike.
//
//   document::Document offer = BuildProposal(facts, {.locale = german, .words = WordsOf("de")});
//
// Amounts are the version's own; nothing is calculated here. The terms' SHA-256 is printed, so that
// a sheet of paper can be held against the version that it was printed from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/document/blocks.h"
#include "libs/document/locale.h"
#include "libs/money/decimal.h"
#include "libs/money/money.h"
#include "services/quoting/domain/delivery.h"
#include "services/quoting/domain/proposal_words.h"
#include "services/quoting/domain/recurrence.h"

namespace continuo::quoting::domain {

struct Party {
  std::string name;
  std::vector<std::string> address;
  std::vector<std::string> tax_numbers;
};

enum class Renewal { kNone, kAutomatic, kManual, kEvergreen };

struct ServiceTerms {
  std::string name;
  std::string hours;
  int response_minutes = 0;    // 0: none agreed
  int resolution_minutes = 0;
};

struct ProposalLine {
  int position = 0;
  std::string code, name, unit, group, bundle_code;
  money::Decimal quantity;
  std::optional<calendar::Date> start_on;
  std::optional<Recurrence> recurrence;  // none: one-off
  Renewal renewal = Renewal::kNone;
  int notice_days = 0;
  int periods = 1;                       // whole billing periods of its term
  bool goes_on = false;                  // a ramp's: its terms are told with its last line
  std::optional<ServiceTerms> service_level;
  Deliveries deliveries;
  std::string option, alternative_group;  // that it is offered as; empty: it is always sold
  bool chosen = true;
  money::Money list, net, term_total;
  // What the product says of itself in the document's language; the full form has it.
  std::vector<document::Block> text;
};

struct ProposalClause {
  std::string title;
  std::string text;
};

struct ProposalFacts {
  bool full = false;
  bool draft = false;
  std::string number;
  int version = 1;
  std::string content_hash;
  std::string made_at;  // the instant at which the version was handed in
  calendar::Date date, valid_until;
  std::optional<calendar::Date> start_on;
  int payment_days = 30;
  Party seller, customer;
  std::vector<ProposalLine> lines;
  std::vector<ProposalClause> clauses;
  money::Money one_off, monthly, yearly, term_total;
  money::Decimal discount_percent;
};

struct Wording {
  const document::Locale& locale;
  const Words& words;
  document::CurrencyDisplay display = document::CurrencyDisplay::kSymbol;
};

document::Document BuildProposal(const ProposalFacts& facts, const Wording& wording);
// What the customer agrees to, word for word.
std::string ConsentText(const ProposalFacts& facts, const Words& words);

}  // namespace continuo::quoting::domain
