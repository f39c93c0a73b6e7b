#include "services/quoting/domain/quote.h"

#include <algorithm>

#include "services/quoting/domain/contract_change.h"

namespace continuo::quoting::domain {
namespace {

using ids::QuoteLineId;
using money::Currency;
using money::Decimal;
using money::Money;

std::string At(std::string_view pointer, std::string_view field) {
  return std::string(pointer) + "/" + std::string(field);
}

Line* Find(Quote* quote, const QuoteLineId& line_id) {
  const auto found = std::find_if(quote->lines.begin(), quote->lines.end(),
                                  [&](const Line& line) { return line.id == line_id; });
  return found == quote->lines.end() ? nullptr : &*found;
}

const ServiceLevel* FindLevel(const Product& product, std::string_view code) {
  for (const ServiceLevel& level : product.service_levels) {
    if (level.code == code) return &level;
  }
  return nullptr;
}

Result<void> CheckDiscountAmount(const Quote& quote, const Money& amount,
                                 std::string_view pointer) {
  if (amount.currency() != quote.currency) {
    return Invalid(At(pointer, "discount_amount/currency"), "CURRENCY_MISMATCH",
                   "The quote is in " + quote.currency.ToString() + ".");
  }
  if (amount.Sign() < 0) {
    return Invalid(At(pointer, "discount_amount/amount"), "OUT_OF_RANGE",
                   "A discount is zero or more.");
  }
  return {};
}

Result<void> CheckServiceLevel(const Product& product, const std::string& code,
                               std::string_view pointer) {
  if (code.empty() || FindLevel(product, code)) return {};
  return Invalid(At(pointer, "service_level"), "REFERENCE_NOT_FOUND",
                 "Product " + product.code + " has no service level " + code + ".");
}

Result<void> CheckCovers(const Quote& quote, const Line& self,
                         const std::vector<QuoteLineId>& covers, std::string_view pointer) {
  for (size_t i = 0; i < covers.size(); ++i) {
    const std::string where = At(pointer, "covers/" + std::to_string(i));
    const auto found = std::find_if(quote.lines.begin(), quote.lines.end(),
                                    [&](const Line& line) { return line.id == covers[i]; });
    if (found == quote.lines.end() || covers[i] == self.id) {
      return Invalid(where, "REFERENCE_NOT_FOUND", "A line covers other lines of the same quote.");
    }
    if (IsOfLines(self.product) && IsOfLines(found->product)) {
      return Invalid(where, "COVERS_PERCENTAGE",
                     "A percentage of lines is not charged on another. Leave that line out.");
    }
    if (IsOfLines(self.product) && !found->option.empty() && found->option != self.option) {
      return Invalid(where, "COVERS_OPTION",
                     "Option " + found->option + " may be left. Charge on it within that option.");
    }
  }
  return {};
}

Result<void> CheckOverride(const Line& line, std::string_view pointer) {
  if (!line.override_unit_price || !line.override_reason.empty()) return {};
  return Invalid(At(pointer, "override_reason"), "REQUIRED",
                 "Say why the list price does not hold.");
}

Result<void> CheckTerm(const Line& line, std::string_view pointer) {
  if (!line.term) return {};
  if (!line.product.recurrence) {
    return Invalid(At(pointer, "term_length"), "NOT_ALLOWED",
                   "What is sold once has no term. Leave it out.");
  }
  const Recurrence recurrence{line.product.recurrence->billing, *line.term};
  if (HoldsWholePeriods(recurrence)) return {};
  return Invalid(At(pointer, "term_length"), "NOT_WHOLE_PERIODS",
                 "A term holds whole billing periods. Name a multiple of the billing period.");
}

constexpr size_t kOptionsMax = 20;

// The lines of an option are alternatives to the same others, and are chosen together.
Result<void> JoinOption(const Quote& quote, Line* line, std::string_view pointer) {
  if (line->option.empty()) {
    if (line->alternative_group.empty()) return {};
    return Invalid(At(pointer, "option"), "REQUIRED",
                   "An alternative is an option. Give it a code of its own.");
  }
  line->chosen = false;
  std::set<std::string_view> others;
  for (const Line& other : quote.lines) {
    if (!other.option.empty() && other.option != line->option) others.insert(other.option);
    if (other.option != line->option) continue;
    line->chosen = other.chosen;
    if (other.alternative_group == line->alternative_group) continue;
    return Invalid(At(pointer, "alternative_group"), "NOT_ALLOWED",
                   "All lines of option " + line->option + " are of one group of alternatives.");
  }
  if (others.size() < kOptionsMax) return {};
  return Invalid(At(pointer, "option"), "TOO_MANY",
                 "A quote has at most " + std::to_string(kOptionsMax) + " options.");
}

bool HasOptions(const Quote& quote) {
  return std::any_of(quote.lines.begin(), quote.lines.end(),
                     [](const Line& line) { return !line.option.empty(); });
}

Result<void> CheckPrice(const Quote& quote, const Product& product) {
  if (product.prices.contains(quote.currency.ToString())) return {};
  return FailedPrecondition(
      "PRODUCT_HAS_NO_PRICE",
      "Product " + product.code + " has no price in " + quote.currency.ToString() +
          ". Add one to the product and publish it, or quote in another currency.",
      {{"product_id", product.id.ToString()}, {"currency", quote.currency.ToString()}});
}

int NextPosition(const Quote& quote) {
  int last = 0;
  for (const Line& line : quote.lines) last = std::max(last, line.position);
  return last + 1;
}

pricing::ServiceLevelFactor FactorOf(const ServiceLevel& level, const std::string& currency) {
  pricing::ServiceLevelFactor factor{.code = level.code, .factor = level.factor};
  const auto price = level.unit_prices.find(currency);
  if (price == level.unit_prices.end()) return factor;
  factor.unit_price = price->second;
  factor.price_book = level.price_book;
  return factor;
}

// The facts look into the line: they live no longer.
LineFacts FactsOf(const Line& line, Currency currency) {
  const std::string code = currency.ToString();
  LineFacts facts{.table = line.product.prices.at(code),
                  .recurrence = line.product.recurrence,
                  .quantity = line.quantity,
                  .override_unit_price = line.override_unit_price,
                  .discount_percent = line.discount_percent,
                  .discount_amount = line.discount_amount,
                  .basis = line.product.basis,
                  .bundles = line.bundles,
                  .is_superseded = line.segment && !line.segment->is_last,
                  .option = line.option,
                  .is_chosen = line.chosen};
  if (line.term) facts.recurrence->term = line.term;
  if (const auto* level = FindLevel(line.product, line.service_level)) {
    facts.level = FactorOf(*level, code);
  }
  const auto ssp = line.product.ssp_unit_prices.find(code);
  if (ssp != line.product.ssp_unit_prices.end()) facts.ssp_unit_price = ssp->second;
  return facts;
}

// What percentages of lines are charged on, by index.
void PointAtCovered(const Quote& quote, std::vector<LineFacts>* facts) {
  std::map<QuoteLineId, size_t> indexes;
  for (size_t i = 0; i < quote.lines.size(); ++i) {
    const Line& line = quote.lines[i];
    if (line.covers.empty() || !IsOfLines(line.product)) continue;
    if (indexes.empty()) {
      for (size_t k = 0; k < quote.lines.size(); ++k) indexes[quote.lines[k].id] = k;
    }
    for (const QuoteLineId& id : line.covers) (*facts)[i].covers.push_back(indexes.at(id));
  }
}

std::string Text(std::string_view text) {
  if (text.empty()) return "null";
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      constexpr char kHex[] = "0123456789abcdef";
      json += std::string("\\u00") + kHex[c >> 4] + kHex[c & 15];
      continue;
    }
    json += c;
  }
  return json + "\"";
}
std::string Text(Decimal number) { return Text(number.ToString()); }
std::string Text(Money amount) {
  return "{\"amount\":" + Text(amount.AmountText()) + ",\"currency\":" +
         Text(amount.currency().code()) + "}";
}
std::string Text(calendar::Date date) { return Text(date.ToString()); }
template <class T>
std::string Text(const std::optional<T>& value) {
  return value ? Text(*value) : "null";
}
std::string Text(const std::vector<QuoteLineId>& covers) {
  if (covers.empty()) return "null";
  std::string list = "[";
  for (const QuoteLineId& id : covers) list += (list.size() > 1 ? "," : "") + Text(id.ToString());
  return list + "]";
}

