#include "services/quoting/app/lines_from_request.h"

#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/rpc/peers.h"
#include "services/quoting/store/product_json.h"

namespace continuo::quoting::app {
namespace {

using money::Decimal;
using money::Money;

// The content behind the stamp that the catalogue has answered with.
Result<OfferCache::Version> Content(const App& app, const std::string& product_id,
                                    const OfferCache::Kept& kept,
                                    const catalogue::v1::CatalogueOffer& offer) {
  if (offer.has_version()) {
    auto version = std::make_shared<const catalogue::v1::ProductVersion>(offer.version());
    app.offers->Keep(product_id, offer.stamp(), version);
    return OfferCache::Version(version);
  }
  const auto known = kept.find(offer.stamp());
  if (known != kept.end()) return known->second;
  return Internal("The catalogue names a stamp of product " + product_id + " that was not asked for");
}

Result<OfferCache::Version> AskCatalogue(const App& app, const rpc::Call& call,
                                         const std::string& product_id,
                                         const std::string& pointer, const Buyer& buyer, calendar::Date on) {
  catalogue::v1::GetOfferRequest request;
  request.set_product_id(product_id);
  request.set_on(on.ToString());
  request.set_account_id(buyer.account_id.ToString());
  request.set_segment(buyer.segment);
  request.set_division_id(buyer.division_id.ToString());
  request.set_currency(buyer.currency.ToString());
  const auto id = ids::ProductId::Parse(product_id);
  request.set_existing_customer(id && buyer.owned.contains(*id));
  const OfferCache::Kept kept = app.offers->Of(product_id);
  for (const auto& [stamp, version] : kept) request.add_known_stamps(stamp);
  const auto offer = app.peers.Ask<catalogue::v1::CatalogueOffer>(
      AsQuoting(call), "continuo.catalogue.v1.CatalogueService/GetOffer", request);
  if (offer) return Content(app, product_id, kept, *offer);
  const Fault& fault = offer.error();
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
  return Failure(fault);
}

// Bundles hold bundles, three levels in all; the catalogue refuses more when they are saved, and a
// part that was published later may still have grown.
constexpr int kBundleLevels = 3;

// Asks the catalogue once for each product, however often bundles name it.
class Catalogue {
 public:
  Catalogue(const App& app, const rpc::Call& call, const Buyer& buyer, calendar::Date on)
      : app_(app), call_(call), buyer_(buyer), on_(on) {}

  Result<domain::Offer> OfferOf(const std::string& product_id, const std::string& pointer,
                                int level = 1) {
    ASSIGN_OR_RETURN(const OfferCache::Version version, VersionOf(product_id, pointer));
    const catalogue::v1::Product& product = version->product();
    if (product.kind() != catalogue::v1::PRODUCT_KIND_BUNDLE) {
      ASSIGN_OR_RETURN(domain::Product sold, store::ReadProduct(product, version->version()));
      domain::Offer offer{.id = sold.id, .version = sold.version, .code = sold.code};
      offer.product = std::move(sold);
      return offer;
    }
    if (level > kBundleLevels) return NotSold(product, "lies deeper than three bundles");
    ASSIGN_OR_RETURN(domain::Offer bundle, store::ReadBundle(product, version->version()));
    for (const catalogue::v1::Component& component : product.components()) {
      ASSIGN_OR_RETURN(domain::Part part, store::ReadPart(component));
      ASSIGN_OR_RETURN(part.offer, OfferOf(component.product_id(), pointer, level + 1));
      bundle.parts.push_back(std::move(part));
    }
    if (bundle.parts.empty()) return NotSold(product, "has no components");
    return bundle;
  }

 private:
  Result<OfferCache::Version> VersionOf(const std::string& product_id, const std::string& pointer) {
    const auto known = versions_.find(product_id);
    if (known != versions_.end()) return known->second;
    ASSIGN_OR_RETURN(OfferCache::Version version,
                     AskCatalogue(app_, call_, product_id, pointer, buyer_, on_));
    return versions_.emplace(product_id, std::move(version)).first->second;
  }

  static Failure NotSold(const catalogue::v1::Product& bundle, const std::string& why) {
    return FailedPrecondition("PRODUCT_NOT_SOLD", "Bundle " + bundle.code() + " " + why + ".",
                              {{"product_id", bundle.id()}});
  }

