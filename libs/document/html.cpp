#include "libs/document/html.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace continuo::document {
namespace {

// Readable on a telephone, on paper and without colours: dark text on white (contrast 15 : 1), a
// visible focus, wide tables that scroll by themselves.
constexpr char kStyle[] = R"css(
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;color:#1b1f24;background:#fff;font:1rem/1.5 system-ui,"DejaVu Sans",sans-serif}
header,main,footer{max-width:54rem;margin:0 auto;padding:1rem}
header{border-bottom:1px solid #c9ced6;font-weight:600}
footer{border-top:1px solid #c9ced6;color:#4a5159;font-size:.875rem}
h1{font-size:1.75rem;line-height:1.2;margin:1rem 0}
h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .5rem}
h3{font-size:1.0625rem;margin:1.5rem 0 .25rem}
p{margin:.5rem 0;overflow-wrap:anywhere}
ul{margin:.5rem 0;padding-left:1.25rem}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.25rem 1.5rem;margin:.5rem 0}
dt{color:#4a5159}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
.table{overflow-x:auto;margin:.5rem 0}
table{border-collapse:collapse;width:100%}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid #dfe3e8}
thead th{border-bottom:2px solid #4a5159;font-size:.875rem}
tbody th[scope=rowgroup]{background:#f3f5f7}
tfoot td{font-weight:600;border-bottom:0}
.end{text-align:right;white-space:nowrap}
small{display:block;color:#4a5159;font-size:.875rem;font-weight:400;white-space:normal}
code{font-family:"DejaVu Sans Mono",monospace;font-size:.875em;overflow-wrap:anywhere}
.small{color:#4a5159;font-size:.875rem}
.notice{border:2px solid #8a5a00;background:#fff8e8;padding:.75rem 1rem}
.error{border:2px solid #a4161a;background:#fff1f1;padding:.75rem 1rem}
.paper{display:none}
.line{margin:2.5rem 0 0;border-top:1px solid #4a5159;max-width:24rem;font-size:.875rem}
.error h2{margin-top:0}
p.error{border-width:0 0 0 4px;padding:.25rem .75rem}
.narrow{width:1%;white-space:nowrap}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
a{color:#0b4f9e}
:focus-visible{outline:3px solid #0b4f9e;outline-offset:2px}
form{margin:1rem 0;padding:1rem;border:1px solid #c9ced6;border-radius:.5rem}
label{display:block;font-weight:600;margin:.75rem 0 .25rem}
label.check{display:flex;gap:.75rem;align-items:flex-start;font-weight:400}
label.check span{min-width:0;overflow-wrap:anywhere}
label.check input{flex:none;width:1.5rem;height:1.5rem;margin:0}
input[type=text],textarea{width:100%;padding:.6rem;border:1px solid #5c646d;border-radius:.25rem;font:inherit}
button{margin-top:1rem;padding:.7rem 1.5rem;border:0;border-radius:.25rem;background:#0b4f9e;color:#fff;font:inherit;font-weight:600;cursor:pointer}
@media (max-width:40rem){.narrow{display:none}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}th,td{padding:.4rem .3rem;font-size:.9rem}}
@media print{form,.skip{display:none}.paper{display:block}body{font-size:.8rem}}
)css";

class Writer {
 public:
  std::string out;

  void operator()(const Heading& heading) {
    const std::string level = std::to_string(heading.level);
    out += "<h" + level + ">" + Inline(heading.text) + "</h" + level + ">\n";
  }
  void operator()(const Paragraph& paragraph) {
    switch (paragraph.tone) {
      case Tone::kNormal:
        out += "<p>";
        break;
      case Tone::kSmall:
        out += "<p class=\"small\">";
        break;
      case Tone::kNotice:
        out += "<p class=\"notice\">";
    }
    out += Inline(paragraph.text) + "</p>\n";
  }
  void operator()(const List& list) {
    out += "<ul>\n";
    for (const Text& item : list.items) out += "<li>" + Inline(item) + "</li>\n";
    out += "</ul>\n";
  }
  void operator()(const Facts& facts) {
    out += "<dl>\n";
    for (const auto& [name, value] : facts.entries) {
      out += "<dt>" + Inline(name) + "</dt><dd>" + Inline(value) + "</dd>\n";
    }
    out += "</dl>\n";
  }
  void operator()(const Table& table) {
    // Scrolled by keyboard where it is wider than the screen.
    out += "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"" +
           Escape(table.caption) + "\">\n<table>\n<caption>" + Escape(table.caption) +
           "</caption>\n<thead><tr>";
    for (const Column& column : table.columns) {
      out += "<th scope=\"col\"" + ClassOf(table, column) + ">" + Inline(column.heading) + "</th>";
    }
    out += "</tr></thead>\n";
    for (const Section& section : table.sections) {
      out += "<tbody>\n";
      if (!section.heading.spans.empty()) {
        out += "<tr><th scope=\"rowgroup\" colspan=\"" + std::to_string(table.columns.size()) +
               "\">" + Inline(section.heading) + "</th></tr>\n";
      }
      for (const Row& row : section.rows) WriteRow(table, row);
      out += "</tbody>\n";
    }
    if (!table.totals.empty()) {
      out += "<tfoot>\n";
      for (const Row& row : table.totals) WriteRow(table, row);
      out += "</tfoot>\n";
    }
    out += "</table>\n</div>\n";
  }
  void operator()(const Signature& signature) {
    out += "<div class=\"paper\">\n<h2>" + Escape(signature.heading) + "</h2>\n<p>" +
           Escape(signature.text) + "</p>\n";
    for (const std::string& label : signature.labels) {
      out += "<p class=\"line\">" + Escape(label) + "</p>\n";
    }
    out += "</div>\n";
  }

 private:
  static std::string ClassOf(const Table& table, const Column& column) {
    if (column.align == Align::kEnd) return " class=\"end\"";
    int all = 0;
    for (const Column& each : table.columns) all += each.weight;
    return column.weight * 10 < all ? " class=\"narrow\"" : "";
  }
  void WriteRow(const Table& table, const Row& row) {
    out += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) {
      out += "<td" + ClassOf(table, table.columns[i]) + ">" + Inline(row[i].text);
      if (!row[i].detail.spans.empty()) out += "<small>" + Inline(row[i].detail) + "</small>";
      out += "</td>";
    }
    out += "</tr>\n";
  }
  static std::string Inline(const Text& text) {
    std::string html;
    for (const Span& span : text.spans) {
      std::string escaped;
      for (const char c : Escape(span.text)) escaped += c == '\n' ? "<br>" : std::string(1, c);
      if (span.style == Style::kStrong) escaped = "<strong>" + escaped + "</strong>";
      if (span.style == Style::kCode) escaped = "<code>" + escaped + "</code>";
      html += escaped;
    }
    return html;
  }
};

std::string Base64OfSha256(std::string_view text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  unsigned char encoded[64];
  const int size = EVP_EncodeBlock(encoded, digest, SHA256_DIGEST_LENGTH);
  return std::string(reinterpret_cast<char*>(encoded), size);
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string Body(const Document& document) {
  Writer writer;
  for (const Block& block : document.blocks) std::visit(writer, block);
  return "<article>\n" + writer.out + "</article>\n";
}

std::string Page(const PageParts& parts) {
  std::string html = "<!doctype html>\n<html lang=\"" + Escape(parts.language) +
                     "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                     "content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" "
                     "content=\"noindex, nofollow\">\n<title>" +
                     Escape(parts.title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n";
  if (!parts.header.empty()) html += "<header>" + Escape(parts.header) + "</header>\n";
  return html + "<main>\n" + parts.body + "</main>\n</body>\n</html>\n";
}

std::string ToHtml(const Document& document) {
  return Page({.language = document.language,
               .title = document.title,
               .header = document.author,
               .body = Body(document)});
}

std::string ContentSecurityPolicy(Forms forms) {
  static const std::string style = "'sha256-" + Base64OfSha256(kStyle) + "'";
  return "default-src 'none'; style-src " + style + "; img-src data:; base-uri 'none'; form-action " +
         (forms == Forms::kOwn ? "'self'" : "'none'") + "; frame-ancestors 'none'";
}

}  // namespace continuo::document
