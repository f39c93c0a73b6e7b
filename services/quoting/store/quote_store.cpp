#include "services/quoting/store/quote_store.h"

#include <unordered_map>

#include "libs/json/write.h"
#include "libs/postgres/array_of.h"
#include "libs/postgres/transaction.h"
#include "services/quoting/store/line_json.h"
#include "services/quoting/store/product_json.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::store {
namespace {

using money::Currency;
using money::Decimal;
using money::Money;
using postgres::ArrayOf;
using postgres::NullIfEmpty;
using postgres::Parameter;
using postgres::Row;
using postgres::Rows;
using postgres::Transaction;

// The currency and zone of a stored row were checked when it was written.
Currency CurrencyOf(const Row& row) { return Currency::Parse(row.Text("currency")).value(); }

domain::QuoteTotals ReadTotals(const Row& row, Currency currency) {
  const auto amount = [&](const char* column) {
    return Money::FromMinor(row.Int(column), currency);
  };
  return {.one_off = amount("one_off_minor"),
          .monthly = amount("monthly_minor"),
          .yearly = amount("yearly_minor"),
          .term_total = amount("term_minor"),
          .list_one_off = amount("list_one_off_minor"),
          .list_monthly = amount("list_monthly_minor"),
          .list_yearly = amount("list_yearly_minor"),
          .list_term_total = amount("list_term_minor"),
          .effective_discount_percent = row.Decimal("effective_discount_percent")};
}

domain::QuoteClause ReadClause(const Row& row) {
  return {.id = row.Id("qcls", "id"),
          .position = static_cast<int>(row.Int("position")),
          .clause_id = row.Id("cls", "clause_id"),
          .code = std::string(row.Text("code")),
          .locale = std::string(row.Text("locale")),
          .version = static_cast<int>(row.Int("version")),
          .standard_text = std::string(row.Text("standard_text")),
          .text = std::string(row.Text("text")),
          .reviewer_id = row.OptionalId("usr", "reviewer_id"),
          .review = domain::ParseClauseReview(row.Text("review"))};
}

StoredQuote ReadHeader(const Row& row) {
  const Currency currency = CurrencyOf(row);
  StoredQuote stored;
  stored.quote = {.id = ids::QuoteId(row.Uuid("id")),
                  .revision = row.Int("revision"),
                  .version = static_cast<int>(row.Int("version")),
                  .status = domain::ParseStatus(row.Text("status")),
                  .account_id = ids::AccountId(row.Uuid("account_id")),
                  .opportunity_id = ids::OpportunityId(row.Uuid("opportunity_id")),
                  .division_id = ids::DivisionId(row.Uuid("division_id")),
                  .currency = currency,
                  .time_zone = std::string(row.Text("time_zone")),
                  .valid_until = row.Date("valid_until"),
                  .start_on = row.OptionalDate("start_on"),
                  .payment_days = static_cast<int>(row.Int("payment_days")),
                  .header_discount_percent = row.Decimal("header_discount_percent"),
                  .selected = row.Bool("selected"),
                  .totals = ReadTotals(row, currency)};
  stored.content_hash = row.Text("content_hash");
  stored.metadata_json = row.Text("metadata");
  if (const auto order = row.OptionalUuid("order_id")) stored.order_id = ids::OrderId(*order);
  if (const auto contract = row.OptionalUuid("contract_id")) {
    stored.quote.contract = {ids::ContractId(*contract), row.Int("contract_revision"),
                             row.Text("kind") == "renewal"};
  }
  return stored;
}

// Frozen products by their text: the lines of a large quote sell few of them.
using Frozen = std::unordered_map<std::string_view, domain::Product>;

const domain::Product& ProductOf(const Row& row, Frozen* frozen) {
  const std::string_view text = row.Text("product");
  const auto known = frozen->find(text);
  if (known != frozen->end()) return known->second;
  return frozen->emplace(text, ParseProduct(text, static_cast<int>(row.Int("product_version"))))
      .first->second;
}

domain::Line ReadLine(const Row& row, Currency currency, Frozen* frozen) {
  const auto amount = [&](const char* column) {
    return Money::FromMinor(row.Int(column), currency);
  };
  domain::Line line{
      .id = ids::QuoteLineId(row.Uuid("id")),
      .position = static_cast<int>(row.Int("position")),
      .product = ProductOf(row, frozen),
      .bundles = ParseBundles(row.Text("bundles")),
      .segment = ParseSegment(row.OptionalText("ramp_segment")),
      .change = ParseChange(row.OptionalText("change")),
      .quantity = row.Decimal("quantity"),
      .service_level = std::string(row.OptionalText("service_level").value_or("")),
      .override_unit_price = row.OptionalDecimal("override_unit_price"),
      .override_reason = std::string(row.OptionalText("override_reason").value_or("")),
      .discount_percent = row.Decimal("discount_percent"),
      .discount_amount = amount("discount_amount_minor"),
      .start_on = row.OptionalDate("start_on"),
      .term = ParsePeriod(row.OptionalText("term_length")),
      .group = std::string(row.OptionalText("group").value_or("")),
      .requested_quantity = row.OptionalDecimal("requested_quantity"),
      .option = std::string(row.OptionalText("option").value_or("")),
      .alternative_group = std::string(row.OptionalText("alternative_group").value_or("")),
      .chosen = row.Bool("chosen"),
      .deliveries = ParseDeliveries(row.Text("deliveries")),
      .price = {.list_unit_price = row.Decimal("list_unit_price"),
                .net_unit_price = row.Decimal("net_unit_price"),
                .list_amount = amount("list_minor"),
                .net_amount = amount("net_minor"),
                .periods = static_cast<int>(row.Int("periods")),
                .list_term_total = amount("list_term_minor"),
                .term_total = amount("term_minor"),
                .ssp_total = amount("ssp_minor")}};
  for (const std::string& covered : row.TextArray("covers")) {
    line.covers.push_back(ids::QuoteLineId(ids::Uuid::Parse(covered).value()));
  }
  return line;
}

std::string WaterfallJson(const pricing::Waterfall& waterfall) {
  std::string json = "[";
  for (const pricing::Step& step : waterfall.steps()) {
    json += json.size() > 1 ? ",{\"name\":" : "{\"name\":";
    json::WriteString(step.name, &json);
    json += ",\"detail\":";
    json::WriteString(step.DetailText(), &json);
    json += ",\"amount_before\":\"" + step.BeforeText() + "\",\"amount_after\":\"" +
            step.AfterText() + "\"}";
  }
  return json + "]";
}

void InsertLines(Transaction& tx, const domain::Quote& quote,
                 const std::vector<domain::Line>& lines) {
  using domain::Line;
  if (lines.empty()) return;
  tx.Run(sql::insert_lines, quote.id, quote.account_id, quote.currency.code(),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.id); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.position); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.product.id); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.product.version); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.product.code); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.product.name); }),
         ArrayOf(lines,
                [](const Line& line) {
                  return Parameter(line.product.recurrence ? "recurring" : "one_off");
                }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(line.product.unit); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.product.frozen_json); }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(std::string(BundleCode(line))); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(BundlesJson(line.bundles)); }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(SegmentJson(line.segment)); }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(PeriodJson(line.term)); }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(ChangeJson(line.change)); }),
         ArrayOf(lines, [](const Line& line) {
           const bool ends = line.change && domain::Ends(*line.change);
           return ends ? Parameter(line.change->order_line_id) : Parameter(nullptr);
         }),
         ArrayOf(lines, [](const Line& line) {
           const bool extends = line.change && line.change->kind == domain::ChangeKind::kExtend;
           return extends ? Parameter(line.change->order_line_id) : Parameter(nullptr);
         }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(line.option); }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(line.alternative_group); }));
}

