// Commission statements: read as they are or were known, approved, paid.
#pragma once

#include <string>

#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::commissions::v1 {
class ApproveCommissionStatementRequest;
class CommissionStatement;
class GetCommissionStatementRequest;
class ListCommissionStatementsRequest;
class ListCommissionStatementsResponse;
class PayCommissionStatementRequest;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::CommissionStatement> LoadStatement(postgres::Transaction& tx, const std::string& id);

Result<v1::CommissionStatement> GetCommissionStatement(
    const App& app, const rpc::Call& call, const v1::GetCommissionStatementRequest& request);
Result<v1::ListCommissionStatementsResponse> ListCommissionStatements(
    const App& app, const rpc::Call& call, const v1::ListCommissionStatementsRequest& request);
Result<v1::CommissionStatement> ApproveCommissionStatement(
    const App& app, const rpc::Call& call, const v1::ApproveCommissionStatementRequest& request);
Result<v1::CommissionStatement> PayCommissionStatement(
    const App& app, const rpc::Call& call, const v1::PayCommissionStatementRequest& request);

}  // namespace continuo::commissions::app
