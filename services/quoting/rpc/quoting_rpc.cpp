#include "services/quoting/rpc/quoting_rpc.h"

#include "continuo/quoting/v1/quoting_service.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/rpc/methods.h"
#include "services/quoting/app/accept_quote.h"
#include "services/quoting/app/act_on_quote.h"
#include "services/quoting/app/clone_quote.h"
#include "services/quoting/app/approval_policies.h"
#include "services/quoting/app/approvals.h"
#include "services/quoting/app/choose_options.h"
#include "services/quoting/app/clauses.h"
#include "services/quoting/app/create_quote.h"
#include "services/quoting/app/direct_order.h"
#include "services/quoting/app/edit_lines.h"
#include "services/quoting/app/finance_sheet.h"
#include "services/quoting/app/findings.h"
#include "services/quoting/app/margin.h"
#include "services/quoting/app/orders.h"
#include "services/quoting/app/price_guidance.h"
#include "services/quoting/app/preview.h"
#include "services/quoting/app/proposals.h"
#include "services/quoting/app/public_quotes.h"
#include "services/quoting/app/quote_difference.h"
#include "services/quoting/app/read_quotes.h"
#include "services/quoting/app/residual_demands.h"
#include "services/quoting/app/update_quote.h"
#include "services/quoting/service.h"

namespace continuo::quoting {

void Serve(const app::App& with, rpc::Methods& methods) {
  methods.Serve(with, app::CreateQuote, app::GetQuote, app::ListQuotes, app::UpdateQuote,
                app::AddQuoteLine, app::ListQuoteLines, app::UpdateQuoteLine, app::RemoveQuoteLine,
                app::ChangeQuoteLines, app::GetQuoteLineDerivation, app::ListQuoteVersions,
                app::ListQuoteRevisions, app::GetTrajectory, app::SelectQuote, app::ReviseQuote,
                app::SubmitQuote, app::ApproveQuote, app::RejectQuote, app::ReleaseQuote,
                app::AcceptQuote, app::DeclineQuote, app::GetOrder, app::ListOrders,
                app::GetResidualDemand, app::ListResidualDemands, app::DismissResidualDemand);
  methods.Serve(with, app::CloneQuote, app::GetQuoteDifference, app::GetQuoteMargin,
                app::GetQuoteFindings, app::GetPriceGuidance,
                app::CreateOrder, app::GetFinanceSheet, app::GetFinanceSheetTable,
                app::PursueResidualDemand);
  methods.Serve(with, app::CreateProposal, app::GetProposal, app::ListProposals,
                app::GetProposalPage, app::GetProposalPdf, app::SendProposal, app::RevokeProposal,
                app::ListProposalComments, app::GetAcceptance, app::GetPublicQuote,
                app::AcceptPublicQuote, app::GetPublicQuotePdf, app::CommentOnPublicQuote);
  methods.Serve(with, app::CreateApprovalPolicy, app::GetApprovalPolicy, app::ListApprovalPolicies,
                app::UpdateApprovalPolicy, app::GetApproval, app::ListApprovals,
                app::ApproveApproval, app::RejectApproval, app::DelegateApproval);
  methods.Serve(with, app::CreateClause, app::GetClause, app::ListClauses, app::AddQuoteClause,
                app::UpdateQuoteClause, app::RemoveQuoteClause, app::DecideQuoteClause,
                app::GetQuoteClauseRedline, app::NegotiateQuote, app::CreateQuoteComment,
                app::ListQuoteComments);
  methods.Serve(with, app::GetQuotePreview, app::ChooseQuoteOptions);
  OfferCalculations(methods);
}

}  // namespace continuo::quoting