void PriceLines(Transaction& tx, const domain::Quote& quote) {
  using domain::Line;
  const std::vector<Line>& lines = quote.lines;
  if (lines.empty()) return;
  const auto minor = [&](Money domain::LinePrice::*amount) {
    return ArrayOf(lines, [=](const Line& line) { return Parameter((line.price.*amount).minor()); });
  };
  tx.Run(sql::price_lines, quote.id,
         ArrayOf(lines, [](const Line& line) { return Parameter(line.id); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.quantity); }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(line.service_level); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.discount_percent); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.discount_amount.minor()); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.start_on); }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(line.group); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.covers); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.requested_quantity); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.price.list_unit_price); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.price.net_unit_price); }),
         minor(&domain::LinePrice::list_amount), minor(&domain::LinePrice::net_amount),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.price.periods); }),
         minor(&domain::LinePrice::list_term_total), minor(&domain::LinePrice::term_total),
         minor(&domain::LinePrice::ssp_total),
         ArrayOf(lines, [&](const Line& line) {
           return Parameter(WaterfallJson(domain::Explain(quote, line)));
         }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.override_unit_price); }),
         ArrayOf(lines, [](const Line& line) { return NullIfEmpty(line.override_reason); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(line.chosen); }),
         ArrayOf(lines, [](const Line& line) { return Parameter(DeliveriesJson(line.deliveries)); }));
}

