// Documents as HTML that works without scripts, and the page around them.
//
//   Page({.language = "en", .title = "Offer", .header = "Example GmbH", .body = Body(offer)})
//
// Everything that is text is escaped here; what is handed over as `body` must come from here. The
// page has one style, in itself, and ContentSecurityPolicy() allows that one and nothing else.
#pragma once

#include <string>
#include <string_view>

#include "libs/document/blocks.h"

namespace continuo::document {

// The five characters that mean something in HTML.
std::string Escape(std::string_view text);

// The blocks alone, as an article.
std::string Body(const Document& document);

struct PageParts {
  std::string language;
  std::string title;
  std::string header;  // whose page it is; empty: nobody's
  std::string body;    // HTML
};
std::string Page(const PageParts& parts);
// The document as a page of its own.
std::string ToHtml(const Document& document);

enum class Forms { kNone, kOwn };
// For the page's answer: no scripts, no frames, no other site; forms go back to where it came from.
std::string ContentSecurityPolicy(Forms forms);

}  // namespace continuo::document
