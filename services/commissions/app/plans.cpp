#include "services/commissions/app/plans.h"

#include <set>

#include "continuo/commissions/v1/plan.pb.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using postgres::IdOrNull;
using postgres::Parameter;
using postgres::Transaction;

Result<v1::CommissionPlan> Load(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::select_commission_plan, IdOrNull("plan", id));
  if (found.empty()) return NotFound("commission_plan", id);
  v1::CommissionPlan plan;
  postgres::Fill(found.front(), &plan);
  postgres::FillAll(tx.Run(sql::list_commission_terms, IdOrNull("plan", id)),
                    plan.mutable_versions());
  return plan;
}

Result<void> CheckRates(const v1::CommissionTerms& terms, const std::string& pointer) {
  std::set<std::string> classes;
  for (int i = 0; i < terms.rates_size(); ++i) {
    if (classes.insert(terms.rates(i).commission_class()).second) continue;
    return Invalid(pointer + "/rates/" + std::to_string(i) + "/commission_class", "DUPLICATE",
                   "A class has one rate.");
  }
  return {};
}

void InsertTerms(Transaction& tx, const Parameter& plan_id, int64_t version,
                 const v1::CommissionTerms& terms) {
  std::vector<std::string> classes, rates;
  for (const v1::CommissionRate& rate : terms.rates()) {
    classes.push_back(rate.commission_class());
    rates.push_back(rate.rate_percent());
  }
  const bool on_payment = terms.credit_on() == v1::CREDIT_ON_PAYMENT;
  tx.Run(sql::insert_commission_terms, plan_id, version, terms.valid_from(),
         on_payment ? "payment" : "invoice", terms.rate_percent(), tx.now(), classes, rates);
}

}  // namespace

Result<v1::CommissionPlan> CreateCommissionPlan(const App& app, const rpc::Call& call,
                                                const v1::CreateCommissionPlanRequest& request) {
  const v1::CommissionPlan& wanted = request.commission_plan();
  RETURN_IF_FAULT(CheckRates(wanted.terms(), "/terms"));
  return app.database.Command<v1::CommissionPlan>(
      call, [&](Transaction& tx) -> Result<v1::CommissionPlan> {
        const auto id = ids::CommissionPlanId::New();
        tx.Run(sql::insert_commission_plan, id, wanted.name(), tx.now());
        InsertTerms(tx, id, 1, wanted.terms());
        return Load(tx, id.ToString());
      });
}

Result<v1::CommissionPlan> AddCommissionTerms(const App& app, const rpc::Call& call,
                                              const v1::AddCommissionTermsRequest& request) {
  RETURN_IF_FAULT(CheckRates(request.terms(), ""));
  return app.database.Command<v1::CommissionPlan>(
      call, [&](Transaction& tx) -> Result<v1::CommissionPlan> {
        const Parameter id = IdOrNull("plan", request.id());
        const postgres::Rows found = tx.Run(sql::lock_commission_plan, id);
        if (found.empty()) return NotFound("commission_plan", request.id());
        const postgres::Row last = found.front();
        RETURN_IF_FAULT(postgres::CheckRevision(call, last.Int("revision")));
        ASSIGN_OR_RETURN(const calendar::Date valid_from,
                         calendar::Date::Parse(request.terms().valid_from()));
        if (valid_from <= last.Date("valid_from")) {
          return FailedPrecondition("COMMISSION_TERMS_NOT_LATER",
                                    "The plan's latest terms are from " +
                                        last.Date("valid_from").ToString() +
                                        " on. Use a later valid_from.");
        }
        ASSIGN_OR_RETURN(const v1::CommissionPlan before, Load(tx, request.id()));
        tx.AuditBefore(before);
        InsertTerms(tx, id, last.Int("version") + 1, request.terms());
        tx.Run(sql::bump_commission_plan, id);
        return Load(tx, request.id());
      });
}

Result<v1::CommissionPlan> GetCommissionPlan(const App& app, const rpc::Call& call,
                                             const v1::GetCommissionPlanRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListCommissionPlansResponse> ListCommissionPlans(
    const App& app, const rpc::Call& call, const v1::ListCommissionPlansRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListCommissionPlansResponse> {
    v1::ListCommissionPlansResponse response;
    const Parameter all[] = {Parameter()};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_commission_plan, .parameters = all},
                                   request, &response));
    return response;
  });
}

}  // namespace continuo::commissions::app
