#include "services/quoting/app/calculate_price.h"

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/quoting/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "libs/pricing/correction.h"
#include "services/quoting/domain/price_quote.h"
#include "services/quoting/store/product_json.h"

namespace continuo::quoting::app {
namespace {

using calculations::ReadDecimal;
using calculations::WriteMoney;
using money::Currency;
using money::Decimal;
using money::Money;

Result<std::vector<money::PriceBand>> BandsOf(const v1::PricedLine& line,
                                              const std::string& pointer) {
  std::vector<money::PriceBand> bands;
  for (int i = 0; i < line.bands_size(); ++i) {
    const v1::CalculatedBand& message = line.bands(i);
    const std::string where = pointer + "/" + std::to_string(i);
    money::PriceBand band;
    if (!message.up_to().empty()) {
      ASSIGN_OR_RETURN(band.up_to, ReadDecimal(message.up_to(), where + "/up_to"));
    }
    ASSIGN_OR_RETURN(band.unit_price, ReadDecimal(message.unit_price(), where + "/unit_price"));
    ASSIGN_OR_RETURN(band.flat_fee, ReadDecimal(message.flat_fee(), where + "/flat_fee"));
    if (!message.package().empty()) {
      ASSIGN_OR_RETURN(band.package, ReadDecimal(message.package(), where + "/package"));
    }
    bands.push_back(band);
  }
  const Result<void> valid = money::ValidateBands(bands);
  if (valid) return bands;
  const Violation& wrong = valid.error().violations.front();
  return Invalid(pointer + wrong.pointer, wrong.code, wrong.detail);
}

Result<pricing::PriceTable> TableOf(const v1::PricedLine& line, const std::string& pointer) {
  const bool flat = line.model() == v1::PRICE_MODEL_FLAT;
  if (flat && line.unit_price().empty()) {
    return Invalid(pointer + "/unit_price", "REQUIRED", "A flat price has a unit price.");
  }
  if (flat && line.bands_size() > 0) {
    return Invalid(pointer + "/bands", "NOT_APPLICABLE", "A flat price has no bands.");
  }
  if (!flat && !line.unit_price().empty()) {
    return Invalid(pointer + "/unit_price", "NOT_APPLICABLE", "Give the prices in the bands.");
  }
  pricing::PriceTable table;
  ASSIGN_OR_RETURN(table.unit_price, ReadDecimal(line.unit_price(), pointer + "/unit_price"));
  if (flat) return table;
  table.model = line.model() == v1::PRICE_MODEL_VOLUME ? pricing::Model::kVolume
                                                       : pricing::Model::kGraduated;
  ASSIGN_OR_RETURN(table.bands, BandsOf(line, pointer + "/bands"));
  return table;
}

Result<domain::LineFacts> FactsOf(const v1::PricedLine& line, Currency currency,
                                  const std::string& pointer) {
  domain::LineFacts facts;
  ASSIGN_OR_RETURN(facts.table, TableOf(line, pointer));
  ASSIGN_OR_RETURN(facts.quantity, ReadDecimal(line.quantity(), pointer + "/quantity"));
  ASSIGN_OR_RETURN(facts.discount_percent,
                   ReadDecimal(line.discount_percent(), pointer + "/discount_percent"));
  if (!line.service_level_factor().empty()) {
    ASSIGN_OR_RETURN(const Decimal factor, ReadDecimal(line.service_level_factor(),
                                                       pointer + "/service_level_factor"));
    facts.level = pricing::ServiceLevelFactor{"service level", factor};
  }
  facts.discount_amount = Money::Zero(currency);
  if (!line.discount_amount().empty()) {
    Result<Money> amount = Money::Parse(line.discount_amount(), currency);
    if (!amount) {
      return Invalid(pointer + "/discount_amount", "INVALID_AMOUNT", amount.error().message);
    }
    facts.discount_amount = *amount;
  }
  if (!line.has_period()) {
    if (!line.has_term()) return facts;
    return Invalid(pointer + "/term", "NOT_APPLICABLE", "A one-off line has no term.");
  }
  ASSIGN_OR_RETURN(const domain::Period billing, store::ReadPeriod(line.period()));
  facts.recurrence = domain::Recurrence{.billing = billing};
  if (line.has_term()) {
    ASSIGN_OR_RETURN(facts.recurrence->term, store::ReadPeriod(line.term()));
  }
  return facts;
}

void Show(const domain::LinePrice& price, const pricing::Waterfall& way,
          v1::CalculatedLinePrice* shown) {
  shown->set_list_unit_price(price.list_unit_price.ToString());
  shown->set_net_unit_price(price.net_unit_price.ToString());
  WriteMoney(price.list_amount, shown->mutable_list_amount());
  WriteMoney(price.net_amount, shown->mutable_net_amount());
  shown->set_periods(price.periods);
  WriteMoney(price.term_total, shown->mutable_term_total());
  for (const pricing::Step& step : way.steps()) {
    calculations::AddStep(shown->mutable_derivation(), std::string(step.name), step.DetailText(), step.after);
  }
}

Result<void> ShowCorrections(const v1::BilledUsage& billed, const domain::LineFacts& facts,
                             Currency currency, const std::string& pointer,
                             v1::CalculatedLinePrice* shown) {
  if (billed.quantity().empty()) return {};
  ASSIGN_OR_RETURN(const Decimal quantity, ReadDecimal(billed.quantity(), pointer + "/quantity"));
  const auto correction = billed.correction() == v1::USAGE_CORRECTION_DIFFERENCE
                              ? pricing::Correction::kDifference
                              : pricing::Correction::kReverseAndRebook;
  ASSIGN_OR_RETURN(const auto lines,
                   pricing::Correct(quantity, facts.quantity, facts.table, correction));
  Money net = Money::Zero(currency);
  for (const pricing::CorrectionLine& line : lines) {
    ASSIGN_OR_RETURN(const Money amount, money::Round(line.amount, currency));
    ASSIGN_OR_RETURN(net, money::Add(net, amount));
    v1::UsageCorrectionLine& row = *shown->add_corrections();
    row.set_quantity(line.quantity.ToString());
    if (line.unit_price) row.set_unit_price(line.unit_price->ToString());
    WriteMoney(amount, row.mutable_amount());
  }
  WriteMoney(net, shown->mutable_correction_net());
  return {};
}

Result<void> ShowShortfall(const v1::BilledUsage& billed, const domain::LinePrice& price,
                           const std::string& pointer, v1::CalculatedLinePrice* shown) {
  if (billed.minimum_amount().empty()) return {};
  ASSIGN_OR_RETURN(const Decimal minimum,
                   ReadDecimal(billed.minimum_amount(), pointer + "/minimum_amount"));
  ASSIGN_OR_RETURN(const Decimal already,
                   ReadDecimal(billed.billed_amount(), pointer + "/billed_amount"));
  const money::Ratio missing = pricing::Shortfall(minimum, already, price.net_amount.ToRatio());
  ASSIGN_OR_RETURN(const Money shortfall, money::Round(missing, price.net_amount.currency()));
  calculations::AddStep(shown->mutable_derivation(), "shortfall",
                        "to a minimum of " + minimum.ToString() + ", " + already.ToString() +
                            " billed",
                        missing, shortfall);
  WriteMoney(shortfall, shown->mutable_shortfall());
  return {};
}

}  // namespace

Result<v1::CalculatedPrice> CalculatePrice(const v1::PriceCalculationRequest& request) {
  ASSIGN_OR_RETURN(const Currency currency, Currency::Parse(request.currency()));
  ASSIGN_OR_RETURN(const Decimal header, ReadDecimal(request.header_discount_percent(),
                                                     "/header_discount_percent"));
  std::vector<domain::LineFacts> facts;
  for (int i = 0; i < request.lines_size(); ++i) {
    ASSIGN_OR_RETURN(domain::LineFacts line, FactsOf(request.lines(i), currency,
                                                     "/lines/" + std::to_string(i)));
    facts.push_back(std::move(line));
  }
  ASSIGN_OR_RETURN(const domain::QuotePrice price, domain::PriceQuote(facts, header, currency));
  v1::CalculatedPrice answer;
  for (int i = 0; i < request.lines_size(); ++i) {
    v1::CalculatedLinePrice& shown = *answer.add_lines();
    Show(price.lines[i], domain::Explain(facts[i], price.lines[i], header), &shown);
    const std::string pointer = "/lines/" + std::to_string(i) + "/billed";
    const v1::BilledUsage& billed = request.lines(i).billed();
    RETURN_IF_FAULT(ShowCorrections(billed, facts[i], currency, pointer, &shown));
    RETURN_IF_FAULT(ShowShortfall(billed, price.lines[i], pointer, &shown));
  }
  WriteMoney(price.totals.one_off, answer.mutable_one_off());
  WriteMoney(price.totals.monthly, answer.mutable_monthly());
  WriteMoney(price.totals.term_total, answer.mutable_term_total());
  answer.set_effective_discount_percent(price.totals.effective_discount_percent.ToString());
  return answer;
}

}  // namespace continuo::quoting::app
