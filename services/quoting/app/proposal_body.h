// Documents and pages as answers over HTTP.
#pragma once

#include <string>

namespace google::api {
class HttpBody;
}
namespace continuo::postgres {
class Row;
}

namespace continuo::quoting::app {

// The PDF of a row of find_proposal_document: it can be kept, and asked for again by its tag.
google::api::HttpBody PdfBody(const postgres::Row& document);

struct HtmlAnswer {
  std::string html;  // a whole page
  int status = 200;
  bool has_forms = false;
};
google::api::HttpBody HtmlBody(HtmlAnswer answer);

}  // namespace continuo::quoting::app