// A trajectory's point: each product's quantity, net unit price and first day over all of its lines that
// are chosen.
std::string ProductsJson(const domain::Quote& quote) {
  struct Sum {
    std::string code;
    Decimal quantity;
    money::Ratio net;
    std::optional<calendar::Date> start_on;
  };
  std::map<ids::ProductId, Sum> sums;
  for (const domain::Line& line : quote.lines) {
    if (!line.chosen) continue;
    Sum& sum = sums[line.product.id];
    sum.code = line.product.code;
    sum.quantity += line.quantity;
    sum.net += line.price.net_amount.ToRatio();
    const auto start_on = line.start_on ? line.start_on : quote.start_on;
    if (start_on && (!sum.start_on || *start_on < *sum.start_on)) sum.start_on = start_on;
  }
  std::string json = "[";
  for (const auto& [product_id, sum] : sums) {
    json += json.size() > 1 ? ",{\"product_id\":" : "{\"product_id\":";
    json::WriteString(product_id.ToString(), &json);
    json += ",\"product_code\":";
    json::WriteString(sum.code, &json);
    json += ",\"quantity\":\"" + sum.quantity.ToString() + "\"";
    if (!sum.quantity.IsZero()) {
      const auto price = money::RoundToDecimal(sum.net / sum.quantity.ToRatio(), Decimal::kPlaces);
      if (price) json += ",\"unit_price\":\"" + price->ToString() + "\"";
    }
    if (sum.start_on) json += ",\"start_on\":\"" + sum.start_on->ToString() + "\"";
    json += "}";
  }
  return json + "]";
}

Parameter UserOf(const Transaction& tx) {
  return postgres::IdOrNull("usr", tx.call().principal.user_id);
}

}  // namespace

Result<StoredQuote> LockQuote(Transaction& tx, const std::string& id_text) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(id_text);
  if (!id) return NotFound("quote", id_text);
  return LockQuote(tx, *id);
}

Result<StoredQuote> LockQuote(Transaction& tx, const ids::QuoteId& id) {
  if (tx.Run(sql::lock_quote, id).empty()) return NotFound("quote", id.ToString());
  return LoadQuote(tx, id);
}

Result<StoredQuote> LoadQuote(Transaction& tx, const ids::QuoteId& id) {
  const Rows found = tx.Run(sql::load_quote, id);
  if (found.empty()) return NotFound("quote", id.ToString());
  StoredQuote stored = ReadHeader(found.front());
  const Rows lines = tx.Run(sql::load_lines, id);
  stored.quote.lines.reserve(lines.size());
  Frozen frozen;
  for (const Row row : lines) {
    stored.quote.lines.push_back(ReadLine(row, stored.quote.currency, &frozen));
    stored.stored_lines.insert(stored.quote.lines.back().id);
  }
  for (const Row row : tx.Run(sql::load_clauses, id)) {
    stored.quote.clauses.push_back(ReadClause(row));
  }
  return stored;
}

void InsertQuote(Transaction& tx, const domain::Quote& quote, const std::string& created_by) {
  tx.Run(sql::insert_quote, quote.id, quote.account_id, quote.opportunity_id, quote.division_id,
         quote.currency.code(), quote.time_zone, quote.valid_until,
         calendar::EndOfDay(quote.valid_until, ZoneOf(quote.time_zone)), quote.start_on,
         quote.payment_days, quote.header_discount_percent, quote.selected,
         postgres::IdOrNull("usr", created_by), tx.now(), domain::KindName(quote.contract),
         quote.contract ? Parameter(quote.contract->id) : Parameter(nullptr),
         quote.contract ? Parameter(quote.contract->revision) : Parameter(nullptr));
}

void SaveHeader(Transaction& tx, const StoredQuote& stored) {
  const domain::Quote& quote = stored.quote;
  const domain::QuoteTotals& totals = quote.totals;
  tx.Run(sql::update_quote, quote.id, quote.revision, quote.version, domain::Name(quote.status),
         quote.valid_until, calendar::EndOfDay(quote.valid_until, ZoneOf(quote.time_zone)),
         quote.start_on, quote.payment_days, quote.header_discount_percent, quote.selected,
         totals.one_off.minor(), totals.monthly.minor(), totals.yearly.minor(),
         totals.term_total.minor(), totals.list_one_off.minor(), totals.list_monthly.minor(),
         totals.list_yearly.minor(), totals.list_term_total.minor(),
         totals.effective_discount_percent, stored.content_hash, stored.order_id,
         stored.metadata_json, tx.now());
}

