#include "services/quoting/app/lines_from_request.h"

#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/rpc/peers.h"
#include "services/quoting/store/product_json.h"

namespace continuo::quoting::app {
namespace {

using money::Decimal;
using money::Money;

Result<catalogue::v1::ProductVersion> AskCatalogue(const App& app, const rpc::Call& call,
                                                   const std::string& product_id,
                                                   const std::string& pointer, calendar::Date on) {
  catalogue::v1::GetProductVersionRequest request;
  request.set_product_id(product_id);
  request.set_on(on.ToString());
  auto version = app.peers.Ask<catalogue::v1::ProductVersion>(
      AsQuoting(call), "continuo.catalogue.v1.CatalogueService/GetProductVersion", request);
  if (version) return version;
  const Fault& fault = version.error();
  if (fault.code == Code::kNotFound) {
    return Invalid(pointer + "/product_id", "REFERENCE_NOT_FOUND",
                   "There is no product " + product_id + ".");
  }
  if (fault.code == Code::kFailedPrecondition) {
    return FailedPrecondition("PRODUCT_NOT_SOLD",
                              "Product " + product_id + " is not on sale on " + on.ToString() +
                                  ". Publish it, or choose another.",
                              {{"product_id", product_id}, {"on", on.ToString()}});
  }
  return version;
}

Result<Sellable> ReadBundle(const App& app, const rpc::Call& call,
                            const catalogue::v1::Product& bundle, const std::string& pointer,
                            calendar::Date on) {
  Sellable sellable{.code = bundle.code()};
  for (const catalogue::v1::Component& component : bundle.components()) {
    ASSIGN_OR_RETURN(const auto version,
                     AskCatalogue(app, call, component.product_id(), pointer, on));
    if (version.product().kind() == catalogue::v1::PRODUCT_KIND_BUNDLE) {
      return FailedPrecondition("PRODUCT_NOT_SOLD",
                                "Bundle " + bundle.code() + " holds another bundle, " +
                                    version.product().code() +
                                    ". Put that one's components into it.",
                                {{"product_id", bundle.id()}});
    }
    domain::BundleComponent part;
    ASSIGN_OR_RETURN(part.product, store::ReadProduct(version.product(), version.version()));
    ASSIGN_OR_RETURN(part.quantity, Decimal::Parse(component.quantity()));
    sellable.components.push_back(std::move(part));
  }
  if (sellable.components.empty()) {
    return FailedPrecondition("PRODUCT_NOT_SOLD",
                              "Bundle " + bundle.code() + " has no components.",
                              {{"product_id", bundle.id()}});
  }
  return sellable;
}

Result<std::optional<calendar::Date>> OptionalDate(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return calendar::Date::Parse(text);
}

}  // namespace

Result<std::optional<Money>> ReadDiscountAmount(const type::v1::Money& amount,
                                                const std::string& pointer) {
  if (amount.amount().empty() && amount.currency().empty()) return std::nullopt;
  const Result<Money> read = Money::Parse(amount.amount(), amount.currency());
  if (!read) {
    return Invalid(pointer + "/discount_amount/amount", "INVALID_AMOUNT", read.error().message);
  }
  return *read;
}

Result<NewLine> ReadNewLine(const v1::QuoteLine& line, const std::string& pointer) {
  NewLine read{.product_id = line.product_id(), .pointer = pointer};
  domain::LineTerms& terms = read.terms;
  ASSIGN_OR_RETURN(terms.quantity, Decimal::Parse(line.quantity()));
  if (!line.discount_percent().empty()) {
    ASSIGN_OR_RETURN(terms.discount_percent, Decimal::Parse(line.discount_percent()));
  }
  ASSIGN_OR_RETURN(terms.discount_amount, ReadDiscountAmount(line.discount_amount(), pointer));
  ASSIGN_OR_RETURN(terms.start_on, OptionalDate(line.start_on()));
  if (!line.requested_quantity().empty()) {
    ASSIGN_OR_RETURN(terms.requested_quantity, Decimal::Parse(line.requested_quantity()));
  }
  terms.service_level = line.service_level();
  terms.group = line.group();
  for (const std::string& covered : line.covers()) {
    ASSIGN_OR_RETURN(const ids::QuoteLineId id, ids::QuoteLineId::Parse(covered));
    terms.covers.push_back(id);
  }
  return read;
}

Result<std::vector<NewLine>> ReadNewLines(
    const google::protobuf::RepeatedPtrField<v1::QuoteLine>& lines, const std::string& pointer) {
  std::vector<NewLine> read;
  for (int i = 0; i < lines.size(); ++i) {
    ASSIGN_OR_RETURN(NewLine line, ReadNewLine(lines[i], pointer + "/" + std::to_string(i)));
    read.push_back(std::move(line));
  }
  return read;
}

Result<Sellables> FindSellables(const App& app, const rpc::Call& call,
                                const std::vector<NewLine>& lines, calendar::Date on) {
  Sellables sellables;
  for (const NewLine& line : lines) {
    if (sellables.contains(line.product_id)) continue;
    ASSIGN_OR_RETURN(const auto version,
                     AskCatalogue(app, call, line.product_id, line.pointer, on));
    if (version.product().kind() == catalogue::v1::PRODUCT_KIND_BUNDLE) {
      ASSIGN_OR_RETURN(sellables[line.product_id],
                       ReadBundle(app, call, version.product(), line.pointer, on));
      continue;
    }
    Sellable sellable{.code = version.product().code()};
    ASSIGN_OR_RETURN(sellable.product, store::ReadProduct(version.product(), version.version()));
    sellables[line.product_id] = std::move(sellable);
  }
  return sellables;
}

Result<void> AddLines(domain::Quote* quote, const std::vector<NewLine>& lines,
                      const Sellables& sellables) {
  for (const NewLine& line : lines) {
    const Sellable& sellable = sellables.at(line.product_id);
    if (sellable.product) {
      RETURN_IF_FAULT(domain::Add(quote, line.terms, *sellable.product, line.pointer));
    } else {
      RETURN_IF_FAULT(domain::AddBundle(quote, line.terms, sellable.code, sellable.components,
                                        line.pointer));
    }
  }
  return {};
}

}  // namespace continuo::quoting::app
