// What a salesperson should know of a quote before somebody else says it.
//
//   100 seats, of which each wants 1 training day for 50; 1 is sold        ATTACH_GAP, 1 of 2
//   a seat was offered at 20, at this quantity or more, and is now 17.10   PRICE_ERODED
//   60 days to pay, where the account's are 30                             PAYMENT_DAYS
//
// A finding is no error: it is shown, and an approval policy may ask for approval where there is one.
// Only an onboarding that says so itself blocks.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/quoting/domain/demand.h"
#include "services/quoting/domain/quote.h"

namespace continuo::quoting::domain {

enum class FindingCode {
  kAttachGap,      // less is bought, with what the account has, than goes with a product
  kPriceEroded,    // was offered dearer in this quote, at the same quantity or more
  kPriceByHand,    // a price in place of the list's
  kPaymentDays,    // more than the account's
  kTermShortened,  // shorter than the product's
  kClauseChanged,
  kOnboardingOpen,  // of the account, or of a product that is quoted or was ordered
};
// "ATTACH_GAP": as the API and approval policies name it.
std::string_view Name(FindingCode code);
std::optional<FindingCode> ParseFindingCode(std::string_view name);

enum class Severity {
  kInfo,
  kWarning,
  kBlocking,  // of what cannot be submitted
};

struct Finding {
  FindingCode code;
  Severity severity = Severity::kWarning;
  std::optional<ids::QuoteLineId> line_id;
  std::optional<ids::ProductId> product_id;  // what is missing, or is too cheap
  std::string onboarding_id;
  std::string actual, expected;              // a decimal, a number of days, a term
  std::string text;
};

struct OpenOnboarding {
  std::string id, name;
  std::optional<ids::ProductId> product_id;  // none: of the account as such
  bool blocks_sale = false;
  int steps = 0;
  std::vector<std::string> open_steps;  // their names
};
// What crm knows of the account.
struct AccountFacts {
  int payment_days = 0;
  std::vector<OpenOnboarding> open_onboardings;
};
// What is known besides the quote.
struct FindingFacts {
  AccountFacts account;
  Quantities owned;              // what the account has ordered so far
  Quantities peak_unit_prices;   // net, of earlier revisions at no smaller a quantity than now
};

// In the order of the codes, then of the lines.
std::vector<Finding> FindingsOf(const Quote& quote, const FindingFacts& facts);
std::set<std::string> CodesOf(const std::vector<Finding>& findings);
// ONBOARDING_NOT_COMPLETED where one that blocks sales concerns the quote.
Result<void> CheckOnboarded(const Quote& quote, const AccountFacts& account);

}  // namespace continuo::quoting::domain
