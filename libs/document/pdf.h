// Documents as PDF on A4, from the same blocks as the page: text that can be selected and searched,
// headings and tables tagged for readers that read aloud, fonts embedded.
//
// The same document gives the same bytes, by one build on one machine: there is no date in it but
// the document's own. Another version of cairo, pango or the fonts draws other bytes, so whoever
// needs the very document later keeps it.
//
// Set in DejaVu Sans (Latin with all its accents, Cyrillic, Greek); what that lacks comes from the
// machine's other fonts: Chinese and Japanese from Droid Sans Fallback, Korean where somebody has
// installed a font for it (Debian: fonts-nanum).
#pragma once

#include <string>

#include "libs/document/blocks.h"

namespace continuo::document {

std::string ToPdf(const Document& document);

}  // namespace continuo::document
