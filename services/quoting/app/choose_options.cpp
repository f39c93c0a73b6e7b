#include "services/quoting/app/choose_options.h"

#include "continuo/quoting/v1/quote.pb.h"
#include "libs/postgres/transaction.h"
#include "services/quoting/app/edit_quote.h"
#include "services/quoting/app/tell.h"
#include "services/quoting/domain/options.h"

namespace continuo::quoting::app {
namespace {

constexpr char kAction[] = "choose";

}  // namespace

Result<v1::Quote> ChooseQuoteOptions(const App& app, const rpc::Call& call,
                                     const v1::ChooseQuoteOptionsRequest& request) {
  const std::vector<std::string> options(request.options().begin(), request.options().end());
  return EditQuote(app, call, request.id(),
                   {.action = kAction,
                    .reason = request.reason(),
                    .change = [&](postgres::Transaction&, store::StoredQuote& stored) {
                      return domain::Choose(&stored.quote, options);
                    }});
}

Result<void> ChooseLocked(postgres::Transaction& tx, store::StoredQuote& stored,
                          std::span<const std::string> options, const std::string& reason) {
  const domain::Content before = domain::ContentOf(stored.quote);
  RETURN_IF_FAULT(domain::Choose(&stored.quote, options));
  RETURN_IF_FAULT(domain::Reprice(&stored.quote));
  domain::Difference changes = domain::Compare(before, domain::ContentOf(stored.quote));
  if (changes.empty()) return {};
  ++stored.quote.revision;
  Complete(tx, stored, before,
           {.action = kAction, .reason = reason, .changes = std::move(changes), .is_point = true});
  TellPriced(tx, stored.quote);
  return {};
}

}  // namespace continuo::quoting::app