std::string Text(const Deliveries& deliveries) {
  std::string list = "[";
  for (const Delivery& delivery : deliveries) {
    list += (list.size() > 1 ? ",{\"on\":" : "{\"on\":") + Text(delivery.on) + ",\"quantity\":" +
            Text(delivery.quantity) + "}";
  }
  return list + "]";
}

void AddContentOf(const Line& line, Content* content) {
  const std::string path = "lines/" + line.id.ToString() + "/";
  const auto says = [&](std::string_view field, std::string value, bool binding = true) {
    content->push_back({path + std::string(field), std::move(value), binding});
  };
  says("product_id", Text(line.product.id.ToString()));
  says("product_version", std::to_string(line.product.version));
  says("quantity", Text(line.quantity));
  says("service_level", Text(line.service_level));
  says("discount_percent", Text(line.discount_percent));
  says("discount_amount", Text(line.discount_amount));
  says("start_on", Text(line.start_on));
  says("covers", Text(line.covers));
  // Said only where it is so, since what was submitted before it could be keeps its hash.
  if (line.override_unit_price) says("override_unit_price", Text(line.override_unit_price));
  if (!line.override_reason.empty()) says("override_reason", Text(line.override_reason), false);
  if (line.term) says("term_length", Text(TextOf(*line.term)));
  if (line.change) {
    says("change/kind", Text(Name(line.change->kind)));
    says("change/order_line_id", Text(line.change->order_line_id.ToString()));
    says("change/effective_on", Text(line.change->effective_on));
  }
  if (!line.deliveries.empty()) says("deliveries", Text(line.deliveries));
  if (!line.option.empty()) {
    says("option", Text(line.option));
    says("alternative_group", Text(line.alternative_group));
    says("chosen", line.chosen ? "true" : "false", false);
  }
  says("net_amount", Text(line.price.net_amount));
  says("term_total", Text(line.price.term_total));
  says("group", Text(line.group), false);
  says("requested_quantity", Text(line.requested_quantity), false);
}

}  // namespace

