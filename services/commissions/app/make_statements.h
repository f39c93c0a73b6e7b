// Puts credits on statements: at each month's end, or earlier when asked.
#pragma once

#include <optional>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::commissions::v1 {
class CommissionStatement;
class CreateCommissionStatementRequest;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::CommissionStatement> CreateCommissionStatement(
    const App& app, const rpc::Call& call, const v1::CreateCommissionStatementRequest& request);

// The end of the first month with credits that are on no statement.
Result<std::optional<calendar::Instant>> NextStatementsAt(postgres::Transaction& tx);
// How much one transaction does. Each statement is made whole, so that the last one may go beyond
// the credits.
struct StatementsSlice {
  int statements_max = 500;
  int credits_max = 20'000;
};
// Makes statements of months that are over; true when there were any: more may be due.
Result<bool> MakeStatements(const App& app, const rpc::Call& call,
                            const StatementsSlice& slice = {});

}  // namespace continuo::commissions::app