  const App& app_;
  const rpc::Call& call_;
  const Buyer& buyer_;
  calendar::Date on_;
  std::map<std::string, OfferCache::Version> versions_;
};

Result<void> ReadChoices(const v1::QuoteLine& line, NewLine* read) {
  for (const v1::BundleChoice& choice : line.choices()) {
    ASSIGN_OR_RETURN(const ids::ProductId product_id, ids::ProductId::Parse(choice.product_id()));
    ASSIGN_OR_RETURN(const Decimal quantity, Decimal::Parse(choice.quantity()));
    read->choices.push_back({product_id, quantity});
  }
  return {};
}

Result<void> ReadChange(const v1::QuoteLine& line, NewLine* read) {
  if (!line.has_change()) return {};
  domain::ChangeRequest change;
  // The enum's values are in the domain's order, one above it.
  change.kind = static_cast<domain::ChangeKind>(static_cast<int>(line.change().kind()) - 1);
  ASSIGN_OR_RETURN(change.order_line_id, ids::OrderLineId::Parse(line.change().order_line_id()));
  ASSIGN_OR_RETURN(change.effective_on, OptionalDate(line.change().effective_on()));
  if (line.ramp_size() > 0) {
    return Invalid(read->pointer + "/ramp", "NOT_ALLOWED",
                   "What goes on in place of a running line has one quantity. Leave the ramp out.");
  }
  read->change = change;
  return {};
}

bool TakesProductFromContract(const NewLine& line) {
  return line.change && line.change->kind != domain::ChangeKind::kSwap;
}

Result<void> AddChange(domain::Quote* quote, const NewLine& line, const Offers& offers,
                       const KnownLines& known) {
  if (!quote->contract) {
    return Invalid(line.pointer + "/change", "NOT_ALLOWED",
                   "Only a quote with a contract_id changes lines of a contract.");
  }
  const KnownLine& found = known.at(line.pointer);
  if (!TakesProductFromContract(line)) {
    const domain::Offer& offer = offers.at(line.product_id);
    if (!offer.product) {
      return Invalid(line.pointer + "/change", "NOT_FOR_BUNDLES",
                     "Put one of the bundle's products in the line's place, and add the others.");
    }
    return domain::AddChange(quote, line.terms, *line.change, found.running, found.sold,
                             &*offer.product, line.pointer);
  }
  if (line.product_id != found.sold.product.id.ToString()) {
    return Invalid(line.pointer + "/product_id", "NOT_ALLOWED",
                   "The line sells product " + found.sold.product.id.ToString() +
                       ". Name that, or swap it for another.");
  }
  return domain::AddChange(quote, line.terms, *line.change, found.running, found.sold, nullptr,
                           line.pointer);
}

Result<void> ReadRamp(const v1::QuoteLine& line, NewLine* read) {
  for (const v1::RampStep& message : line.ramp()) {
    domain::RampStep step{.periods = message.periods()};
    ASSIGN_OR_RETURN(step.quantity, Decimal::Parse(message.quantity()));
    ASSIGN_OR_RETURN(step.unit_price, OptionalDecimal(message.unit_price()));
    ASSIGN_OR_RETURN(step.discount_percent, OptionalDecimal(message.discount_percent()));
    read->ramp.push_back(step);
  }
  return {};
}

}  // namespace

Result<std::optional<calendar::Date>> OptionalDate(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return calendar::Date::Parse(text);
}

Result<std::optional<Decimal>> OptionalDecimal(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return Decimal::Parse(text);
}

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
  ASSIGN_OR_RETURN(const auto discount_percent, OptionalDecimal(line.discount_percent()));
  terms.discount_percent = discount_percent.value_or(0);
  ASSIGN_OR_RETURN(terms.discount_amount, ReadDiscountAmount(line.discount_amount(), pointer));
  ASSIGN_OR_RETURN(terms.start_on, OptionalDate(line.start_on()));
  ASSIGN_OR_RETURN(terms.requested_quantity, OptionalDecimal(line.requested_quantity()));
  terms.service_level = line.service_level();
  terms.group = line.group();
  terms.option = line.option();
  terms.alternative_group = line.alternative_group();
  terms.override_reason = line.override_reason();
  ASSIGN_OR_RETURN(terms.override_unit_price, OptionalDecimal(line.override_unit_price()));
  if (line.has_term_length()) {
    ASSIGN_OR_RETURN(terms.term, store::ReadPeriod(line.term_length()));
  }
  RETURN_IF_FAULT(ReadChoices(line, &read));
  RETURN_IF_FAULT(ReadRamp(line, &read));
  RETURN_IF_FAULT(ReadChange(line, &read));
  for (const v1::Delivery& delivery : line.deliveries()) {
    domain::Delivery& own = terms.deliveries.emplace_back();
    ASSIGN_OR_RETURN(own.on, calendar::Date::Parse(delivery.on()));
    ASSIGN_OR_RETURN(own.quantity, Decimal::Parse(delivery.quantity()));
  }
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

Result<Offers> FindOffers(const App& app, const rpc::Call& call, const std::vector<NewLine>& lines,
                          const Buyer& buyer, calendar::Date on) {
  Catalogue catalogue(app, call, buyer, on);
  Offers offers;
  for (const NewLine& line : lines) {
    if (TakesProductFromContract(line) || offers.contains(line.product_id)) continue;
    ASSIGN_OR_RETURN(offers[line.product_id], catalogue.OfferOf(line.product_id, line.pointer));
  }
  return offers;
}

Result<void> AddLines(domain::Quote* quote, const std::vector<NewLine>& lines,
                      const Offers& offers, const KnownLines& known) {
  for (const NewLine& line : lines) {
    if (line.change) {
      RETURN_IF_FAULT(AddChange(quote, line, offers, known));
      continue;
    }
    const domain::Offer& offer = offers.at(line.product_id);
    if (line.ramp.empty()) {
      RETURN_IF_FAULT(domain::AddOffer(quote, line.terms, offer, line.choices, line.pointer));
      continue;
    }
    if (!offer.product) {
      return Invalid(line.pointer + "/ramp", "NOT_FOR_BUNDLES",
                     "Give the bundle's products ramps, on lines of their own.");
    }
    RETURN_IF_FAULT(domain::AddRamp(quote, line.terms, *offer.product, line.ramp, line.pointer));
  }
  return {};
}

}  // namespace continuo::quoting::app
