// Indexes and what was known of them when.
#include "continuo/catalogue/v1/index_series.pb.h"
#include "services/catalogue/app/index_series.h"
#include "services/catalogue/app/stage_test.h"

namespace continuo::catalogue::app {
namespace {

TEST_CASE("An index has points, each from the day on which it became known") {
  Catalogue catalogue;  // it is 2026-03-10
  const auto create = [&] {
    return CreateIndexSeries(
        catalogue.database, catalogue.Call(),
        Json<v1::CreateIndexSeriesRequest>(
            R"({"index_series":{"code":"NL-CPI","name":"Consumer prices","source":"CBS"}})"));
  };
  const v1::IndexSeries series = create().value();
  CHECK(Reason(create()) == "INDEX_SERIES_CODE_TAKEN");
  const auto add = [&](const std::string& month, const std::string& value, const std::string& known) {
    return AddIndexPoint(catalogue.database, catalogue.Call(),
                         Json<v1::AddIndexPointRequest>(
                             R"({"index_series_id":")" + series.id() + R"(","point":{"month":")" +
                             month + R"(","value":")" + value + R"(","known_on":")" + known + R"("}})"));
  };
  CHECK(add("2026-01-01", "120.5", "2026-02-05")->value() == "120.5");
  REQUIRE(add("2026-02-01", "121", "2026-03-05"));
  REQUIRE(add("2026-01-01", "120.7", "2026-03-05"));  // corrected
  CHECK(Reason(add("2026-01-01", "9", "2026-03-05")) == "INDEX_POINT_EXISTS");
  CHECK(Pointer(add("2026-01-15", "9", "2026-03-06")) == "/month");
  CHECK(Pointer(add("2026-03-01", "9", "2026-03-11")) == "/known_on");
  CHECK(add("2026-03-01", "122", "")->known_on() == "2026-03-10");

  const auto known = [&](const std::string& by) {
    v1::ListIndexPointsRequest request;
    request.set_index_series_id(series.id());
    request.set_known_by(by);
    request.set_sort("month");
    rpc::Call call = catalogue.Call();
    call.method = "/continuo.catalogue.v1.CatalogueService/ListIndexPoints";
    std::string values;
    const auto points = ListIndexPoints(catalogue.database, call, request).value();
    for (const v1::IndexPoint& point : points.data()) {
      values += (values.empty() ? "" : " ") + point.value();
    }
    return values;
  };
  CHECK(known("2026-02-04") == "");
  CHECK(known("2026-02-05") == "120.5");
  CHECK(known("2026-03-05") == "120.7 121");
  CHECK(known("") == "120.5 120.7 121 122");
  CHECK_THROWS(catalogue.test.Execute("UPDATE catalogue.index_point SET value = 1"));

  v1::UpdateIndexSeriesRequest change;
  change.set_id(series.id());
  change.mutable_index_series()->set_name("CPI");
  change.add_update_mask("name");
  CHECK(UpdateIndexSeries(catalogue.database, catalogue.Call(), change)->revision() == 6);
  v1::GetIndexSeriesRequest get;
  get.set_id(series.id());
  CHECK(GetIndexSeries(catalogue.database, catalogue.Call(), get)->name() == "CPI");
  v1::ListIndexSeriesRequest list;
  list.set_code("NL-CPI");
  CHECK(ListIndexSeries(catalogue.database, catalogue.Call(), list)->data_size() == 1);
  CHECK(catalogue.Events().starts_with("index_series.created index_series.point_added"));
}

}  // namespace
}  // namespace continuo::catalogue::app