void SaveQuote(Transaction& tx, const StoredQuote& stored) {
  const domain::Quote& quote = stored.quote;
  SaveHeader(tx, stored);
  std::vector<domain::Line> added;
  for (const domain::Line& line : quote.lines) {
    if (!stored.stored_lines.contains(line.id)) added.push_back(line);
  }
  if (stored.stored_lines.size() + added.size() > quote.lines.size()) {
    tx.Run(sql::delete_lines, quote.id,
           ArrayOf(quote.lines, [](const domain::Line& line) { return Parameter(line.id); }));
  }
  InsertLines(tx, quote, added);
  PriceLines(tx, quote);
}

void RecordRevision(Transaction& tx, const domain::Quote& quote, const Revision& revision) {
  const Parameter products =
      revision.is_point ? Parameter(ProductsJson(quote)) : Parameter(nullptr);
  tx.Run(sql::insert_revision, ids::NewUuid(), quote.id, quote.account_id, quote.revision,
         quote.version, domain::Name(quote.status), revision.action, UserOf(tx),
         tx.call().request_id, NullIfEmpty(revision.reason), ToJson(revision.changes),
         quote.currency.code(), quote.totals.term_total.minor(),
         quote.totals.effective_discount_percent, products, tx.now());
}

void RecordVersion(Transaction& tx, const StoredQuote& stored, const std::string& quote_json) {
  const domain::Quote& quote = stored.quote;
  const domain::Content content = domain::ContentOf(quote);
  domain::Content before;
  for (const Row row : tx.Run(sql::find_version, quote.id, quote.version - 1)) {
    const std::vector<std::string> paths = row.TextArray("content_paths");
    const std::vector<std::string> values = row.TextArray("content_values");
    for (size_t i = 0; i < paths.size(); ++i) before.push_back({paths[i], values[i]});
  }
  tx.Run(sql::insert_version, ids::QuoteVersionId::New(), quote.id, quote.account_id, quote.version,
         stored.content_hash, quote_json,
         ArrayOf(content, [](const domain::Statement& says) { return Parameter(says.path); }),
         ArrayOf(content, [](const domain::Statement& says) { return Parameter(says.value); }),
         ToJson(domain::Compare(before, content)), UserOf(tx), tx.now());
}

std::optional<SubmittedVersion> FindVersion(Transaction& tx, const ids::QuoteId& quote_id,
                                            int version) {
  const Rows found = tx.Run(sql::find_version, quote_id, version);
  if (found.empty()) return std::nullopt;
  const Row row = found.front();
  return SubmittedVersion{static_cast<int>(row.Int("version")),
                          std::string(row.Text("content_hash"))};
}

void SetOutcome(Transaction& tx, const domain::Quote& quote, const std::string& reason) {
  tx.Run(sql::set_version_outcome, quote.id, quote.version, domain::Name(quote.status), UserOf(tx),
         tx.now(), NullIfEmpty(reason));
}

void FollowDemand(Transaction& tx, const domain::Quote& quote) {
  const std::vector<domain::Demand> followed =
      domain::Followed(LoadDemand(tx, quote.id).demands, domain::AskedQuantities(quote));
  if (followed.empty()) return;
  std::map<ids::ProductId, std::string> codes;
  for (const domain::Line& line : quote.lines) codes[line.product.id] = line.product.code;
  using domain::Demand;
  tx.Run(sql::follow_demands, quote.id, quote.account_id,
         ArrayOf(followed, [](const Demand& demand) { return Parameter(demand.product_id); }),
         ArrayOf(followed, [&](const Demand& demand) { return Parameter(codes[demand.product_id]); }),
         ArrayOf(followed, [](const Demand& demand) { return Parameter(demand.first_asked); }),
         ArrayOf(followed, [](const Demand& demand) { return Parameter(demand.peak_asked); }),
         ArrayOf(followed, [](const Demand& demand) { return Parameter(demand.last_asked); }));
}

KnownDemand LoadDemand(Transaction& tx, const ids::QuoteId& quote_id) {
  KnownDemand known;
  for (const Row row : tx.Run(sql::load_demands, quote_id)) {
    const ids::ProductId product_id(row.Uuid("product_id"));
    known.demands.push_back({product_id, row.Decimal("first_asked"), row.Decimal("peak_asked"),
                             row.Decimal("last_asked")});
    known.product_codes[product_id] = row.Text("product_code");
  }
  return known;
}

std::string ToJson(const domain::Difference& difference) {
  std::string json = "{";
  for (const auto& [path, change] : difference) {
    if (json.size() > 1) json += ",";
    json::WriteString(path, &json);
    json += ":{\"from\":";
    json::WriteString(change.from, &json);
    json += ",\"to\":";
    json::WriteString(change.to, &json);
    json += "}";
  }
  return json + "}";
}

calendar::Zone ZoneOf(const std::string& name) { return calendar::Zone::Find(name).value(); }

}  // namespace continuo::quoting::store
