#include "libs/postgres/revision.h"

#include "libs/testing/catch/catch.h"

namespace continuo::postgres {
namespace {

TEST_CASE("If-Match names the revision that was read") {
  using Row = std::tuple<std::optional<std::string>, int64_t, bool>;
  const auto [if_match, revision, passes] = GENERATE(values<Row>({
      {std::nullopt, 3, true}, {"*", 3, true}, {"3", 3, true}, {"2", 3, false}, {"", 3, false}, {"03", 3, false},
  }));
  rpc::Call call;
  call.if_match = if_match;
  const Result<void> checked = CheckRevision(call, revision);
  CHECK(checked.has_value() == passes);
  if (!checked) CHECK(checked.error().reason == "ETAG_MISMATCH");
}

}  // namespace
}  // namespace continuo::postgres
