#include "services/quoting/store/line_json.h"

#include <stdexcept>

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/json/read.h"
#include "libs/json/write.h"
#include "services/quoting/store/product_json.h"

namespace continuo::quoting::store {
namespace {

using catalogue::v1::BundlePriceMethod;
using money::Decimal;

template <class Message>
Message Parse(std::string_view json) {
  Message message;
  if (json::ReadMessage(json, &message, json::Direction::kResponse)) return message;
  throw std::logic_error("What was stored of a line does not read: " + std::string(json));
}

BundlePriceMethod MethodOf(domain::BundlePriceMethod method) {
  switch (method) {
    case domain::BundlePriceMethod::kSum:
      return catalogue::v1::BUNDLE_PRICE_METHOD_SUM;
    case domain::BundlePriceMethod::kDiscount:
      return catalogue::v1::BUNDLE_PRICE_METHOD_DISCOUNT;
    case domain::BundlePriceMethod::kOverride:
      return catalogue::v1::BUNDLE_PRICE_METHOD_OVERRIDE;
  }
  __builtin_unreachable();
}

// The enums' values are in the domain's order, one above it.
void Put(const domain::Period& period, catalogue::v1::Period* message) {
  message->set_unit(static_cast<catalogue::v1::PeriodUnit>(static_cast<int>(period.unit) + 1));
  message->set_count(period.count);
}

v1::ContractChangeKind KindOf(domain::ChangeKind kind) {
  return static_cast<v1::ContractChangeKind>(static_cast<int>(kind) + 1);
}

void Put(const money::Money& amount, type::v1::Money* message) {
  message->set_amount(amount.AmountText());
  message->set_currency(amount.currency().ToString());
}

money::Money Amount(const type::v1::Money& message) {
  return money::Money::Parse(message.amount(), message.currency()).value();
}

}  // namespace

std::string BundlesJson(const std::vector<domain::Bundle>& bundles) {
  std::string json = "[";
  for (const domain::Bundle& bundle : bundles) {
    v1::QuoteBundle message;
    message.set_id(bundle.id.ToString());
    message.set_product_id(bundle.product_id.ToString());
    message.set_product_version(bundle.product_version);
    message.set_code(bundle.code);
    message.set_quantity(bundle.quantity.ToString());
    message.set_method(MethodOf(bundle.method));
    if (!bundle.discount_percent.IsZero()) {
      message.set_discount_percent(bundle.discount_percent.ToString());
    }
    if (bundle.price) message.set_price(bundle.price->ToString());
    message.set_price_book_code(bundle.price_book);
    if (json.size() > 1) json += ",";
    json::WriteMessage(message, &json);
  }
  return json + "]";
}

std::string SegmentJson(const std::optional<domain::Segment>& segment) {
  if (!segment) return "";
  v1::RampSegment message;
  message.set_ramp_id(segment->ramp_id.ToString());
  message.set_number(segment->number);
  message.set_is_last(segment->is_last);
  std::string json;
  json::WriteMessage(message, &json);
  return json;
}

std::string PeriodJson(const std::optional<domain::Period>& period) {
  if (!period) return "";
  catalogue::v1::Period message;
  Put(*period, &message);
  std::string json;
  json::WriteMessage(message, &json);
  return json;
}

std::string ChangeJson(const std::optional<domain::ContractChange>& change) {
  if (!change) return "";
  v1::ContractChange message;
  message.set_kind(KindOf(change->kind));
  message.set_order_line_id(change->order_line_id.ToString());
  message.set_effective_on(change->effective_on.ToString());
  message.set_quantity_before(change->quantity_before.ToString());
  Put(change->net_amount_before, message.mutable_net_amount_before());
  Put(change->billing_before, message.mutable_billing_period_before());
  message.set_end_on_before(change->end_on_before.ToString());
  Put(change->ended_total, message.mutable_ended_total());
  message.set_takes_over(change->takes_over);
  std::string json;
  json::WriteMessage(message, &json);
  return json;
}

std::string DeliveriesJson(const domain::Deliveries& deliveries) {
  std::string json = "[";
  for (const domain::Delivery& delivery : deliveries) {
    v1::Delivery message;
    message.set_on(delivery.on.ToString());
    message.set_quantity(delivery.quantity.ToString());
    if (json.size() > 1) json += ",";
    json::WriteMessage(message, &json);
  }
  return json + "]";
}

std::vector<domain::Bundle> ParseBundles(std::string_view json) {
  if (json == "[]") return {};
  const auto line = Parse<v1::QuoteLine>("{\"bundles\":" + std::string(json) + "}");
  std::vector<domain::Bundle> bundles;
  for (const v1::QuoteBundle& message : line.bundles()) {
    domain::Bundle bundle{.id = ids::Uuid::Parse(message.id()).value(),
                          .product_id = ids::ProductId::Parse(message.product_id()).value(),
                          .product_version = message.product_version(),
                          .code = message.code(),
                          .quantity = Decimal::Parse(message.quantity()).value(),
                          .method = ReadMethod(message.method()).value(),
                          .price_book = message.price_book_code()};
    if (!message.discount_percent().empty()) {
      bundle.discount_percent = Decimal::Parse(message.discount_percent()).value();
    }
    if (!message.price().empty()) bundle.price = Decimal::Parse(message.price()).value();
    bundles.push_back(std::move(bundle));
  }
  return bundles;
}

std::optional<domain::Segment> ParseSegment(std::optional<std::string_view> json) {
  if (!json) return std::nullopt;
  const auto message = Parse<v1::RampSegment>(*json);
  return domain::Segment{ids::Uuid::Parse(message.ramp_id()).value(), message.number(),
                         message.is_last()};
}

std::optional<domain::Period> ParsePeriod(std::optional<std::string_view> json) {
  if (!json) return std::nullopt;
  return ReadPeriod(Parse<catalogue::v1::Period>(*json)).value();
}

std::optional<domain::ContractChange> ParseChange(std::optional<std::string_view> json) {
  if (!json) return std::nullopt;
  return ReadChange(Parse<v1::ContractChange>(*json));
}

domain::ContractChange ReadChange(const v1::ContractChange& change) {
  return {.kind = static_cast<domain::ChangeKind>(static_cast<int>(change.kind()) - 1),
          .order_line_id = ids::OrderLineId::Parse(change.order_line_id()).value(),
          .effective_on = calendar::Date::Parse(change.effective_on()).value(),
          .quantity_before = Decimal::Parse(change.quantity_before()).value(),
          .net_amount_before = Amount(change.net_amount_before()),
          .billing_before = ReadPeriod(change.billing_period_before()).value(),
          .end_on_before = calendar::Date::Parse(change.end_on_before()).value(),
          .ended_total = Amount(change.ended_total()),
          .takes_over = change.takes_over()};
}

domain::Deliveries ParseDeliveries(std::string_view json) {
  if (json == "[]") return {};
  const auto line = Parse<v1::QuoteLine>("{\"deliveries\":" + std::string(json) + "}");
  domain::Deliveries deliveries;
  for (const v1::Delivery& message : line.deliveries()) {
    deliveries.push_back({calendar::Date::Parse(message.on()).value(),
                          Decimal::Parse(message.quantity()).value()});
  }
  return deliveries;
}

}  // namespace continuo::quoting::store
