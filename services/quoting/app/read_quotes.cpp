#include "services/quoting/app/read_quotes.h"

#include "continuo/quoting/v1/quote.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/quoting/app/direction_message.h"
#include "services/quoting/app/show.h"
#include "services/quoting/domain/trajectory.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using money::Decimal;
using postgres::Rows;
using postgres::Transaction;

Result<ids::QuoteId> ReadQuoteId(const std::string& text) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(text);
  if (!id) return NotFound("quote", text);
  return id;
}

// Lists below a quote are empty for a quote without entries, and 404 for no quote.
Result<void> CheckExists(Transaction& tx, const std::string& quote_id) {
  ASSIGN_OR_RETURN(const ids::QuoteId id, ReadQuoteId(quote_id));
  if (tx.Run(sql::find_quote_context, id).empty()) return NotFound("quote", quote_id);
  return {};
}

template <class Response, class Request>
Result<Response> ListBelowQuote(const App& app, const rpc::Call& call, const Request& request,
                                const postgres::Statement& select) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<Response> {
    RETURN_IF_FAULT(CheckExists(tx, request.quote_id()));
    Response response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = select}, request, &response));
    return response;
  });
}

Result<domain::Point> ReadPoint(const v1::Trajectory::Point& point) {
  domain::Point read;
  ASSIGN_OR_RETURN(read.term_total, Decimal::Parse(point.term_total().amount()));
  for (const v1::Trajectory::Product& product : point.products()) {
    domain::ProductPoint part{.product_code = product.product_code()};
    ASSIGN_OR_RETURN(part.product_id, ids::ProductId::Parse(product.product_id()));
    ASSIGN_OR_RETURN(part.quantity, Decimal::Parse(product.quantity()));
    if (!product.unit_price().empty()) {
      ASSIGN_OR_RETURN(part.unit_price, Decimal::Parse(product.unit_price()));
    }
    if (!product.start_on().empty()) {
      ASSIGN_OR_RETURN(part.start_on, calendar::Date::Parse(product.start_on()));
    }
    read.products.push_back(std::move(part));
  }
  return read;
}

void WriteDirections(const domain::Point& from, v1::Trajectory::Point* point) {
  point->set_direction(ToProto(from.direction));
  point->clear_products();
  for (const domain::ProductPoint& part : from.products) {
    v1::Trajectory::Product& product = *point->add_products();
    product.set_product_id(part.product_id.ToString());
    product.set_product_code(part.product_code);
    product.set_quantity(part.quantity.ToString());
    if (part.unit_price) product.set_unit_price(part.unit_price->ToString());
    product.set_quantity_direction(ToProto(part.quantity_direction));
    product.set_price_direction(ToProto(part.price_direction));
    if (part.start_on) product.set_start_on(part.start_on->ToString());
    product.set_start_direction(ToProto(part.start_direction));
  }
}

Result<void> SetDirections(v1::Trajectory* trajectory) {
  std::vector<domain::Point> points;
  for (const v1::Trajectory::Point& point : trajectory->points()) {
    ASSIGN_OR_RETURN(points.emplace_back(), ReadPoint(point));
  }
  domain::SetDirections(&points);
  for (size_t i = 0; i < points.size(); ++i) {
    WriteDirections(points[i], trajectory->mutable_points(static_cast<int>(i)));
  }
  trajectory->set_direction(v1::DIRECTION_SAME);
  if (!points.empty()) {
    trajectory->set_direction(
        ToProto(domain::DirectionOf(points.front().term_total, points.back().term_total)));
  }
  return {};
}

}  // namespace

Result<v1::Quote> GetQuote(const App& app, const rpc::Call& call,
                           const v1::GetQuoteRequest& request) {
  ASSIGN_OR_RETURN(const ids::QuoteId id, ReadQuoteId(request.id()));
  return app.database.Read(call, [&](Transaction& tx) { return ShowQuote(tx, id); });
}

Result<v1::ListQuotesResponse> ListQuotes(const App& app, const rpc::Call& call,
                                          const v1::ListQuotesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListQuotesResponse> {
    v1::ListQuotesResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_quotes}, request, &response));
    SummarizeQuotes(tx, response.mutable_data());
    return response;
  });
}

Result<v1::ListQuoteLinesResponse> ListQuoteLines(const App& app, const rpc::Call& call,
                                                  const v1::ListQuoteLinesRequest& request) {
  return ListBelowQuote<v1::ListQuoteLinesResponse>(app, call, request, sql::select_quote_lines);
}

Result<v1::QuoteLineDerivation> GetQuoteLineDerivation(
    const App& app, const rpc::Call& call, const v1::GetQuoteLineDerivationRequest& request) {
  ASSIGN_OR_RETURN(const ids::QuoteId id, ReadQuoteId(request.quote_id()));
  const Result<ids::QuoteLineId> line_id = ids::QuoteLineId::Parse(request.id());
  if (!line_id) return NotFound("quote_line", request.id());
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::QuoteLineDerivation> {
    const Rows found = tx.Run(sql::find_line_derivation, id, *line_id);
    if (found.empty()) return NotFound("quote_line", request.id());
    v1::QuoteLineDerivation derivation;
    postgres::Fill(found.front(), &derivation);
    return derivation;
  });
}

Result<v1::ListQuoteVersionsResponse> ListQuoteVersions(
    const App& app, const rpc::Call& call, const v1::ListQuoteVersionsRequest& request) {
  return ListBelowQuote<v1::ListQuoteVersionsResponse>(app, call, request,
                                                       sql::select_quote_versions);
}

Result<v1::ListQuoteRevisionsResponse> ListQuoteRevisions(
    const App& app, const rpc::Call& call, const v1::ListQuoteRevisionsRequest& request) {
  return ListBelowQuote<v1::ListQuoteRevisionsResponse>(app, call, request,
                                                        sql::select_quote_revisions);
}

Result<v1::Trajectory> GetTrajectory(const App& app, const rpc::Call& call,
                                     const v1::GetTrajectoryRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::Trajectory> {
    RETURN_IF_FAULT(CheckExists(tx, request.quote_id()));
    v1::Trajectory trajectory;
    trajectory.set_quote_id(request.quote_id());
    const Rows rows =
        tx.Run(sql::list_trajectory, postgres::IdOrNull("quo", request.quote_id()));
    postgres::FillAll(rows, trajectory.mutable_points());
    RETURN_IF_FAULT(SetDirections(&trajectory));
    return trajectory;
  });
}

}  // namespace continuo::quoting::app
