#include "services/catalogue/app/preview_price.h"

#include "continuo/catalogue/v1/price_preview.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "libs/money/money.h"
#include "libs/postgres/database.h"
#include "services/catalogue/app/book_prices.h"
#include "services/catalogue/app/product_shape.h"
#include "services/catalogue/app/product_versions.h"

namespace continuo::catalogue::app {
namespace {

Result<std::optional<pricing::ServiceLevelFactor>> LevelAsked(
    const v1::Product& product, const v1::PricePreviewRequest& request) {
  if (request.service_level().empty()) return std::nullopt;
  const std::optional<pricing::ServiceLevelFactor> level =
      ServiceLevelOf(product, request.service_level(), request.currency());
  if (!level) {
    return Invalid("/service_level", "REFERENCE_NOT_FOUND",
                   "Product " + product.code() + " has no service level " +
                       request.service_level() + ". Name one of its levels, or none.");
  }
  return level;
}

Result<v1::PricePreview> Preview(const v1::ProductVersion& version,
                                 const v1::PricePreviewRequest& request) {
  const v1::Product& product = version.product();
  if (product.kind() == v1::PRODUCT_KIND_BUNDLE) {
    return FailedPrecondition("BUNDLE_HAS_NO_PRICE",
                              "Product " + product.code() +
                                  " is a bundle. Preview the price of its components.",
                              {{"product_id", product.id()}});
  }
  const std::optional<pricing::PriceTable> table = PriceTableOf(product, request.currency());
  if (!table) {
    return Invalid("/currency", "NO_PRICE",
                   "Product " + product.code() + " has no price in " + request.currency() +
                       ". Name one of its currencies.");
  }
  ASSIGN_OR_RETURN(const auto level, LevelAsked(product, request));
  ASSIGN_OR_RETURN(const money::Decimal quantity, money::Decimal::Parse(request.quantity()));
  pricing::Waterfall way;
  ASSIGN_OR_RETURN(const pricing::Price price,
                   pricing::CataloguePrice(quantity, *table, level, {}, &way));
  ASSIGN_OR_RETURN(const money::Currency currency, money::Currency::Parse(request.currency()));
  ASSIGN_OR_RETURN(const money::Money amount, money::Round(price.amount, currency));
  ASSIGN_OR_RETURN(const money::Decimal unit_price,
                   money::RoundToDecimal(price.unit_price, money::Decimal::kPlaces));
  v1::PricePreview preview;
  preview.set_product_id(product.id());
  preview.set_product_version(version.version());
  preview.set_quantity(quantity.ToString());
  preview.set_service_level(request.service_level());
  preview.set_currency(request.currency());
  preview.set_list_unit_price(price.list_unit_price.ToString());
  preview.set_net_unit_price(unit_price.ToString());
  preview.mutable_net_amount()->set_amount(amount.AmountText());
  preview.mutable_net_amount()->set_currency(amount.currency().ToString());
  for (const pricing::Step& step : way.steps()) {
    type::v1::Step& shown = *preview.add_steps();
    shown.set_name(std::string(step.name));
    shown.set_detail(step.DetailText());
    shown.set_amount_before(step.BeforeText());
    shown.set_amount_after(step.AfterText());
  }
  return preview;
}

v1::PriceBookOutcome Name(domain::BookOutcome outcome) {
  switch (outcome) {
    case domain::BookOutcome::kWon:
      return v1::PRICE_BOOK_OUTCOME_WON;
    case domain::BookOutcome::kBehind:
      return v1::PRICE_BOOK_OUTCOME_BEHIND;
    case domain::BookOutcome::kNoEntry:
      return v1::PRICE_BOOK_OUTCOME_NO_ENTRY;
    case domain::BookOutcome::kDoesNotFit:
      return v1::PRICE_BOOK_OUTCOME_DOES_NOT_FIT;
    case domain::BookOutcome::kOtherCurrency:
      return v1::PRICE_BOOK_OUTCOME_OTHER_CURRENCY;
    case domain::BookOutcome::kOtherAccount:
      return v1::PRICE_BOOK_OUTCOME_OTHER_ACCOUNT;
    case domain::BookOutcome::kOtherSegment:
      return v1::PRICE_BOOK_OUTCOME_OTHER_SEGMENT;
    case domain::BookOutcome::kOtherDivision:
      return v1::PRICE_BOOK_OUTCOME_OTHER_DIVISION;
    case domain::BookOutcome::kNotYetValid:
      return v1::PRICE_BOOK_OUTCOME_NOT_YET_VALID;
    case domain::BookOutcome::kNoLongerValid:
      return v1::PRICE_BOOK_OUTCOME_NO_LONGER_VALID;
  }
  __builtin_unreachable();
}

void Show(const BooksLookedAt& looked_at, v1::PricePreview* preview) {
  for (const domain::BookStep& step : looked_at.choice.steps) {
    const domain::PriceBook& book = looked_at.books[step.candidate].book;
    v1::PriceBookStep& shown = *preview->add_price_books();
    shown.set_price_book_id(book.id.ToString());
    shown.set_code(book.code);
    shown.set_outcome(Name(step.outcome));
    shown.set_detail(step.detail);
  }
  if (const auto winner = looked_at.choice.winner) {
    preview->set_price_book_id(looked_at.books[*winner].book.id.ToString());
  }
}

// Without the day, which is the transaction's to know.
Result<domain::Buyer> AskBuyer(const App& app, const rpc::Call& call,
                               const v1::PricePreviewRequest& request) {
  domain::Buyer buyer{.segment = request.segment(), .currency = request.currency()};
  if (!request.account_id().empty()) {
    ASSIGN_OR_RETURN(buyer.account, ids::AccountId::Parse(request.account_id()));
    ASSIGN_OR_RETURN(const crm::v1::Account account, AskAccount(app, call, request.account_id()));
    if (buyer.segment.empty()) buyer.segment = account.segment();
  }
  if (!request.division_id().empty()) {
    ASSIGN_OR_RETURN(buyer.division, ids::DivisionId::Parse(request.division_id()));
    RETURN_IF_FAULT(CheckDivision(app, call, request.division_id()));
  }
  return buyer;
}

}  // namespace

Result<v1::PricePreview> PreviewPrice(const App& app, const rpc::Call& call,
                                      const v1::PricePreviewRequest& request) {
  ASSIGN_OR_RETURN(domain::Buyer buyer, AskBuyer(app, call, request));
  return app.database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::PricePreview> {
    buyer.day = DayOrToday(tx, request.on());
    Result<v1::ProductVersion> version = VersionOnSale(
        tx, request.product_id(), buyer.day,
        request.existing_customer() ? Customer::kExisting : Customer::kNew);
    if (!version && version.error().code == Code::kNotFound) {
      return Invalid("/product_id", "REFERENCE_NOT_FOUND",
                     "There is no such product. Check the id.");
    }
    RETURN_IF_FAULT(version);
    const BooksLookedAt looked_at = PriceByBooks(tx, buyer, version->mutable_product());
    ASSIGN_OR_RETURN(v1::PricePreview preview, Preview(*version, request));
    preview.set_on(buyer.day.ToString());
    preview.set_account_id(request.account_id());
    preview.set_division_id(request.division_id());
    preview.set_segment(buyer.segment);
    Show(looked_at, &preview);
    return preview;
  });
}

}  // namespace continuo::catalogue::app
