// The documents that describe the API, made from the descriptors alone.
#pragma once

#include <string>

namespace continuo::gateway {

class Routes;

// OpenAPI 3.1, as JSON.
std::string OpenApiDocument(const Routes& routes);
// HTML that shows it, with Redoc from /docs/redoc.js.
std::string ReferencePage();
// HTML, one anchor for each error code.
std::string ErrorsPage();

}  // namespace continuo::gateway
