#include "services/quoting/app/findings.h"

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/onboarding.pb.h"
#include "continuo/quoting/v1/finding.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/quoting/domain/options.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using domain::Finding;
using domain::Quantities;
using postgres::Parameter;
using postgres::Row;
using postgres::Transaction;

constexpr int kPaymentDays = 30;
constexpr int kPageSize = 100;

// The enums' values are in the domain's order, one above it.
static_assert(v1::FINDING_CODE_ONBOARDING_OPEN - 1 ==
              static_cast<int>(domain::FindingCode::kOnboardingOpen));
static_assert(v1::FINDING_SEVERITY_BLOCKING - 1 == static_cast<int>(domain::Severity::kBlocking));

Quantities Owned(Transaction& tx, const domain::Quote& quote) {
  Quantities owned;
  for (const Row row : tx.Run(sql::owned_quantities, quote.account_id)) {
    owned[ids::ProductId(row.Uuid("product_id"))] = row.Decimal("quantity");
  }
  return owned;
}

Quantities PeakUnitPrices(Transaction& tx, const domain::Quote& quote) {
  std::vector<Parameter> products, quantities;
  for (const auto& [product, quantity] : domain::BoughtQuantities(quote)) {
    products.emplace_back(product.ToString());
    quantities.emplace_back(quantity);
  }
  Quantities peaks;
  for (const Row row : tx.Run(sql::peak_unit_prices, quote.id, Parameter::Array(products),
                              Parameter::Array(quantities))) {
    const auto product = ids::ProductId::Parse(std::string(row.Text("product_id")));
    if (product) peaks[*product] = row.Decimal("unit_price");
  }
  return peaks;
}

void Show(const Finding& finding, v1::Finding* shown) {
  shown->set_code(static_cast<v1::FindingCode>(static_cast<int>(finding.code) + 1));
  shown->set_severity(
      static_cast<v1::FindingSeverity>(static_cast<int>(finding.severity) + 1));
  if (finding.line_id) shown->set_line_id(finding.line_id->ToString());
  if (finding.product_id) shown->set_product_id(finding.product_id->ToString());
  shown->set_onboarding_id(finding.onboarding_id);
  shown->set_actual(finding.actual);
  shown->set_expected(finding.expected);
  shown->set_text(finding.text);
}

Result<domain::OpenOnboarding> Read(const crm::v1::Onboarding& onboarding) {
  domain::OpenOnboarding read{.id = onboarding.id(),
                              .name = onboarding.name(),
                              .blocks_sale = onboarding.blocks_sale(),
                              .steps = onboarding.steps_size()};
  if (!onboarding.product_id().empty()) {
    ASSIGN_OR_RETURN(read.product_id, ids::ProductId::Parse(onboarding.product_id()));
  }
  for (const crm::v1::OnboardingStep& step : onboarding.steps()) {
    if (step.completed_on().empty()) read.open_steps.push_back(step.name());
  }
  return read;
}

}  // namespace

int PaymentDaysOf(const crm::v1::Account& account) {
  return account.has_payment_days() ? account.payment_days() : kPaymentDays;
}

Result<std::vector<domain::OpenOnboarding>> AskOnboardings(const App& app, const rpc::Call& call,
                                                           const ids::AccountId& account_id) {
  std::vector<domain::OpenOnboarding> onboardings;
  crm::v1::ListOnboardingsRequest request;
  request.set_account_id(account_id.ToString());
  request.set_status(crm::v1::ONBOARDING_STATUS_OPEN);
  request.set_limit(kPageSize);
  while (true) {
    ASSIGN_OR_RETURN(const auto page, app.peers.Ask<crm::v1::ListOnboardingsResponse>(
                                          AsQuoting(call),
                                          "continuo.crm.v1.CrmService/ListOnboardings", request));
    for (const crm::v1::Onboarding& onboarding : page.data()) {
      ASSIGN_OR_RETURN(onboardings.emplace_back(), Read(onboarding));
    }
    if (!page.has_more()) return onboardings;
    request.set_cursor(page.next_cursor());
  }
}

Result<domain::AccountFacts> AskAccountFacts(const App& app, const rpc::Call& call,
                                             const std::string& quote_id) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(quote_id);
  if (!id) return NotFound("quote", quote_id);
  ASSIGN_OR_RETURN(const ids::AccountId account_id,
                   app.database.Read(call, [&](Transaction& tx) -> Result<ids::AccountId> {
                     const postgres::Rows found = tx.Run(sql::find_quote_context, *id);
                     if (found.empty()) return NotFound("quote", quote_id);
                     return ids::AccountId(found.front().Uuid("account_id"));
                   }));
  crm::v1::GetAccountRequest request;
  request.set_id(account_id.ToString());
  ASSIGN_OR_RETURN(const auto account,
                   app.peers.Ask<crm::v1::Account>(AsQuoting(call),
                                                   "continuo.crm.v1.CrmService/GetAccount", request));
  ASSIGN_OR_RETURN(auto onboardings, AskOnboardings(app, call, account_id));
  return domain::AccountFacts{PaymentDaysOf(account), std::move(onboardings)};
}

std::vector<Finding> FindingsOf(Transaction& tx, const domain::Quote& quote,
                                const domain::AccountFacts& account) {
  return domain::FindingsOf(quote, {.account = account,
                                    .owned = Owned(tx, quote),
                                    .peak_unit_prices = PeakUnitPrices(tx, quote)});
}

Result<v1::QuoteFindings> GetQuoteFindings(const App& app, const rpc::Call& call,
                                           const v1::GetQuoteFindingsRequest& request) {
  ASSIGN_OR_RETURN(const domain::AccountFacts account,
                   AskAccountFacts(app, call, request.quote_id()));
  ASSIGN_OR_RETURN(const ids::QuoteId id, ids::QuoteId::Parse(request.quote_id()));
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::QuoteFindings> {
    ASSIGN_OR_RETURN(const store::StoredQuote stored, store::LoadQuote(tx, id));
    v1::QuoteFindings shown;
    shown.set_quote_id(id.ToString());
    shown.set_quote_revision(stored.quote.revision);
    for (const Finding& finding : FindingsOf(tx, domain::Sold(stored.quote), account)) {
      Show(finding, shown.add_findings());
    }
    return shown;
  });
}

}  // namespace continuo::quoting::app
