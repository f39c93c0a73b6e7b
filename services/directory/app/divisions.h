// Divisions: the legal entities of the company.
#pragma once

#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class CreateDivisionRequest;
class Division;
class GetDivisionRequest;
class ListDivisionsRequest;
class ListDivisionsResponse;
class UpdateDivisionRequest;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

Result<v1::Division> CreateDivision(const App& app, const rpc::Call& call,
                                    const v1::CreateDivisionRequest& request);
Result<v1::Division> GetDivision(const App& app, const rpc::Call& call,
                                 const v1::GetDivisionRequest& request);
Result<v1::ListDivisionsResponse> ListDivisions(const App& app, const rpc::Call& call,
                                                const v1::ListDivisionsRequest& request);
Result<v1::Division> UpdateDivision(const App& app, const rpc::Call& call,
                                    const v1::UpdateDivisionRequest& request);

}  // namespace continuo::directory::app
