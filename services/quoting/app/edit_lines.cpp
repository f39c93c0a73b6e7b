#include "services/quoting/app/edit_lines.h"

#include "continuo/quoting/v1/quote.pb.h"
#include "libs/json/patch.h"
#include "libs/postgres/message.h"
#include "libs/postgres/transaction.h"
#include "services/quoting/app/edit_quote.h"
#include "services/quoting/app/lines_from_request.h"
#include "services/quoting/app/running_contract.h"
#include "services/quoting/app/show.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using money::Decimal;
using money::Money;
using postgres::Transaction;
using store::StoredQuote;

Result<v1::QuoteLine> ShowLine(Transaction& tx, const StoredQuote& stored,
                               const ids::QuoteLineId& line_id) {
  const postgres::Rows found = RowsOf(tx, sql::select_quote_lines, "id = $1", line_id.uuid());
  if (found.empty() || found.front().Uuid("quote_id") != stored.quote.id.uuid()) {
    return NotFound("quote_line", line_id.ToString());
  }
  v1::QuoteLine line;
  postgres::Fill(found.front(), &line);
  return line;
}

// The whole line as it shall be after a PATCH.
Result<domain::LineChange> ChangeTo(const v1::QuoteLine& line, money::Currency currency) {
  if (line.quantity().empty()) {
    return Invalid("/quantity", "REQUIRED", "A line has a quantity; remove the line instead.");
  }
  ASSIGN_OR_RETURN(const NewLine read, ReadNewLine(line, ""));
  const domain::LineTerms& terms = read.terms;
  const Money nothing = Money::Zero(currency);
  return domain::LineChange{.quantity = terms.quantity,
                            .service_level = terms.service_level,
                            .override_unit_price = terms.override_unit_price,
                            .override_reason = terms.override_reason,
                            .discount_percent = terms.discount_percent,
                            .discount_amount = terms.discount_amount.value_or(nothing),
                            .start_on = terms.start_on,
                            .group = terms.group,
                            .covers = terms.covers,
                            .requested_quantity = terms.requested_quantity,
                            .deliveries = terms.deliveries};
}

Result<domain::LineChange> ReadChange(const v1::QuoteLineChange& change,
                                      const std::string& pointer) {
  domain::LineChange read;
  if (change.has_quantity()) {
    if (change.quantity().empty()) {
      return Invalid(pointer + "/quantity", "REQUIRED", "A line has a quantity.");
    }
    ASSIGN_OR_RETURN(read.quantity, Decimal::Parse(change.quantity()));
  }
  if (change.has_discount_percent()) {
    ASSIGN_OR_RETURN(const auto percent, OptionalDecimal(change.discount_percent()));
    read.discount_percent = percent.value_or(Decimal(0));
  }
  if (change.has_discount_amount()) {
    ASSIGN_OR_RETURN(read.discount_amount, ReadDiscountAmount(change.discount_amount(), pointer));
  }
  if (change.has_start_on()) {
    ASSIGN_OR_RETURN(read.start_on, OptionalDate(change.start_on()));
  }
  if (change.has_requested_quantity()) {
    ASSIGN_OR_RETURN(read.requested_quantity, OptionalDecimal(change.requested_quantity()));
  }
  if (change.has_override_unit_price()) {
    ASSIGN_OR_RETURN(read.override_unit_price, OptionalDecimal(change.override_unit_price()));
  }
  if (change.has_override_reason()) read.override_reason = change.override_reason();
  if (change.has_service_level()) read.service_level = change.service_level();
  if (change.has_group()) read.group = change.group();
  return read;
}

// A line id of a request: malformed or unknown is the same "not found".
Result<ids::QuoteLineId> ReadLineId(const std::string& text) {
  const Result<ids::QuoteLineId> id = ids::QuoteLineId::Parse(text);
  if (!id) return NotFound("quote_line", text);
  return id;
}

// The same for a line named in a body: unknown is the body's fault.
Result<void> InBody(Result<void> outcome, const std::string& pointer) {
  if (outcome || outcome.error().code != Code::kNotFound) return outcome;
  return Invalid(pointer, "REFERENCE_NOT_FOUND", "The quote has no such line.");
}

Result<void> ChangeLines(StoredQuote& stored, const v1::ChangeQuoteLinesRequest& request) {
  for (int i = 0; i < request.change_size(); ++i) {
    const std::string pointer = "/change/" + std::to_string(i);
    ASSIGN_OR_RETURN(const domain::LineChange change, ReadChange(request.change(i), pointer));
    ASSIGN_OR_RETURN(const ids::QuoteLineId id, ids::QuoteLineId::Parse(request.change(i).id()));
    RETURN_IF_FAULT(
        InBody(domain::ChangeLine(&stored.quote, id, change, pointer), pointer + "/id"));
  }
  for (int i = 0; i < request.remove_size(); ++i) {
    ASSIGN_OR_RETURN(const ids::QuoteLineId id, ids::QuoteLineId::Parse(request.remove(i)));
    RETURN_IF_FAULT(
        InBody(domain::RemoveLine(&stored.quote, id), "/remove/" + std::to_string(i)));
  }
  return {};
}

