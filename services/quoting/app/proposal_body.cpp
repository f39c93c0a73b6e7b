#include "services/quoting/app/proposal_body.h"

#include "continuo/type/v1/http_answer.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/document/html.h"
#include "libs/postgres/rows.h"

namespace continuo::quoting::app {
namespace {

// "Offer Q-000001" -> "Offer_Q-000001.pdf": safe in a header and on a disk.
std::string FileName(std::string_view title) {
  std::string name;
  for (const char c : title) {
    const bool kept = std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.';
    name += kept ? c : '_';
  }
  return name + ".pdf";
}

}  // namespace

google::api::HttpBody PdfBody(const postgres::Row& document) {
  type::v1::HttpAnswer says;
  says.set_etag(std::string(document.Text("document_hash")));
  says.set_file_name(FileName(document.Text("title")));
  google::api::HttpBody body;
  body.set_content_type("application/pdf");
  body.set_data(document.Bytes("pdf"));
  body.add_extensions()->PackFrom(says);
  return body;
}

google::api::HttpBody HtmlBody(HtmlAnswer answer) {
  using document::Forms;
  type::v1::HttpAnswer says;
  says.set_status(answer.status);
  says.set_content_security_policy(
      document::ContentSecurityPolicy(answer.has_forms ? Forms::kOwn : Forms::kNone));
  google::api::HttpBody body;
  body.set_content_type("text/html; charset=utf-8");
  body.set_data(std::move(answer.html));
  body.add_extensions()->PackFrom(says);
  return body;
}

}  // namespace continuo::quoting::app
