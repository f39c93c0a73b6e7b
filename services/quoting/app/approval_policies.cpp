#include "services/quoting/app/approval_policies.h"

#include <set>

#include "continuo/quoting/v1/approval.pb.h"
#include "libs/json/patch.h"
#include "libs/postgres/resource.h"
#include "services/quoting/domain/approval_ids.h"
#include "services/quoting/domain/findings.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using domain::Condition;
using domain::ConditionField;
using domain::ConditionOperator;
using postgres::Transaction;

const postgres::Resource kPolicy{sql::select_approval_policy, sql::lock_approval_policy};

// The proto's enums begin with UNSPECIFIED; the rest stands in the domain's order.
ConditionField FieldOf(const v1::ApprovalCondition& condition) {
  return static_cast<ConditionField>(condition.field() - 1);
}
ConditionOperator OperatorOf(const v1::ApprovalCondition& condition) {
  return static_cast<ConditionOperator>(condition.operator_() - 1);
}
static_assert(v1::APPROVAL_FIELD_FINDING - 1 == static_cast<int>(ConditionField::kFinding));
static_assert(v1::APPROVAL_OPERATOR_LESS_OR_EQUAL - 1 ==
              static_cast<int>(ConditionOperator::kLessOrEqual));

Result<Condition> ReadCondition(const v1::ApprovalCondition& condition, const std::string& at) {
  Condition read{.field = FieldOf(condition), .op = OperatorOf(condition)};
  if (!domain::IsNumber(read.field)) {
    if (read.op != ConditionOperator::kEqual && read.op != ConditionOperator::kNotEqual) {
      return Invalid(at + "/operator", "NOT_ALLOWED", "Codes are equal or not_equal.");
    }
    read.code = condition.value();
    if (read.field == ConditionField::kFinding && !domain::ParseFindingCode(read.code)) {
      return Invalid(at + "/value", "UNKNOWN_VALUE", "The code of a finding: \"ATTACH_GAP\".");
    }
    return read;
  }
  const Result<money::Decimal> number = money::Decimal::Parse(condition.value());
  if (!number) return Invalid(at + "/value", "INVALID_DECIMAL", "A decimal: \"12.5\".");
  read.number = *number;
  const bool has_currency = !condition.currency().empty();
  if (has_currency != (read.field == ConditionField::kValue)) {
    return Invalid(at + "/currency", has_currency ? "NOT_ALLOWED" : "REQUIRED",
                   "A value is compared in a currency; nothing else is.");
  }
  read.currency = condition.currency();
  return read;
}

Result<void> CheckStep(const v1::ApprovalStep& step, const std::string& at) {
  const bool has_profile = !step.profile_id().empty();
  if (has_profile == (step.user_ids_size() > 0)) {
    return Invalid(at, "ONE_OF", "A step names either users or a profile.");
  }
  if (has_profile && step.mode() == v1::APPROVAL_MODE_ALL) {
    return Invalid(at + "/mode", "NOT_ALLOWED", "One of a profile's users decides: any.");
  }
  const std::set<std::string> users(step.user_ids().begin(), step.user_ids().end());
  if (static_cast<int>(users.size()) != step.user_ids_size()) {
    return Invalid(at + "/user_ids", "DUPLICATE", "Name each user once.");
  }
  return {};
}

// With its defaults, or why it cannot be.
Result<v1::ApprovalPolicy> Checked(v1::ApprovalPolicy policy) {
  if (!policy.has_active()) policy.set_active(true);
  RETURN_IF_FAULT(ReadConditions(policy));
  if (policy.steps().empty()) return Invalid("/steps", "REQUIRED", "Who approves?");
  for (int i = 0; i < policy.steps_size(); ++i) {
    v1::ApprovalStep& step = *policy.mutable_steps(i);
    if (step.mode() == v1::APPROVAL_MODE_UNSPECIFIED) step.set_mode(v1::APPROVAL_MODE_ANY);
    RETURN_IF_FAULT(CheckStep(step, "/steps/" + std::to_string(i)));
  }
  return policy;
}

void Save(Transaction& tx, const postgres::Statement& statement, const postgres::Parameter& id,
          const v1::ApprovalPolicy& policy) {
  const std::string document = postgres::Document(policy);
  const postgres::Parameter division = postgres::IdOrNull("div", policy.division_id());
  if (&statement == &sql::insert_approval_policy) {
    tx.Run(statement, id, postgres::Json{document}, division, tx.now());
  } else {
    tx.Run(statement, id, postgres::Json{document}, division);
  }
}

}  // namespace

Result<std::vector<Condition>> ReadConditions(const v1::ApprovalPolicy& policy) {
  std::vector<Condition> conditions;
  for (int i = 0; i < policy.conditions_size(); ++i) {
    ASSIGN_OR_RETURN(Condition condition, ReadCondition(policy.conditions(i),
                                                        "/conditions/" + std::to_string(i)));
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

Result<v1::ApprovalPolicy> CreateApprovalPolicy(const App& app, const rpc::Call& call,
                                                const v1::CreateApprovalPolicyRequest& request) {
  ASSIGN_OR_RETURN(const v1::ApprovalPolicy policy, Checked(request.approval_policy()));
  return app.database.Command<v1::ApprovalPolicy>(
      call, [&](Transaction& tx) -> Result<v1::ApprovalPolicy> {
        const domain::ApprovalPolicyId id = domain::ApprovalPolicyId::New();
        Save(tx, sql::insert_approval_policy, id, policy);
        return postgres::Load<v1::ApprovalPolicy>(tx, kPolicy, id.ToString());
      });
}

Result<v1::ApprovalPolicy> GetApprovalPolicy(const App& app, const rpc::Call& call,
                                             const v1::GetApprovalPolicyRequest& request) {
  return postgres::Get<v1::ApprovalPolicy>(app.database, call, kPolicy, request);
}

Result<v1::ListApprovalPoliciesResponse> ListApprovalPolicies(
    const App& app, const rpc::Call& call, const v1::ListApprovalPoliciesRequest& request) {
  return postgres::ListOf<v1::ListApprovalPoliciesResponse>(app.database, call, kPolicy, request);
}

Result<v1::ApprovalPolicy> UpdateApprovalPolicy(const App& app, const rpc::Call& call,
                                                const v1::UpdateApprovalPolicyRequest& request) {
  return app.database.Command<v1::ApprovalPolicy>(
      call, [&](Transaction& tx) -> Result<v1::ApprovalPolicy> {
        ASSIGN_OR_RETURN(v1::ApprovalPolicy policy,
                         postgres::LoadForChange<v1::ApprovalPolicy>(tx, kPolicy, request.id()));
        RETURN_IF_FAULT(
            json::ApplyPatch(request.update_mask(), request.approval_policy(), &policy));
        ASSIGN_OR_RETURN(policy, Checked(policy));
        Save(tx, sql::update_approval_policy, postgres::IdOrNull("apol", request.id()), policy);
        return postgres::Load<v1::ApprovalPolicy>(tx, kPolicy, request.id());
      });
}

}  // namespace continuo::quoting::app
