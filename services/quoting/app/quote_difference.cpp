#include "services/quoting/app/quote_difference.h"

#include <charconv>

#include "continuo/quoting/v1/deal.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "services/quoting/app/amounts.h"
#include "services/quoting/app/direction_message.h"
#include "services/quoting/domain/difference.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using postgres::Transaction;

// Which state of a quote is meant; neither: as it is now.
struct Named {
  std::optional<int64_t> revision;
  std::optional<int64_t> version;
};

Result<Named> ReadNamed(const std::string& text, const char* parameter) {
  Named named;
  if (text.empty()) return named;
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data() + 1, end, number);
  const bool whole = error == std::errc() && stopped == end && number > 0 && number < INT32_MAX;
  if (whole && text[0] == 'v') {
    named.version = number;
    return named;
  }
  if (whole && text[0] == 'r') {
    named.revision = number;
    return named;
  }
  return Invalid(parameter, "INVALID_STATE",
                 "Name a version, such as v2, or a revision, such as r12.");
}

struct Side {
  v1::QuoteState shown;
  domain::State state;
};

Result<Side> FindSide(Transaction& tx, const ids::QuoteId& quote_id, const Named& named,
                      const char* parameter) {
  if (tx.Run(sql::find_quote_context, quote_id).empty()) {
    return NotFound("quote", quote_id.ToString());
  }
  const postgres::Rows found =
      tx.Run(sql::find_quote_state, quote_id, named.revision, named.version);
  if (found.empty()) {
    return Invalid(parameter, "REFERENCE_NOT_FOUND", "The quote has had no such state yet.");
  }
  Side side;
  postgres::Fill(found.front(), &side.shown);
  for (const postgres::Row row :
       tx.Run(sql::list_content_at, quote_id, found.front().Int("revision"))) {
    side.state.emplace(row.Text("path"), row.Text("value"));
  }
  return side;
}

void Write(const domain::FieldDifference& from, v1::FieldDifference* to) {
  to->set_field(from.field);
  to->set_from(from.from);
  to->set_to(from.to);
  if (from.direction) to->set_direction(ToProto(*from.direction));
}

v1::LineFate FateOf(domain::LineFate fate) {
  switch (fate) {
    case domain::LineFate::kAdded:
      return v1::LINE_FATE_ADDED;
    case domain::LineFate::kRemoved:
      return v1::LINE_FATE_REMOVED;
    case domain::LineFate::kChanged:
      return v1::LINE_FATE_CHANGED;
  }
  __builtin_unreachable();
}

void SetTermTotal(v1::QuoteDifference* difference) {
  const auto from = MoneyOf(difference->from().term_total());
  const auto to = MoneyOf(difference->to().term_total());
  if (!from || !to || from->currency() != to->currency()) return;
  SetMoney(*to - *from, difference->mutable_term_total_change());
  difference->set_direction(
      ToProto(domain::DirectionOf(from->ToDecimal(), to->ToDecimal())));
}

Result<v1::QuoteDifference> Compare(Transaction& tx, const ids::QuoteId& from_id,
                                    const ids::QuoteId& to_id, const Named& from_named,
                                    const Named& to_named) {
  ASSIGN_OR_RETURN(Side from, FindSide(tx, from_id, from_named, "from"));
  Result<Side> found_to = FindSide(tx, to_id, to_named, "to");
  if (!found_to && found_to.error().code == Code::kNotFound && to_id != from_id) {
    return Invalid("to_quote_id", "REFERENCE_NOT_FOUND", "There is no such quote.");
  }
  ASSIGN_OR_RETURN(const Side to, std::move(found_to));
  std::map<std::string, std::string> own_ids;  // of the lines of `from`, by those of `to`
  if (from_id != to_id) {
    const auto matches = domain::MatchByProduct(from.state, to.state);
    for (const auto& [own, other] : matches) own_ids[other] = own;
    from.state = domain::WithLineIds(from.state, matches);
  }
  std::map<std::string, std::string> codes;
  for (const postgres::Row row :
       tx.Run(sql::list_product_codes, std::vector<ids::QuoteId>{from_id, to_id})) {
    codes[row.Id("prod", "product_id")] = row.Text("product_code");
  }
  v1::QuoteDifference difference;
  *difference.mutable_from() = from.shown;
  *difference.mutable_to() = to.shown;
  const domain::StateDifference found = domain::CompareStates(from.state, to.state);
  for (const domain::FieldDifference& field : found.header) {
    Write(field, difference.add_header());
  }
  for (const domain::LineDifference& line : found.lines) {
    v1::LineDifference& shown = *difference.add_lines();
    const auto own = own_ids.find(line.from_line_id);
    shown.set_fate(FateOf(line.fate));
    shown.set_from_line_id(own == own_ids.end() ? line.from_line_id : own->second);
    shown.set_to_line_id(line.to_line_id);
    shown.set_product_id(line.product_id);
    shown.set_product_code(codes[line.product_id]);
    for (const domain::FieldDifference& field : line.fields) Write(field, shown.add_fields());
  }
  SetTermTotal(&difference);
  return difference;
}

}  // namespace

Result<v1::QuoteDifference> GetQuoteDifference(const App& app, const rpc::Call& call,
                                               const v1::GetQuoteDifferenceRequest& request) {
  const Result<ids::QuoteId> from_id = ids::QuoteId::Parse(request.quote_id());
  if (!from_id) return NotFound("quote", request.quote_id());
  ids::QuoteId to_id = *from_id;
  if (!request.to_quote_id().empty()) {
    ASSIGN_OR_RETURN(to_id, ids::QuoteId::Parse(request.to_quote_id()));
  }
  ASSIGN_OR_RETURN(const Named from, ReadNamed(request.from(), "from"));
  ASSIGN_OR_RETURN(const Named to, ReadNamed(request.to(), "to"));
  return app.database.Read(
      call, [&](Transaction& tx) { return Compare(tx, *from_id, to_id, from, to); });
}

}  // namespace continuo::quoting::app
