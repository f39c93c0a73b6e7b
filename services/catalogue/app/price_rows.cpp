#include "services/catalogue/app/price_rows.h"

#include "continuo/catalogue/v1/price_import.pb.h"
#include "libs/json/read.h"
#include "libs/json/validate.h"
#include "libs/postgres/rows.h"
#include "services/catalogue/app/product_shape.h"

namespace continuo::catalogue::app {
namespace {

std::vector<Violation> ReadJsonRow(std::string_view line, v1::PriceRow* row) {
  const auto named = json::ReadMessage(line, row);
  if (named) return json::Validate(*row);
  if (!named.error().violations.empty()) return named.error().violations;
  return {{"", "MALFORMED", named.error().message}};
}

}  // namespace

std::string ColumnOf(const std::string& pointer) {
  if (pointer.empty()) return "";
  if (pointer == "/product_id") return "product_code";
  return pointer.substr(1, pointer.find('/', 1) - 1);
}

domain::PriceRows ReadJsonRows(std::string_view text, int64_t first_line) {
  domain::PriceRows read;
  v1::PriceRow row;
  read.lines = domain::ForEachLine(text, first_line, [&](int64_t number, std::string_view line) {
    row.Clear();
    const std::vector<Violation> violations = ReadJsonRow(line, &row);
    for (const Violation& violation : violations) {
      read.faults.push_back(
          {number, ColumnOf(violation.pointer), violation.code, violation.detail});
    }
    if (!violations.empty()) {
      ++read.rows_refused;
      return;
    }
    read.rows.push_back({.line = number,
                         .product_code = row.product_code(),
                         .service_level = row.service_level(),
                         .price = PriceOf(row)});
  });
  return read;
}

domain::Product ReadPricedShape(const postgres::Row& row) {
  domain::Product shape{.kind = KindOfText(row.Text("kind")), .code = std::string(row.Text("code"))};
  if (const auto model = row.OptionalText("model")) {
    shape.pricing = domain::Pricing{.model = ModelOfText(*model),
                                    .package_size = row.OptionalDecimal("package_size"),
                                    .has_basis = row.Bool("has_basis")};
  }
  if (row.OptionalText("bundle_method") == "override") {
    shape.bundle_price = domain::BundlePrice{.method = domain::BundlePriceMethod::kOverride};
  }
  for (const std::string& code : row.TextArray("service_levels")) {
    shape.service_levels.push_back({.code = code});
  }
  return shape;
}

std::string BandsJson(const std::vector<money::PriceBand>& bands) {
  std::string json = "[";
  for (const money::PriceBand& band : bands) {
    json += json.size() > 1 ? ",{" : "{";
    if (band.up_to) json += "\"up_to\":\"" + band.up_to->ToString() + "\",";
    json += "\"unit_price\":\"" + band.unit_price.ToString() + "\"";
    if (!band.flat_fee.IsZero()) json += ",\"flat_fee\":\"" + band.flat_fee.ToString() + "\"";
    json += "}";
  }
  return json + "]";
}

}  // namespace continuo::catalogue::app
