#include "services/quoting/app/price_guidance.h"

#include "continuo/quoting/v1/price_guidance.pb.h"
#include "libs/ids/kinds.h"
#include "libs/money/decimal.h"
#include "libs/postgres/database.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using money::Decimal;
using postgres::Row;
using postgres::Transaction;

constexpr std::int64_t kQuantityMax = 2'000'000'000;
// What was paid long ago guides nobody, and a product is sold more often than one can look through.
constexpr int kNewestLines = 10'000;

// Deals of about the size that is asked about.
struct Sizes {
  Decimal from, to = kQuantityMax;
};

Result<Sizes> SizesAbout(const std::string& quantity) {
  if (quantity.empty()) return Sizes{};
  ASSIGN_OR_RETURN(const Decimal asked, Decimal::Parse(quantity));
  return Sizes{Decimal::FromScaled(asked.scaled() / 2), asked + asked};
}

void ShowPrices(const Row& row, v1::PriceGuidance* shown) {
  shown->set_won_lines(row.Int("won_lines"));
  if (shown->won_lines() == 0) return;
  shown->set_lowest(row.Decimal("lowest").ToString());
  shown->set_lower_quartile(row.Decimal("lower_quartile").ToString());
  shown->set_median(row.Decimal("median").ToString());
  shown->set_upper_quartile(row.Decimal("upper_quartile").ToString());
  shown->set_highest(row.Decimal("highest").ToString());
}

void ShowBand(const Row& row, v1::DiscountBand* shown) {
  if (!row.IsNull("above")) shown->set_above(std::to_string(row.Int("above")));
  shown->set_up_to(std::to_string(row.Int("upto")));
  shown->set_won(row.Int("won"));
  shown->set_lost(row.Int("lost"));
  shown->set_win_rate_percent(row.Decimal("win_rate").ToString());
}

void ShowLast(const Row& row, v1::LastPrice* shown) {
  shown->set_unit_price(row.Decimal("net_unit_price").ToString());
  shown->set_quantity(row.Decimal("quantity").ToString());
  shown->set_order_id(row.Id("ord", "order_id"));
  shown->set_ordered_on(row.Date("accepted_on").ToString());
}

}  // namespace

Result<v1::PriceGuidance> GetPriceGuidance(const App& app, const rpc::Call& call,
                                           const v1::GetPriceGuidanceRequest& request) {
  ASSIGN_OR_RETURN(const ids::ProductId product, ids::ProductId::Parse(request.product_id()));
  ASSIGN_OR_RETURN(const Sizes sizes, SizesAbout(request.quantity()));
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::PriceGuidance> {
    v1::PriceGuidance shown;
    shown.set_product_id(product.ToString());
    shown.set_currency(request.currency());
    ShowPrices(tx.Run(sql::won_prices, product, request.currency(), sizes.from, sizes.to, kNewestLines)
                   .front(),
               &shown);
    for (const Row row : tx.Run(sql::won_by_discount, product, request.currency(), sizes.from,
                                sizes.to, kNewestLines)) {
      ShowBand(row, shown.add_win_rates());
    }
    if (request.account_id().empty()) return shown;
    ASSIGN_OR_RETURN(const ids::AccountId account, ids::AccountId::Parse(request.account_id()));
    for (const Row row : tx.Run(sql::last_price_paid, account, product, request.currency())) {
      ShowLast(row, shown.mutable_last_price());
    }
    return shown;
  });
}

}  // namespace continuo::quoting::app
