// A quote as it is worked on: its header, its lines with the products frozen on them, its price.
//
//   Quote quote{...};
//   RETURN_IF_FAULT(Add(&quote, {.quantity = 100}, seats, "/lines/0"));
//   RETURN_IF_FAULT(ChangeLine(&quote, line_id, {.quantity = 50}, ""));
//   RETURN_IF_FAULT(Reprice(&quote));           // the only thing that sets an amount
//
// Every edit works on the whole quote in memory; what is stored is what Reprice made. A product is
// frozen with all of its prices when its line is added, and never looked up again.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/money/decimal.h"
#include "libs/money/money.h"
#include "libs/pricing/catalogue_price.h"
#include "libs/result/result.h"
#include "services/quoting/domain/bundle.h"
#include "services/quoting/domain/content.h"
#include "services/quoting/domain/delivery.h"
#include "services/quoting/domain/demand.h"
#include "services/quoting/domain/price_quote.h"
#include "services/quoting/domain/quote_clause.h"
#include "services/quoting/domain/quote_state.h"
#include "services/quoting/domain/recurrence.h"

namespace continuo::quoting::domain {

// What a service level does to the price: its own price of one unit, or else a factor.
struct ServiceLevel {
  std::string code;
  money::Decimal factor = 1;
  std::map<std::string, money::Decimal> unit_prices;  // by currency
  // The price book that the price in the quote's currency is from, by its code; empty: none.
  std::string price_book;
};

// What should be bought with a product.
struct Attach {
  ids::ProductId product_id;
  money::Decimal ratio = 1;  // so many for one
  std::string reason;
};

// A product version, as far as it prices a line.
struct Product {
  ids::ProductId id;
  int version = 0;
  std::string code;
  std::string name;
  std::string unit;
  std::optional<Recurrence> recurrence;  // none: one-off
  std::map<std::string, pricing::PriceTable> prices;    // by currency
  std::map<std::string, money::Decimal> ssp_unit_prices;  // by currency
  std::vector<ServiceLevel> service_levels;
  PercentageBasis basis = PercentageBasis::kList;  // of a percentage of lines
  std::vector<ids::ProductId> requires_products;
  std::vector<ids::ProductId> excludes_products;
  std::vector<Attach> attach;
  // The whole version as the catalogue gave it, carried along unread for the order.
  std::string frozen_json;
};

// A part of a ramp: its lines follow each other without a gap, each with its own quantity and price.
struct Segment {
  ids::Uuid ramp_id;
  int number = 1;  // from 1
  bool is_last = false;
};

enum class ChangeKind { kAdd, kReduce, kSwap, kExtend, kTerminate };
struct ContractChange;
// Whether the running line ends by it.
bool Ends(ChangeKind kind);
bool Ends(const ContractChange& change);

// What a line does to a line of the running contract (contract_change.h), with that one as it was.
struct ContractChange {
  ChangeKind kind = ChangeKind::kAdd;
  ids::OrderLineId order_line_id;
  calendar::Date effective_on;
  money::Decimal quantity_before;
  money::Money net_amount_before;  // of one whole period
  Period billing_before;
  calendar::Date end_on_before;
  money::Money ended_total;  // zero where it goes on
  bool takes_over = false;   // from the line before, which covers the days until a period begins
};
// What the line may sell; OUT_OF_RANGE.
Result<void> CheckQuantityOf(const ContractChange& change, money::Decimal quantity,
                             std::string_view pointer);

struct Line {
  ids::QuoteLineId id;
  int position = 0;
  Product product;
  std::vector<Bundle> bundles;  // that it was sold in, innermost first
  std::optional<Segment> segment;
  std::optional<ContractChange> change;
  money::Decimal quantity;
  std::string service_level;
  std::optional<money::Decimal> override_unit_price;
  std::string override_reason;
  money::Decimal discount_percent;
  money::Money discount_amount;
  std::optional<calendar::Date> start_on;
  std::optional<Period> term;  // in place of the product's
  std::string group;
  std::vector<ids::QuoteLineId> covers;
  std::optional<money::Decimal> requested_quantity;
  std::string option;             // that it is sold with; empty: always
  std::string alternative_group;  // of which one option is chosen
  bool chosen = true;             // counts, and would be ordered
  Deliveries deliveries;
  LinePrice price;
};

// The running contract that a quote changes, and the revision that it starts from.
struct ChangedContract {
  ids::ContractId id;
  int64_t revision = 0;
  bool renews = false;  // the quote is a renewal
};
// "new", "change" or "renewal".
std::string_view KindName(const std::optional<ChangedContract>& contract);

struct Quote {
  ids::QuoteId id;
  int64_t revision = 0;
  int version = 1;
  Status status = Status::kDraft;
  ids::AccountId account_id;
  ids::OpportunityId opportunity_id;
  ids::DivisionId division_id;
  money::Currency currency;
  std::string time_zone;
  calendar::Date valid_until;
  std::optional<calendar::Date> start_on;
  int payment_days = 30;
  money::Decimal header_discount_percent;
  bool selected = false;
  std::optional<ChangedContract> contract;  // none: the quote makes one
  std::vector<Line> lines;
  std::vector<QuoteClause> clauses;
  QuoteTotals totals;
};

// What a caller says of a new line; a new one's price comes with Reprice.
struct LineTerms {
  money::Decimal quantity;
  std::string service_level;
  std::optional<money::Decimal> override_unit_price;
  std::string override_reason;
  money::Decimal discount_percent;
  std::optional<money::Money> discount_amount;
  std::optional<calendar::Date> start_on;
  std::optional<Period> term;
  std::string group;
  std::vector<ids::QuoteLineId> covers;
  std::optional<money::Decimal> requested_quantity;
  std::string option;
  std::string alternative_group;
  Deliveries deliveries;
};

// Only what is present changes.
struct LineChange {
  std::optional<money::Decimal> quantity;
  std::optional<std::string> service_level;
  std::optional<std::optional<money::Decimal>> override_unit_price;
  std::optional<std::string> override_reason;
  std::optional<money::Decimal> discount_percent;
  std::optional<money::Money> discount_amount;
  std::optional<std::optional<calendar::Date>> start_on;
  std::optional<std::string> group;
  std::optional<std::vector<ids::QuoteLineId>> covers;
  std::optional<std::optional<money::Decimal>> requested_quantity;
  std::optional<Deliveries> deliveries;
};

// `pointer` is where the line stands in the request, for the faults: "", "/lines/0", "/add/2".
Result<void> Add(Quote* quote, const LineTerms& terms, const Product& product,
                 std::string_view pointer);
// NOT_FOUND when the quote has no such line.
Result<void> ChangeLine(Quote* quote, const ids::QuoteLineId& line_id, const LineChange& change,
                        std::string_view pointer);
// Lines that covered it no longer do.
Result<void> RemoveLine(Quote* quote, const ids::QuoteLineId& line_id);

Result<void> Reprice(Quote* quote);
// The way to a line's net amount, of a quote that was priced since it was loaded.
pricing::Waterfall Explain(const Quote& quote, const Line& line);

// Whether a percentage of other lines prices it.
bool IsOfLines(const Product& product);
// The outermost bundle's code; empty: none.
std::string_view BundleCode(const Line& line);

// Quantities per product; asked: the requested quantity where it is greater.
Quantities AskedQuantities(const Quote& quote);
Quantities BoughtQuantities(const Quote& quote);

// What a product's relations want of a quote and do not find. `owned`: what the account bought
// before. Violations point at the line: "/lines/2".
std::vector<Violation> UnmetRelations(const Quote& quote, const std::set<ids::ProductId>& owned);

// Everything that the quote says. Binding: parties, dates, payment, prices, and every line's
// product, quantity, level, discounts, dates, deliveries and amounts, and the option that it is offered as; every
// clause's text. Not binding: headings, what was asked for, which options are chosen, which quote is
// selected.
Content ContentOf(const Quote& quote);

// Whether `today` is past the quote's last day.
bool IsPastLastDay(const Quote& quote, calendar::Date today);

}  // namespace continuo::quoting::domain
