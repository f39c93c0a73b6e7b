#include "services/catalogue/app/index_series.h"

#include <array>

#include "continuo/catalogue/v1/events.pb.h"
#include "continuo/catalogue/v1/index_series.pb.h"
#include "libs/calendar/zone.h"
#include "libs/events/append.h"
#include "libs/ids/id.h"
#include "libs/json/patch.h"
#include "libs/money/decimal.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/app/product_versions.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

using IndexSeriesId = ids::Id<"idx">;
using IndexPointId = ids::Id<"ixp">;

const postgres::Resource kIndexSeries{sql::select_index_series, sql::lock_index_series};

template <class Fact>
Fact About(const v1::IndexSeries& series) {
  Fact fact;
  fact.set_id(series.id());
  fact.set_revision(series.revision());
  fact.set_code(series.code());
  return fact;
}

Result<void> CheckPoint(const v1::IndexPoint& point, calendar::Date known_on, calendar::Date today) {
  // The edge has accepted the text as a day.
  if (!point.month().ends_with("-01")) {
    return Invalid("/month", "INVALID_FORMAT", "Name the first day of the month.");
  }
  if (known_on > today) {
    return Invalid("/known_on", "OUT_OF_RANGE",
                   "Today is " + today.ToString() + ": what becomes known later is not known yet.");
  }
  return {};
}

v1::IndexPoint ShowPoint(Transaction& tx, const v1::IndexSeries& series, const IndexPointId& id) {
  v1::IndexPoint point;
  postgres::Fill(
      tx.Run(sql::select_index_points, IdOrNull("idx", series.id()), nullptr, id).front(), &point);
  return point;
}

}  // namespace

Result<v1::IndexSeries> CreateIndexSeries(postgres::Database& database, const rpc::Call& call,
                                          const v1::CreateIndexSeriesRequest& request) {
  const v1::IndexSeries& series = request.index_series();
  return database.Command<v1::IndexSeries>(
      call, [&](Transaction& tx) -> Result<v1::IndexSeries> {
        const IndexSeriesId id = IndexSeriesId::New();
        const std::string document = postgres::Document(series);
        try {
          tx.Run(sql::insert_index_series, id, postgres::Json{document}, tx.now());
        } catch (const postgres::UniqueViolation&) {
          return FailedPrecondition("INDEX_SERIES_CODE_TAKEN",
                                    "There is an index with code " + series.code() +
                                        ". Use another code, or that index.",
                                    {{"code", series.code()}});
        }
        ASSIGN_OR_RETURN(v1::IndexSeries stored,
                         postgres::Load<v1::IndexSeries>(tx, kIndexSeries, id.ToString()));
        events::Append(tx, About<v1::IndexSeriesCreated>(stored),
                       {.source_version = stored.revision()});
        return stored;
      });
}

Result<v1::IndexSeries> GetIndexSeries(postgres::Database& database, const rpc::Call& call,
                                       const v1::GetIndexSeriesRequest& request) {
  return postgres::Get<v1::IndexSeries>(database, call, kIndexSeries, request);
}

Result<v1::ListIndexSeriesResponse> ListIndexSeries(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::ListIndexSeriesRequest& request) {
  return postgres::ListOf<v1::ListIndexSeriesResponse>(database, call, kIndexSeries, request);
}

Result<v1::IndexSeries> UpdateIndexSeries(postgres::Database& database, const rpc::Call& call,
                                          const v1::UpdateIndexSeriesRequest& request) {
  return database.Command<v1::IndexSeries>(
      call, [&](Transaction& tx) -> Result<v1::IndexSeries> {
        ASSIGN_OR_RETURN(v1::IndexSeries series, postgres::LoadForChange<v1::IndexSeries>(
                                                     tx, kIndexSeries, request.id()));
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.index_series(), &series));
        const std::string document = postgres::Document(series);
        tx.Run(sql::update_index_series, IdOrNull("idx", series.id()), postgres::Json{document});
        ASSIGN_OR_RETURN(v1::IndexSeries stored,
                         postgres::Load<v1::IndexSeries>(tx, kIndexSeries, series.id()));
        events::Append(tx, About<v1::IndexSeriesUpdated>(stored),
                       {.source_version = stored.revision()});
        return stored;
      });
}

Result<v1::IndexPoint> AddIndexPoint(postgres::Database& database, const rpc::Call& call,
                                     const v1::AddIndexPointRequest& request) {
  const v1::IndexPoint& asked = request.point();
  return database.Command<v1::IndexPoint>(call, [&](Transaction& tx) -> Result<v1::IndexPoint> {
    if (tx.Run(sql::lock_index_series,
               postgres::IdOf(v1::IndexSeries::descriptor(), request.index_series_id()))
            .empty()) {
      return postgres::NoSuch(v1::IndexSeries::descriptor(), request.index_series_id());
    }
    const calendar::Date known_on = DayOrToday(tx, asked.known_on());
    RETURN_IF_FAULT(CheckPoint(asked, known_on, tx.Today(calendar::Zone::Utc())));
    const IndexPointId id = IndexPointId::New();
    ASSIGN_OR_RETURN(const money::Decimal value, money::Decimal::Parse(asked.value()));
    try {
      tx.Run(sql::insert_index_point, id, IdOrNull("idx", request.index_series_id()), asked.month(),
             value, known_on, tx.now());
    } catch (const postgres::UniqueViolation&) {
      return FailedPrecondition("INDEX_POINT_EXISTS",
                                "The index of " + asked.month() + " became known on " +
                                    known_on.ToString() + " already. Name another day.",
                                {{"month", asked.month()}, {"known_on", known_on.ToString()}});
    }
    tx.Run(sql::touch_index_series, IdOrNull("idx", request.index_series_id()));
    ASSIGN_OR_RETURN(const v1::IndexSeries series,
                     postgres::Load<v1::IndexSeries>(tx, kIndexSeries, request.index_series_id()));
    auto added = About<v1::IndexSeriesPointAdded>(series);
    added.set_month(asked.month());
    added.set_value(value.ToString());
    added.set_known_on(known_on.ToString());
    events::Append(tx, added, {.source_version = series.revision()});
    return ShowPoint(tx, series, id);
  });
}

Result<v1::ListIndexPointsResponse> ListIndexPoints(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::ListIndexPointsRequest& request) {
  return database.Read(call, [&](Transaction& tx) -> Result<v1::ListIndexPointsResponse> {
    RETURN_IF_FAULT(
        postgres::Load<v1::IndexSeries>(tx, kIndexSeries, request.index_series_id()));
    v1::ListIndexPointsResponse response;
    const postgres::Parameter of_series[] = {IdOrNull("idx", request.index_series_id()),
                                             postgres::NullIfEmpty(request.known_by()), nullptr};
    constexpr std::array<std::string_view, 1> kTreated = {"known_by"};
    RETURN_IF_FAULT(postgres::List(tx,
                                   {.select = sql::select_index_points,
                                    .parameters = of_series,
                                    .treated = kTreated},
                                   request, &response));
    return response;
  });
}

}  // namespace continuo::catalogue::app
