#include "services/commissions/app/preview_commission.h"

#include <map>

#include "continuo/commissions/v1/preview.pb.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "services/commissions/app/amounts.h"
#include "services/commissions/app/sale_link_moves.h"
#include "services/commissions/domain/plan_credits.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using calendar::Date;
using postgres::IdOrNull;
using postgres::Transaction;

struct Terms {
  Share share;
  domain::CreditOn credit_on = domain::CreditOn::kInvoice;
  money::Decimal rate;  // of classes without one of their own
  std::map<std::string, money::Decimal> rates;

  money::Decimal RateOf(const std::string& commission_class) const {
    const auto own = rates.find(commission_class);
    return own == rates.end() ? rate : own->second;
  }
};

// CALLER_NOT_PARTICIPANT, PARTICIPANT_NOT_IN_FORCE: there is no commission.
Result<Terms> FindTerms(Transaction& tx, const std::string& user_id, Date accepted_on) {
  const postgres::Rows found = tx.Run(sql::find_participant_of_user, IdOrNull("usr", user_id));
  if (found.empty()) {
    return FailedPrecondition("CALLER_NOT_PARTICIPANT", "The user earns no commission.");
  }
  const domain::Split alone{found.front().Id("part", "id"), 100};
  ASSIGN_OR_RETURN(const std::vector<Share> shares, FindShares(tx, accepted_on, {alone}));
  Terms terms{.share = shares.front()};
  for (const postgres::Row row :
       tx.Run(sql::list_rates_of_terms, terms.share.plan_id, terms.share.plan_version)) {
    terms.credit_on = row.Text("credit_on") == "payment" ? domain::CreditOn::kPayment
                                                         : domain::CreditOn::kInvoice;
    if (row.IsNull("commission_class")) {
      terms.rate = row.Decimal("rate_percent");
    } else {
      terms.rates[std::string(row.Text("commission_class"))] = row.Decimal("rate_percent");
    }
  }
  return terms;
}

Result<std::vector<domain::BilledOn>> BilledOf(const v1::PreviewCommissionRequest& request,
                                               const Terms& terms) {
  std::map<std::string, std::string> classes;
  for (const auto& line : request.order().lines()) classes[line.id()] = line.commission_class();
  std::vector<domain::BilledOn> billed;
  for (const billing::v1::Invoice& invoice : request.invoices()) {
    domain::BilledOn& on = billed.emplace_back();
    ASSIGN_OR_RETURN(on.day, Date::Parse(terms.credit_on == domain::CreditOn::kPayment
                                             ? invoice.due_on()
                                             : invoice.issued_on()));
    for (const billing::v1::InvoiceLine& line : invoice.lines()) {
      const std::string& commission_class = classes[line.order_line_id()];
      ASSIGN_OR_RETURN(const money::Money net, ReadAmount(line.net()));
      on.billed.push_back({.commission_class = commission_class,
                           .net = net,
                           .rate_percent = terms.RateOf(commission_class)});
    }
  }
  return billed;
}

}  // namespace

Result<v1::PreviewedCommission> PreviewCommission(const App& app, const rpc::Call& call,
                                                  const v1::PreviewCommissionRequest& request) {
  ASSIGN_OR_RETURN(const Date accepted_on, Date::Parse(request.order().accepted_on()));
  ASSIGN_OR_RETURN(const money::Currency currency,
                   money::Currency::Parse(request.order().currency()));
  v1::PreviewedCommission answer;
  const Result<Terms> terms = app.database.Read(
      call, [&](Transaction& tx) { return FindTerms(tx, request.user_id(), accepted_on); });
  if (!terms) {
    if (terms.error().code != Code::kFailedPrecondition) return Failure(terms.error());
    answer.set_reason(terms.error().message);
    return answer;
  }
  answer.set_participant_id(terms->share.split.participant_id);
  answer.set_plan_id(ids::CommissionPlanId(terms->share.plan_id).ToString());
  answer.set_plan_version(static_cast<int>(terms->share.plan_version));
  ASSIGN_OR_RETURN(auto billed, BilledOf(request, *terms));
  ASSIGN_OR_RETURN(const auto credits,
                   domain::PlanCredits(std::move(billed), terms->credit_on,
                                       terms->share.split.percent, currency));
  for (const domain::PlannedCredit& credit : credits) {
    v1::PreviewedCredit& shown = *answer.add_credits();
    shown.set_effective_on(credit.day.ToString());
    WriteAmount(credit.to_date.basis, shown.mutable_basis_to_date());
    WriteAmount(credit.to_date.amount, shown.mutable_earned_to_date());
    WriteAmount(credit.amount, shown.mutable_amount());
  }
  return answer;
}

}  // namespace continuo::commissions::app
