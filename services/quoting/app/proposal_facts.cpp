#include "services/quoting/app/proposal_facts.h"

#include <map>
#include <stdexcept>

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "continuo/quoting/v1/clause.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/json/read.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/quoting/app/show.h"
#include "services/quoting/store/product_json.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using catalogue::v1::Product;
using money::Money;
using postgres::Transaction;

// As one transaction sees it.
struct Stored {
  v1::Quote quote;
  std::map<std::string, Product> products;  // by line
  calendar::Instant submitted_at;
};

Result<Stored> Read(const App& app, const rpc::Call& call, const ids::QuoteId& id) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<Stored> {
    Stored stored;
    ASSIGN_OR_RETURN(stored.quote, ShowQuote(tx, id));
    for (const postgres::Row row : tx.Run(sql::list_proposal_lines, id)) {
      Product& product = stored.products[row.Id("ql", "id")];
      if (!json::ReadMessage(row.Text("product"), &product, json::Direction::kStored)) {
        throw std::logic_error("A frozen product does not read.");
      }
    }
    const postgres::Rows version = tx.Run(sql::find_submitted_at, id, stored.quote.version());
    if (version.empty()) {
      return FailedPrecondition(
          "QUOTE_ACTION_NOT_ALLOWED",
          "The quote's version has not been submitted. A proposal is made of terms that stand.",
          {{"status", "draft"}, {"allowed", "submitted, approved, released, accepted"}});
    }
    stored.submitted_at = version.front().Instant("submitted_at");
    return stored;
  });
}

std::vector<std::string> AddressLines(const crm::v1::Account& account) {
  const crm::v1::Address& address = account.billing_address();
  std::vector<std::string> lines(address.lines().begin(), address.lines().end());
  std::string place = address.postal_code();
  if (!address.city().empty()) place += (place.empty() ? "" : " ") + address.city();
  for (const std::string& line : {place, address.region()}) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::string CountryOf(const crm::v1::Account& account) {
  const std::string& of_address = account.billing_address().country();
  return of_address.empty() ? account.country() : of_address;
}

Result<void> AskParties(const App& app, const rpc::Call& call, const v1::Quote& quote,
                        domain::ProposalFacts* facts) {
  crm::v1::GetAccountRequest of_account;
  of_account.set_id(quote.account_id());
  ASSIGN_OR_RETURN(const auto account,
                   app.peers.Ask<crm::v1::Account>(
                       AsQuoting(call), "continuo.crm.v1.CrmService/GetAccount", of_account));
  directory::v1::GetDivisionRequest of_division;
  of_division.set_id(quote.division_id());
  ASSIGN_OR_RETURN(
      const auto division,
      app.peers.Ask<directory::v1::Division>(
          AsQuoting(call), "continuo.directory.v1.DirectoryService/GetDivision", of_division));
  facts->seller.name = division.legal_name();
  facts->customer = {account.name(), AddressLines(account), {}};
  // Countries are named where there are two of them.
  if (const std::string country = CountryOf(account); !country.empty() && country != division.country()) {
    facts->customer.address.push_back(country);
    facts->seller.address.push_back(division.country());
  }
  for (const auto& tax_id : account.tax_ids()) {
    facts->customer.tax_numbers.push_back(tax_id.number());
  }
  for (const auto& registration : division.tax_registrations()) {
    facts->seller.tax_numbers.push_back(registration.number());
  }
  return {};
}

domain::Renewal RenewalOf(const catalogue::v1::Term& term) {
  switch (term.renewal()) {
    case catalogue::v1::RENEWAL_KIND_AUTOMATIC:
      return domain::Renewal::kAutomatic;
    case catalogue::v1::RENEWAL_KIND_MANUAL:
      return domain::Renewal::kManual;
    case catalogue::v1::RENEWAL_KIND_EVERGREEN:
      return domain::Renewal::kEvergreen;
    default:
      return domain::Renewal::kNone;
  }
}

Result<Money> ReadMoney(const type::v1::Money& money) {
  return Money::Parse(money.amount(), money.currency());
}

Result<std::optional<calendar::Date>> ReadDate(const std::string& text) {
  if (text.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const calendar::Date date, calendar::Date::Parse(text));
  return date;
}

// In the document's language, if not for its very region; none: the product says nothing in it.
const catalogue::v1::ProposalText* TextIn(const Product& product, const std::string& locale) {
  const std::string language = locale.substr(0, locale.find('-'));
  for (const std::string& wanted : {locale, language}) {
    for (const auto& text : product.proposal()) {
      if (text.locale() == wanted) return &text;
    }
  }
  for (const auto& text : product.proposal()) {
    if (text.locale().starts_with(language + "-")) return &text;
  }
  return nullptr;
}

std::vector<document::Block> BlocksOf(const catalogue::v1::ProposalText& text) {
  std::vector<document::Block> blocks;
  if (!text.summary().empty()) blocks.push_back(document::Paragraph{text.summary()});
  for (const auto& block : text.blocks()) {
    switch (block.kind()) {
      case catalogue::v1::PROPOSAL_BLOCK_KIND_HEADING:
        blocks.push_back(document::Heading{4, block.text()});
        break;
      case catalogue::v1::PROPOSAL_BLOCK_KIND_BULLET:
        // Those that follow each other are one list.
        if (blocks.empty() || !std::holds_alternative<document::List>(blocks.back())) {
          blocks.push_back(document::List{});
        }
        std::get<document::List>(blocks.back()).items.push_back(block.text());
        break;
      default:
        blocks.push_back(document::Paragraph{block.text()});
    }
  }
  return blocks;
}

Result<domain::ProposalLine> ReadLine(const v1::QuoteLine& line, const Product& product,
                                      const std::string& locale) {
  domain::ProposalLine read{.position = line.position(),
                            .code = line.product_code(),
                            .name = line.product_name(),
                            .unit = line.unit(),
                            .group = line.group(),
                            .bundle_code = line.bundle_code(),
                            .renewal = RenewalOf(line.term()),
                            .notice_days = line.term().notice_days(),
                            .periods = line.periods(),
                            .option = line.option(),
                            .alternative_group = line.alternative_group(),
                            .chosen = line.chosen()};
  ASSIGN_OR_RETURN(read.quantity, money::Decimal::Parse(line.quantity()));
  ASSIGN_OR_RETURN(read.start_on, ReadDate(line.start_on()));
  // Its own term may stand in for the product's.
  Product sold = product;
  *sold.mutable_term() = line.term();
  ASSIGN_OR_RETURN(const domain::Product frozen,
                   store::ReadProduct(sold, line.product_version()));
  read.recurrence = frozen.recurrence;
  for (const auto& level : product.service_levels()) {
    if (level.code() != line.service_level() || line.service_level().empty()) continue;
    read.service_level = domain::ServiceTerms{level.name(), level.hours(), level.response_minutes(),
                                              level.resolution_minutes()};
  }
  for (const v1::Delivery& delivery : line.deliveries()) {
    domain::Delivery& own = read.deliveries.emplace_back();
    ASSIGN_OR_RETURN(own.on, calendar::Date::Parse(delivery.on()));
    ASSIGN_OR_RETURN(own.quantity, money::Decimal::Parse(delivery.quantity()));
  }
  if (const auto* text = TextIn(product, locale)) read.text = BlocksOf(*text);
  ASSIGN_OR_RETURN(read.list, ReadMoney(line.list_amount()));
  ASSIGN_OR_RETURN(read.net, ReadMoney(line.net_amount()));
  ASSIGN_OR_RETURN(read.term_total, ReadMoney(line.term_total()));
  return read;
}

// A ramp's lines are one agreement: its last line has the length of all of them.
void JoinRamps(const v1::Quote& quote, std::vector<domain::ProposalLine>* lines) {
  std::map<std::string, int> periods;
  for (int i = 0; i < quote.lines_size(); ++i) {
    if (!quote.lines(i).has_ramp_segment()) continue;
    const v1::RampSegment& segment = quote.lines(i).ramp_segment();
    domain::ProposalLine& line = (*lines)[i];
    periods[segment.ramp_id()] += line.periods;
    line.goes_on = !segment.is_last();
    if (line.goes_on || !line.recurrence) continue;
    domain::Period whole = line.recurrence->billing;
    whole.count *= periods[segment.ramp_id()];
    line.recurrence->term = whole;
  }
}

}  // namespace

