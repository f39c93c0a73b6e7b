#include "services/quoting/rpc/quoting_rpc.h"

#include "continuo/quoting/v1/quoting_service.pb.h"
#include "libs/rpc/methods.h"
#include "services/quoting/app/accept_quote.h"
#include "services/quoting/app/act_on_quote.h"
#include "services/quoting/app/create_quote.h"
#include "services/quoting/app/edit_lines.h"
#include "services/quoting/app/orders.h"
#include "services/quoting/app/read_quotes.h"
#include "services/quoting/app/residual_demands.h"
#include "services/quoting/app/update_quote.h"
#include "services/quoting/service.h"

namespace continuo::quoting {
namespace {

using app::App;
using rpc::Call;
using rpc::Methods;

// One line for each operation: its name in the proto, and the use case of that name.
template <class Request, class Answer>
void On(Methods& methods, const App& app, const std::string& name,
        Result<Answer> (*use_case)(const App&, const Call&, const Request&)) {
  methods.On<Request, Answer>("continuo.quoting.v1.QuotingService/" + name,
                              [app, use_case](const Call& call, const Request& request) {
                                return use_case(app, call, request);
                              });
}

}  // namespace

void Serve(const App& with, Methods& methods) {
  On(methods, with, "CreateQuote", app::CreateQuote);
  On(methods, with, "GetQuote", app::GetQuote);
  On(methods, with, "ListQuotes", app::ListQuotes);
  On(methods, with, "UpdateQuote", app::UpdateQuote);
  On(methods, with, "AddQuoteLine", app::AddQuoteLine);
  On(methods, with, "ListQuoteLines", app::ListQuoteLines);
  On(methods, with, "UpdateQuoteLine", app::UpdateQuoteLine);
  On(methods, with, "RemoveQuoteLine", app::RemoveQuoteLine);
  On(methods, with, "ChangeQuoteLines", app::ChangeQuoteLines);
  On(methods, with, "GetQuoteLineDerivation", app::GetQuoteLineDerivation);
  On(methods, with, "ListQuoteVersions", app::ListQuoteVersions);
  On(methods, with, "ListQuoteRevisions", app::ListQuoteRevisions);
  On(methods, with, "GetTrajectory", app::GetTrajectory);
  On(methods, with, "SelectQuote", app::SelectQuote);
  On(methods, with, "ReviseQuote", app::ReviseQuote);
  On(methods, with, "SubmitQuote", app::SubmitQuote);
  On(methods, with, "ApproveQuote", app::ApproveQuote);
  On(methods, with, "RejectQuote", app::RejectQuote);
  On(methods, with, "ReleaseQuote", app::ReleaseQuote);
  On(methods, with, "AcceptQuote", app::AcceptQuote);
  On(methods, with, "DeclineQuote", app::DeclineQuote);
  On(methods, with, "GetOrder", app::GetOrder);
  On(methods, with, "ListOrders", app::ListOrders);
  On(methods, with, "GetResidualDemand", app::GetResidualDemand);
  On(methods, with, "ListResidualDemands", app::ListResidualDemands);
  On(methods, with, "DismissResidualDemand", app::DismissResidualDemand);
  OfferCalculations(methods);
}

}  // namespace continuo::quoting
