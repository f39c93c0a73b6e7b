#include "services/quoting/domain/quote.h"

#include <algorithm>

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

const pricing::ServiceLevelFactor* FindLevel(const Product& product, std::string_view code) {
  for (const pricing::ServiceLevelFactor& level : product.service_levels) {
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

Result<void> CheckCovers(const Quote& quote, const QuoteLineId& self,
                         const std::vector<QuoteLineId>& covers, std::string_view pointer) {
  for (size_t i = 0; i < covers.size(); ++i) {
    const bool known = std::any_of(quote.lines.begin(), quote.lines.end(),
                                   [&](const Line& line) { return line.id == covers[i]; });
    if (known && covers[i] != self) continue;
    return Invalid(At(pointer, "covers/" + std::to_string(i)), "REFERENCE_NOT_FOUND",
                   "A line covers other lines of the same quote.");
  }
  return {};
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

LineFacts FactsOf(const Line& line, Currency currency) {
  const std::string code = currency.ToString();
  LineFacts facts{.table = line.product.prices.at(code),
                  .recurrence = line.product.recurrence,
                  .quantity = line.quantity,
                  .discount_percent = line.discount_percent,
                  .discount_amount = line.discount_amount};
  if (const auto* level = FindLevel(line.product, line.service_level)) facts.level = *level;
  const auto ssp = line.product.ssp_unit_prices.find(code);
  if (ssp != line.product.ssp_unit_prices.end()) facts.ssp_unit_price = ssp->second;
  return facts;
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
            .discount_percent = terms.discount_percent,
            .discount_amount = terms.discount_amount.value_or(Money::Zero(quote->currency)),
            .start_on = terms.start_on,
            .group = terms.group,
            .covers = terms.covers,
            .requested_quantity = terms.requested_quantity};
  RETURN_IF_FAULT(CheckPrice(*quote, product));
  RETURN_IF_FAULT(CheckServiceLevel(product, line.service_level, pointer));
  RETURN_IF_FAULT(CheckDiscountAmount(*quote, line.discount_amount, pointer));
  RETURN_IF_FAULT(CheckCovers(*quote, line.id, line.covers, pointer));
  quote->lines.push_back(std::move(line));
  return {};
}

Result<void> AddBundle(Quote* quote, const LineTerms& terms, const std::string& bundle_code,
                       const std::vector<BundleComponent>& components, std::string_view pointer) {
  if (terms.discount_amount && !terms.discount_amount->IsZero()) {
    return Invalid(At(pointer, "discount_amount"), "NOT_FOR_BUNDLES",
                   "Give a bundle a discount_percent, or its components amounts of their own.");
  }
  for (const BundleComponent& component : components) {
    LineTerms part = terms;
    ASSIGN_OR_RETURN(part.quantity, money::RoundToDecimal(terms.quantity * component.quantity,
                                                          Decimal::kPlaces));
    if (terms.requested_quantity) {
      ASSIGN_OR_RETURN(part.requested_quantity,
                       money::RoundToDecimal(*terms.requested_quantity * component.quantity,
                                             Decimal::kPlaces));
    }
    // A level is the bundle's: components that do not offer it go without.
    if (!FindLevel(component.product, terms.service_level)) part.service_level.clear();
    RETURN_IF_FAULT(Add(quote, part, component.product, pointer));
    quote->lines.back().bundle_code = bundle_code;
  }
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
    RETURN_IF_FAULT(CheckCovers(*quote, line_id, *change.covers, pointer));
    line->covers = *change.covers;
  }
  if (change.quantity) line->quantity = *change.quantity;
  if (change.discount_percent) line->discount_percent = *change.discount_percent;
  if (change.start_on) line->start_on = *change.start_on;
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
  ASSIGN_OR_RETURN(QuotePrice price,
                   PriceQuote(facts, quote->header_discount_percent, quote->currency));
  for (size_t i = 0; i < facts.size(); ++i) quote->lines[i].price = std::move(price.lines[i]);
  quote->totals = price.totals;
  return {};
}

Quantities AskedQuantities(const Quote& quote) {
  Quantities asked;
  for (const Line& line : quote.lines) {
    const Decimal requested = line.requested_quantity.value_or(line.quantity);
    asked[line.product.id] += std::max(requested, line.quantity);
  }
  return asked;
}

Quantities BoughtQuantities(const Quote& quote) {
  Quantities bought;
  for (const Line& line : quote.lines) bought[line.product.id] += line.quantity;
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
      {"totals/term_total", Text(quote.totals.term_total)},
  };
  for (const Line& line : quote.lines) AddContentOf(line, &content);
  return content;
}

bool IsPastLastDay(const Quote& quote, calendar::Date today) { return quote.valid_until < today; }

}  // namespace continuo::quoting::domain
