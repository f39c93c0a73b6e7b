// What a preview is of. What is in it is held against the fact by tests/scenarios/preview, with the
// services that it asks.
#include "services/quoting/app/preview.h"

#include "continuo/quoting/v1/preview.pb.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

TEST_CASE("A preview is of a quote that was not accepted, on a day to come") {
  Quoting quoting;
  const v1::Quote quote = quoting.Open({Quoting::Line(quoting.seats, "10")});
  v1::GetQuotePreviewRequest request;
  request.set_quote_id(quote.id());
  const auto preview = [&] { return GetQuotePreview(quoting.app, quoting.Call(), request); };
  // Nobody plays contracts here: it is asked with the order to be, and its fault is told.
  const Result<v1::QuotePreview> asked = preview();
  REQUIRE_FALSE(asked);
  CHECK(asked.error().message.find("PreviewContract") != std::string::npos);
  request.set_accepted_on("2026-03-09");
  CHECK(Pointer(preview()).ends_with("accepted_on"));
  request.clear_accepted_on();
  quoting.Must(quoting.Accept(quoting.Release(quote)));
  CHECK(Reason(preview()) == "QUOTE_ALREADY_ACCEPTED");
  request.set_quote_id(ids::QuoteId::New().ToString());
  CHECK(Reason(preview()) == "NOT_FOUND");
}

}  // namespace
}  // namespace continuo::quoting::app
