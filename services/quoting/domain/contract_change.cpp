#include "services/quoting/domain/contract_change.h"

#include <algorithm>

namespace continuo::quoting::domain {
namespace {

using calendar::Date;
using money::Decimal;
using money::Ratio;

std::string At(std::string_view pointer, std::string_view field) {
  return std::string(pointer) + "/" + std::string(field);
}

bool KeepsProduct(ChangeKind kind) { return kind != ChangeKind::kSwap; }

// What ends when the running line would have.
bool EndsWithIt(ChangeKind kind) {
  return kind == ChangeKind::kAdd || kind == ChangeKind::kReduce;
}

Failure DayReleased(const std::string& day, Date open_from) {
  return FailedPrecondition("CHANGE_DAY_RELEASED",
                            "Something from " + day + " on is released for billing already. Name " +
                                open_from.ToString() + " or a later billing period.",
                            {{"effective_on", day}, {"open_from", open_from.ToString()}});
}

// What ends a running line is agreed to as a whole.
Result<void> CheckNoOption(const LineTerms& terms, std::string_view pointer) {
  if (terms.option.empty()) return {};
  return Invalid(At(pointer, "option"), "NOT_ALLOWED",
                 "A running line is changed or it is not. Leave the option out.");
}

// What comes from the running line is not the caller's to say.
Result<void> CheckDates(const LineTerms& terms, const ChangeRequest& request,
                        std::string_view pointer) {
  if (terms.start_on) {
    return Invalid(At(pointer, "start_on"), "NOT_ALLOWED",
                   "It begins on the day of the change. Leave it out.");
  }
  const bool has_own_term =
      request.kind == ChangeKind::kSwap || request.kind == ChangeKind::kExtend;
  if (terms.term && !has_own_term) {
    return Invalid(At(pointer, "term_length"), "NOT_ALLOWED",
                   "It ends when the running line would have. Leave it out.");
  }
  const bool extends = request.kind == ChangeKind::kExtend;
  if (extends && request.effective_on) {
    return Invalid(At(pointer, "change/effective_on"), "NOT_ALLOWED",
                   "An extension begins on the day on which the line ends. Leave it out.");
  }
  if (extends || request.effective_on) return {};
  return Invalid(At(pointer, "change/effective_on"), "REQUIRED",
                 "Name the first day of the change.");
}

Result<void> CheckQuantity(ChangeKind kind, Decimal quantity, Decimal before,
                           std::string_view pointer) {
  const auto refused = [&](const std::string& why) {
    return Invalid(At(pointer, "quantity"), "OUT_OF_RANGE", why);
  };
  switch (kind) {
    case ChangeKind::kTerminate:
      if (quantity.IsZero()) return {};
      return refused("Nothing of a terminated line remains: the quantity is 0.");
    case ChangeKind::kReduce:
      if (quantity.Sign() > 0 && quantity < before) return {};
      return refused("What remains is above 0 and below " + before.ToString() +
                     ", the quantity that runs. Terminate a line of which nothing remains.");
    default:
      if (quantity.Sign() > 0) return {};
      return refused("What is sold has a quantity above 0.");
  }
}

Result<void> CheckRunning(const ChangeRequest& request, const RunningLine& running) {
  if (running.running) return {};
  return FailedPrecondition("CONTRACT_LINE_NOT_RUNNING",
                            "Line " + request.order_line_id.ToString() +
                                " has no running schedule. Initialise it first, or leave the line "
                                "as it is if it was sold once or has ended.",
                            {{"order_line_id", request.order_line_id.ToString()}});
}

Result<void> CheckDay(const ChangeRequest& request, const RunningLine& running) {
  if (request.kind == ChangeKind::kExtend) return {};
  const Date on = running.effective_on;
  const bool begins_period = running.around.start == on;
  const bool fits = begins_period && (!EndsWithIt(request.kind) || running.periods_left > 0);
  if (!fits) {
    const std::string why =
        begins_period ? " is followed by no whole billing periods only" : " begins no billing period";
    return FailedPrecondition(
        "CHANGE_NOT_ON_PERIOD",
        on.ToString() + why + " of the line. Name the first day of one; those around the day begin on " +
            running.around.start.ToString() + " and " + running.around.end.ToString() + ".",
        {{"effective_on", on.ToString()},
         {"period_start", running.around.start.ToString()},
         {"period_end", running.around.end.ToString()}});
  }
  if (running.open_from > on) return DayReleased(on.ToString(), running.open_from);
  return {};
}

// Additions may come in any number, and beside any other change.
Result<void> CheckOnce(const Quote& quote, const ChangeRequest& request) {
  if (request.kind == ChangeKind::kAdd) return {};
  const auto changes_it = [&](const Line& line) {
    return line.change && line.change->order_line_id == request.order_line_id &&
           line.change->kind != ChangeKind::kAdd;
  };
  const auto found = std::find_if(quote.lines.begin(), quote.lines.end(), changes_it);
  if (found == quote.lines.end()) return {};
  return FailedPrecondition("CONTRACT_LINE_CHANGED_TWICE",
                            "Line " + found->id.ToString() + " of the quote changes the same line of "
                                "the contract. Keep one of the two.",
                            {{"line_id", found->id.ToString()},
                             {"order_line_id", request.order_line_id.ToString()}});
}

LineTerms TermsOfChange(const LineTerms& asked, const ChangeRequest& request,
                        const RunningLine& running, const SoldLine& sold) {
  LineTerms terms = asked;
  terms.start_on = running.effective_on;
  if (EndsWithIt(request.kind)) terms.term = Times(running.billing, running.periods_left);
  if (!KeepsProduct(request.kind)) return terms;
  if (terms.service_level.empty()) terms.service_level = sold.service_level;
  if (!terms.override_unit_price) {
    terms.override_unit_price = sold.net_unit_price;
    terms.override_reason = "As agreed in " + sold.order_number;
  }
  return terms;
}

}  // namespace

std::string_view Name(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kAdd:
      return "add";
    case ChangeKind::kReduce:
      return "reduce";
    case ChangeKind::kSwap:
      return "swap";
    case ChangeKind::kExtend:
      return "extend";
    case ChangeKind::kTerminate:
      return "terminate";
  }
  __builtin_unreachable();
}

