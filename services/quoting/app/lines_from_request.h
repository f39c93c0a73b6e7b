// Lines as a request names them, and the products that they name, looked up before the transaction.
//
//   ASSIGN_OR_RETURN(auto lines, ReadNewLines(quote.lines(), "/lines"));
//   ASSIGN_OR_RETURN(auto offers, FindOffers(app, call, lines, buyer, today));
//   ... in the transaction: AddLines(&stored.quote, lines, offers)
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/quoting/app/app.h"
#include "services/quoting/app/buyer.h"
#include "services/quoting/domain/contract_change.h"
#include "services/quoting/domain/offer.h"

namespace google::protobuf {
template <class T>
class RepeatedPtrField;
}
namespace continuo::quoting::v1 {
class QuoteLine;
}
namespace continuo::type::v1 {
class Money;
}

namespace continuo::quoting::app {

struct NewLine {
  std::string product_id;
  std::string pointer;  // where it stands in the body: "/lines/0", "" when the body is the line
  domain::LineTerms terms;
  std::vector<domain::Choice> choices;
  std::vector<domain::RampStep> ramp;
  std::optional<domain::ChangeRequest> change;  // of a line of the running contract
};

// What is sold under a product's id on the day.
using Offers = std::map<std::string, domain::Offer>;  // by product id

// What a change begins from.
struct KnownLine {
  domain::RunningLine running;
  domain::SoldLine sold;
};
using KnownLines = std::map<std::string, KnownLine>;  // by the new line's pointer

// An empty text is none.
Result<std::optional<calendar::Date>> OptionalDate(const std::string& text);
Result<std::optional<money::Decimal>> OptionalDecimal(const std::string& text);

Result<NewLine> ReadNewLine(const v1::QuoteLine& line, const std::string& pointer);
Result<std::vector<NewLine>> ReadNewLines(
    const google::protobuf::RepeatedPtrField<v1::QuoteLine>& lines, const std::string& pointer);
Result<std::optional<money::Money>> ReadDiscountAmount(const type::v1::Money& amount,
                                                       const std::string& pointer);

// At the prices of the day, the buyer's price books among them. REFERENCE_NOT_FOUND for an unknown
// product, PRODUCT_NOT_SOLD for one that is not on sale on the day. A line that goes on under its own
// product needs none.
Result<Offers> FindOffers(const App& app, const rpc::Call& call, const std::vector<NewLine>& lines,
                          const Buyer& buyer, calendar::Date on);

Result<void> AddLines(domain::Quote* quote, const std::vector<NewLine>& lines,
                      const Offers& offers, const KnownLines& known = {});

}  // namespace continuo::quoting::app