Result<Offers> FindNewOffers(const App& app, const rpc::Call& call, const EditContext& context,
                             const std::vector<NewLine>& lines) {
  if (lines.empty()) return Offers();
  Buyer buyer = context.buyer;
  ASSIGN_OR_RETURN(buyer.segment, AskSegment(app, call, buyer.account_id));
  ASSIGN_OR_RETURN(buyer.owned, FindOwned(app, call, buyer.account_id));
  return FindOffers(app, call, lines, buyer, context.today);
}

// What the new lines of a change quote begin from; nothing of any other.
Result<std::optional<Running>> AskFor(const App& app, const rpc::Call& call,
                                      const EditContext& context,
                                      const std::vector<NewLine>& lines) {
  if (context.contract_id.empty() || lines.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(Running running, AskRunning(app, call, context.contract_id, lines));
  return running;
}

Result<void> AddNewLines(StoredQuote& stored, const std::vector<NewLine>& lines,
                         const Offers& offers, const std::optional<Running>& running) {
  if (!running) return AddLines(&stored.quote, lines, offers);
  RETURN_IF_FAULT(CheckUnchanged(stored.quote, *running));
  return AddLines(&stored.quote, lines, offers, running->lines);
}

}  // namespace

Result<v1::Quote> AddQuoteLine(const App& app, const rpc::Call& call,
                               const v1::AddQuoteLineRequest& request) {
  ASSIGN_OR_RETURN(const EditContext context, FindContext(app, call, request.quote_id()));
  std::vector<NewLine> lines;
  ASSIGN_OR_RETURN(lines.emplace_back(), ReadNewLine(request.line(), ""));
  ASSIGN_OR_RETURN(const auto running, AskFor(app, call, context, lines));
  ASSIGN_OR_RETURN(const Offers offers, FindNewOffers(app, call, context, lines));
  return EditQuote(app, call, request.quote_id(),
                   {.action = "add_line",
                    .reason = request.reason(),
                    .change = [&](Transaction&, StoredQuote& stored) {
                      return AddNewLines(stored, lines, offers, running);
                    }});
}

Result<v1::Quote> UpdateQuoteLine(const App& app, const rpc::Call& call,
                                  const v1::UpdateQuoteLineRequest& request) {
  ASSIGN_OR_RETURN(const ids::QuoteLineId line_id, ReadLineId(request.id()));
  const auto change = [&](Transaction& tx, StoredQuote& stored) -> Result<void> {
    ASSIGN_OR_RETURN(v1::QuoteLine line, ShowLine(tx, stored, line_id));
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.line(), &line));
    ASSIGN_OR_RETURN(const domain::LineChange to, ChangeTo(line, stored.quote.currency));
    return domain::ChangeLine(&stored.quote, line_id, to, "");
  };
  return EditQuote(app, call, request.quote_id(),
                   {.action = "update_line", .reason = request.reason(), .change = change});
}

Result<v1::Quote> RemoveQuoteLine(const App& app, const rpc::Call& call,
                                  const v1::RemoveQuoteLineRequest& request) {
  ASSIGN_OR_RETURN(const ids::QuoteLineId line_id, ReadLineId(request.id()));
  return EditQuote(app, call, request.quote_id(),
                   {.action = "remove_line",
                    .reason = request.reason(),
                    .change = [&](Transaction&, StoredQuote& stored) {
                      return domain::RemoveLine(&stored.quote, line_id);
                    }});
}

Result<v1::Quote> ChangeQuoteLines(const App& app, const rpc::Call& call,
                                   const v1::ChangeQuoteLinesRequest& request) {
  ASSIGN_OR_RETURN(const EditContext context, FindContext(app, call, request.quote_id()));
  ASSIGN_OR_RETURN(const std::vector<NewLine> added, ReadNewLines(request.add(), "/add"));
  ASSIGN_OR_RETURN(const auto running, AskFor(app, call, context, added));
  ASSIGN_OR_RETURN(const Offers offers, FindNewOffers(app, call, context, added));
  const auto change = [&](Transaction&, StoredQuote& stored) -> Result<void> {
    RETURN_IF_FAULT(ChangeLines(stored, request));
    return AddNewLines(stored, added, offers, running);
  };
  return EditQuote(app, call, request.quote_id(),
                   {.action = "change_lines", .reason = request.reason(), .change = change});
}

}  // namespace continuo::quoting::app