bool Ends(ChangeKind kind) { return kind != ChangeKind::kAdd && kind != ChangeKind::kExtend; }

Result<void> CheckQuantityOf(const ContractChange& change, Decimal quantity,
                             std::string_view pointer) {
  return CheckQuantity(change.kind, quantity, change.quantity_before, pointer);
}

Result<void> AddChange(Quote* quote, const LineTerms& terms, const ChangeRequest& request,
                       const RunningLine& running, const SoldLine& sold,
                       const Product* replacement, std::string_view pointer) {
  RETURN_IF_FAULT(CheckNoOption(terms, pointer));
  RETURN_IF_FAULT(CheckDates(terms, request, pointer));
  RETURN_IF_FAULT(CheckRunning(request, running));
  RETURN_IF_FAULT(CheckDay(request, running));
  RETURN_IF_FAULT(CheckOnce(*quote, request));
  RETURN_IF_FAULT(CheckQuantity(request.kind, terms.quantity, running.quantity, pointer));
  const Product& product = replacement ? *replacement : sold.product;
  RETURN_IF_FAULT(
      Add(quote, TermsOfChange(terms, request, running, sold), product, pointer));
  const bool ends = Ends(request.kind);
  quote->lines.back().change = ContractChange{
      .kind = request.kind,
      .order_line_id = request.order_line_id,
      .effective_on = running.effective_on,
      .quantity_before = running.quantity,
      .net_amount_before = running.amount,
      .billing_before = running.billing,
      .end_on_before = running.end_on,
      .ended_total = ends ? running.ended_total : money::Money::Zero(quote->currency)};
  return {};
}

Result<void> CheckStillOpen(const ContractChange& change, Date open_from) {
  if (change.kind == ChangeKind::kExtend || open_from <= change.effective_on) return {};
  return DayReleased(change.effective_on.ToString(), open_from);
}

Result<Deltas> DeltasOf(std::span<const ValuedChange> lines, money::Currency currency) {
  Ratio monthly, term;
  for (const ValuedChange& line : lines) {
    term += line.term_total.ToRatio();
    if (line.billing && !line.is_superseded) {
      monthly += line.net_amount.ToRatio() * PeriodsPerMonth(*line.billing);
    }
    if (!line.change || line.change->kind == ChangeKind::kAdd) continue;
    term -= line.change->ended_total.ToRatio();
    monthly -= line.change->net_amount_before.ToRatio() *
               PeriodsPerMonth(line.change->billing_before);
  }
  Deltas deltas;
  ASSIGN_OR_RETURN(deltas.monthly, money::Round(monthly, currency));
  ASSIGN_OR_RETURN(deltas.yearly, money::Round(monthly * 12, currency));
  ASSIGN_OR_RETURN(deltas.term_total, money::Round(term, currency));
  return deltas;
}

}  // namespace continuo::quoting::domain