Result<void> Add(Quote* quote, const LineTerms& terms, const Product& product,
                 std::string_view pointer) {
  Line line{.id = QuoteLineId::New(),
            .position = NextPosition(*quote),
            .product = product,
            .quantity = terms.quantity,
            .service_level = terms.service_level,
            .override_unit_price = terms.override_unit_price,
            .override_reason = terms.override_reason,
            .discount_percent = terms.discount_percent,
            .discount_amount = terms.discount_amount.value_or(Money::Zero(quote->currency)),
            .start_on = terms.start_on,
            .term = terms.term,
            .group = terms.group,
            .covers = terms.covers,
            .requested_quantity = terms.requested_quantity,
            .option = terms.option,
            .alternative_group = terms.alternative_group,
            .deliveries = terms.deliveries};
  RETURN_IF_FAULT(JoinOption(*quote, &line, pointer));
  RETURN_IF_FAULT(CheckPrice(*quote, product));
  RETURN_IF_FAULT(CheckServiceLevel(product, line.service_level, pointer));
  RETURN_IF_FAULT(CheckDiscountAmount(*quote, line.discount_amount, pointer));
  RETURN_IF_FAULT(CheckCovers(*quote, line, line.covers, pointer));
  RETURN_IF_FAULT(CheckOverride(line, pointer));
  RETURN_IF_FAULT(CheckTerm(line, pointer));
  RETURN_IF_FAULT(CheckDeliveries(line.deliveries, line.quantity, pointer));
  quote->lines.push_back(std::move(line));
  return {};
}

Result<void> ChangeLine(Quote* quote, const QuoteLineId& line_id, const LineChange& change,
                        std::string_view pointer) {
  Line* line = Find(quote, line_id);
  if (!line) return NotFound("quote_line", line_id.ToString());
  if (change.service_level) {
    RETURN_IF_FAULT(CheckServiceLevel(line->product, *change.service_level, pointer));
    line->service_level = *change.service_level;
  }
  if (change.discount_amount) {
    RETURN_IF_FAULT(CheckDiscountAmount(*quote, *change.discount_amount, pointer));
    line->discount_amount = *change.discount_amount;
  }
  if (change.covers) {
    RETURN_IF_FAULT(CheckCovers(*quote, *line, *change.covers, pointer));
    line->covers = *change.covers;
  }
  if (change.quantity) {
    if (line->change) {
      RETURN_IF_FAULT(CheckQuantityOf(*line->change, *change.quantity, pointer));
    }
    line->quantity = *change.quantity;
  }
  if (change.deliveries) line->deliveries = *change.deliveries;
  RETURN_IF_FAULT(CheckDeliveries(line->deliveries, line->quantity, pointer));
  if (change.discount_percent) line->discount_percent = *change.discount_percent;
  if (change.override_unit_price) line->override_unit_price = *change.override_unit_price;
  if (change.override_reason) line->override_reason = *change.override_reason;
  if (!line->override_unit_price) line->override_reason.clear();
  RETURN_IF_FAULT(CheckOverride(*line, pointer));
  if (change.start_on) {
    if (line->segment && *change.start_on != line->start_on) {
      return Invalid(At(pointer, "start_on"), "NOT_ALLOWED",
                     "A ramp's segments follow each other. Remove them and add the ramp again.");
    }
    if (line->change && *change.start_on != line->start_on) {
      return Invalid(At(pointer, "start_on"), "NOT_ALLOWED",
                     "The line begins on the day of its change. Remove it and add it again.");
    }
    line->start_on = *change.start_on;
  }
  if (change.group) line->group = *change.group;
  if (change.requested_quantity) line->requested_quantity = *change.requested_quantity;
  return {};
}