Result<domain::ProposalFacts> GatherProposalFacts(const App& app, const rpc::Call& call,
                                                  const ids::QuoteId& quote_id,
                                                  const std::string& locale) {
  ASSIGN_OR_RETURN(const Stored stored, Read(app, call, quote_id));
  const v1::Quote& quote = stored.quote;
  domain::ProposalFacts facts{.number = quote.number(),
                              .version = quote.version(),
                              .content_hash = quote.content_hash(),
                              .made_at = calendar::FormatInstant(stored.submitted_at),
                              .payment_days = quote.payment_days()};
  facts.date = LocalDate(stored.submitted_at, store::ZoneOf(quote.time_zone()));
  ASSIGN_OR_RETURN(facts.valid_until, calendar::Date::Parse(quote.valid_until()));
  ASSIGN_OR_RETURN(facts.start_on, ReadDate(quote.start_on()));
  for (const v1::QuoteLine& line : quote.lines()) {
    ASSIGN_OR_RETURN(domain::ProposalLine read, ReadLine(line, stored.products.at(line.id()), locale));
    facts.lines.push_back(std::move(read));
  }
  JoinRamps(quote, &facts.lines);
  for (const v1::QuoteClause& clause : quote.clauses()) {
    facts.clauses.push_back({clause.title(), clause.text()});
  }
  const v1::QuoteTotals& totals = quote.totals();
  ASSIGN_OR_RETURN(facts.one_off, ReadMoney(totals.one_off()));
  ASSIGN_OR_RETURN(facts.monthly, ReadMoney(totals.monthly()));
  ASSIGN_OR_RETURN(facts.yearly, ReadMoney(totals.yearly()));
  ASSIGN_OR_RETURN(facts.term_total, ReadMoney(totals.term_total()));
  ASSIGN_OR_RETURN(facts.discount_percent,
                   money::Decimal::Parse(totals.effective_discount_percent()));
  RETURN_IF_FAULT(AskParties(app, call, quote, &facts));
  return facts;
}

}  // namespace continuo::quoting::app
