#include "continuo/billing/v1/calculations.pb.h"
#include "services/billing/app/calculated_taxes.h"
#include "services/billing/app/calculations.h"
#include "services/billing/domain/tax.h"

namespace continuo::billing::app {
namespace {

using calculations::ReadMoney;
using money::Money;

Result<std::vector<domain::TaxRate>> RatesOf(const v1::TaxCalculationRequest& request) {
  std::vector<domain::TaxRate> rates;
  for (int i = 0; i < request.rates_size(); ++i) {
    const v1::TableTaxRate& row = request.rates(i);
    domain::TaxRate rate{.country = row.country(),
                         .customer_country = row.customer_country(),
                         .tax_code = row.tax_code()};
    ASSIGN_OR_RETURN(rate.rate, calculations::ReadDecimal(
                                    row.rate(), "/rates/" + std::to_string(i) + "/rate"));
    ASSIGN_OR_RETURN(rate.valid_from, calendar::Date::Parse(row.valid_from()));
    rates.push_back(std::move(rate));
  }
  return rates;
}

Result<std::vector<domain::TaxableLine>> LinesOf(const v1::TaxCalculationRequest& request,
                                                 std::span<const domain::TaxRate> rates) {
  domain::TaxRequest wanted{.country = request.country(),
                            .customer_country = request.customer_country()};
  ASSIGN_OR_RETURN(wanted.tax_point, calendar::Date::Parse(request.tax_point()));
  ASSIGN_OR_RETURN(const Money first, ReadMoney(request.lines(0).net(), "/lines/0/net"));
  std::vector<domain::TaxableLine> lines;
  for (int i = 0; i < request.lines_size(); ++i) {
    const v1::TaxLine& line = request.lines(i);
    wanted.tax_code =
        line.tax_code().empty() ? std::string(domain::kStandardTaxCode) : line.tax_code();
    ASSIGN_OR_RETURN(const money::Decimal rate, domain::FindTaxRate(rates, wanted));
    ASSIGN_OR_RETURN(const Money net, ReadMoney(line.net(), first.currency(),
                                                "/lines/" + std::to_string(i) + "/net"));
    lines.push_back({.tax_code = wanted.tax_code, .rate = rate, .net = net});
  }
  return lines;
}

}  // namespace

Result<v1::CalculatedTax> CalculateTax(const v1::TaxCalculationRequest& request) {
  ASSIGN_OR_RETURN(const auto rates, RatesOf(request));
  ASSIGN_OR_RETURN(const auto lines, LinesOf(request, rates));
  ASSIGN_OR_RETURN(const auto taxes,
                   domain::TaxByRate(lines, request.rounding_at() == v1::TAX_ROUNDING_PER_LINE
                                                ? domain::TaxRounding::kPerLine
                                                : domain::TaxRounding::kPerRate));
  v1::CalculatedTax answer;
  ShowTaxes(taxes, answer.mutable_derivation(), answer.mutable_taxes());
  Money net = Money::Zero(lines.front().net.currency());
  Money tax = net;
  for (const domain::RateTax& rate : taxes) {
    ASSIGN_OR_RETURN(net, money::Add(net, rate.base));
    ASSIGN_OR_RETURN(tax, money::Add(tax, rate.tax));
  }
  ASSIGN_OR_RETURN(const Money total, money::Add(net, tax));
  calculations::WriteMoney(net, answer.mutable_net());
  calculations::WriteMoney(tax, answer.mutable_tax());
  calculations::WriteMoney(total, answer.mutable_total());
  return answer;
}

}  // namespace continuo::billing::app