Result<void> RemoveLine(Quote* quote, const QuoteLineId& line_id) {
  const size_t before = quote->lines.size();
  std::erase_if(quote->lines, [&](const Line& line) { return line.id == line_id; });
  if (quote->lines.size() == before) return NotFound("quote_line", line_id.ToString());
  for (Line& line : quote->lines) std::erase(line.covers, line_id);
  return {};
}

Result<void> Reprice(Quote* quote) {
  std::vector<LineFacts> facts;
  facts.reserve(quote->lines.size());
  for (const Line& line : quote->lines) facts.push_back(FactsOf(line, quote->currency));
  PointAtCovered(*quote, &facts);
  ASSIGN_OR_RETURN(QuotePrice price,
                   PriceQuote(facts, quote->header_discount_percent, quote->currency));
  for (size_t i = 0; i < facts.size(); ++i) quote->lines[i].price = std::move(price.lines[i]);
  quote->totals = price.totals;
  return {};
}

pricing::Waterfall Explain(const Quote& quote, const Line& line) {
  return Explain(FactsOf(line, quote.currency), line.price, quote.header_discount_percent);
}

bool IsOfLines(const Product& product) {
  return !product.prices.empty() &&
         product.prices.begin()->second.model == pricing::Model::kPercentageOfLines;
}

std::string_view BundleCode(const Line& line) {
  return line.bundles.empty() ? std::string_view() : line.bundles.back().code;
}

std::vector<Violation> UnmetRelations(const Quote& quote, const std::set<ids::ProductId>& owned) {
  std::set<ids::ProductId> quoted;
  for (const Line& line : quote.lines) {
    if (line.chosen && line.quantity.Sign() > 0) quoted.insert(line.product.id);
  }
  std::vector<Violation> unmet;
  for (size_t i = 0; i < quote.lines.size(); ++i) {
    const Product& product = quote.lines[i].product;
    if (!quote.lines[i].chosen || !quoted.contains(product.id)) continue;
    const std::string pointer = "/lines/" + std::to_string(i);
    for (const ids::ProductId& other : product.requires_products) {
      if (quoted.contains(other) || owned.contains(other)) continue;
      unmet.push_back({pointer, "PRODUCT_REQUIRED",
                       "Product " + product.code + " needs product " + other.ToString() +
                           ". Add it to the quote."});
    }
    for (const ids::ProductId& other : product.excludes_products) {
      if (!quoted.contains(other)) continue;
      unmet.push_back({pointer, "PRODUCT_EXCLUDED",
                       "Product " + product.code + " is not sold together with product " +
                           other.ToString() + ". Remove one of them."});
    }
  }
  return unmet;
}

Quantities AskedQuantities(const Quote& quote) {
  Quantities asked;
  for (const Line& line : quote.lines) {
    if (!line.chosen) continue;
    const Decimal requested = line.requested_quantity.value_or(line.quantity);
    asked[line.product.id] += std::max(requested, line.quantity);
  }
  return asked;
}

Quantities BoughtQuantities(const Quote& quote) {
  Quantities bought;
  for (const Line& line : quote.lines) {
    if (line.chosen) bought[line.product.id] += line.quantity;
  }
  return bought;
}

Content ContentOf(const Quote& quote) {
  Content content{
      {"account_id", Text(quote.account_id.ToString())},
      {"division_id", Text(quote.division_id.ToString())},
      {"currency", Text(quote.currency.code())},
      {"valid_until", Text(quote.valid_until)},
      {"start_on", Text(quote.start_on)},
      {"payment_days", std::to_string(quote.payment_days)},
      {"header_discount_percent", Text(quote.header_discount_percent)},
      // Where something may be chosen the lines' prices bind alone: the sum is the customer's choice.
      {"totals/term_total", Text(quote.totals.term_total), !HasOptions(quote)},
  };
  if (quote.contract) content.push_back({"contract_id", Text(quote.contract->id.ToString())});
  for (const Line& line : quote.lines) AddContentOf(line, &content);
  for (const QuoteClause& clause : quote.clauses) {
    const std::string path = "clauses/" + clause.id;
    content.push_back({path + "/clause_id", Text(clause.clause_id)});
    content.push_back({path + "/text", Text(clause.text)});
    content.push_back({path + "/review", Text(Name(clause.review)), false});
    content.push_back({path + "/reviewer_id", Text(clause.reviewer_id), false});
  }
  return content;
}

std::string_view KindName(const std::optional<ChangedContract>& contract) {
  if (!contract) return "new";
  return contract->renews ? "renewal" : "change";
}

bool IsPastLastDay(const Quote& quote, calendar::Date today) { return quote.valid_until < today; }

}  // namespace continuo::quoting::domain
