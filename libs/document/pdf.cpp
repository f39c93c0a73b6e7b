#include "libs/document/pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <cmath>
#include <memory>
#include <stdexcept>

namespace continuo::document {
namespace {

// Points; A4 is 210 x 297 mm.
constexpr double kWidth = 595.276;
constexpr double kHeight = 841.89;
constexpr double kMargin = 56.7;
constexpr double kBottom = kHeight - 68;  // above the footer
constexpr double kInner = kWidth - 2 * kMargin;
constexpr double kCellGap = 8;

constexpr double kBodySize = 9.5;
constexpr double kSmallSize = 8;
constexpr double kHeadingSizes[] = {0, 18, 13, 10.5};
constexpr double kInk = 0.11;
constexpr double kFaintInk = 0.32;
constexpr double kRule = 0.8;

struct Unref {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
template <class T>
using Handle = std::unique_ptr<T, Unref>;

struct Setting {
  double size = kBodySize;
  bool bold = false;
  bool faint = false;
  bool end = false;  // set at the right
};

double Points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

void AddAttribute(PangoAttrList* list, PangoAttribute* attribute, size_t begin, size_t end) {
  attribute->start_index = static_cast<guint>(begin);
  attribute->end_index = static_cast<guint>(end);
  pango_attr_list_insert(list, attribute);
}

// A part of the document's structure, for readers that read aloud.
class Tag {
 public:
  Tag(cairo_t* context, const char* name) : context_(context), name_(name) {
    cairo_tag_begin(context_, name_, nullptr);
  }
  ~Tag() { cairo_tag_end(context_, name_); }
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;

 private:
  cairo_t* context_;
  const char* name_;
};

cairo_status_t Append(void* out, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// One run through the document. How many pages there are is known after the first.
class Painter {
 public:
  Painter(const Document& document, int pages) : document_(document), pages_(pages) {
    surface_.reset(cairo_pdf_surface_create_for_stream(Append, &pdf_, kWidth, kHeight));
    Describe(CAIRO_PDF_METADATA_TITLE, document.title);
    Describe(CAIRO_PDF_METADATA_AUTHOR, document.author);
    Describe(CAIRO_PDF_METADATA_CREATE_DATE, document.made_at);
    context_.reset(cairo_create(surface_.get()));
    // Nothing of a screen's: the same glyph positions everywhere.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
  }

  void Paint() {
    for (const Block& block : document_.blocks) std::visit(*this, block);
    EndPage();
    context_.reset();
    cairo_surface_finish(surface_.get());
    const cairo_status_t status = cairo_surface_status(surface_.get());
    if (status != CAIRO_STATUS_SUCCESS) {
      throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
    }
  }
  int page() const { return page_; }
  std::string TakePdf() { return std::move(pdf_); }

  void operator()(const Heading& heading) {
    const int level = std::clamp(heading.level, 1, 3);
    const Setting setting{.size = kHeadingSizes[level], .bold = true};
    const double before = level == 1 ? 0 : level == 2 ? 16 : 10;
    const auto layout = Layout(heading.text, setting, kInner);
    // Never the last on its page.
    Need(before + HeightOf(layout) + 48);
    if (y_ > kMargin) y_ += before;
    const char* const kTags[] = {"", "H1", "H2", "H3"};
    const Tag tag(context(), kTags[level]);
    Show(layout, kMargin, y_, setting);
    y_ += HeightOf(layout) + (level == 1 ? 12 : 4);
  }

  void operator()(const Paragraph& paragraph) {
    const bool small = paragraph.tone == Tone::kSmall;
    Setting setting{.size = small ? kSmallSize : kBodySize, .faint = small};
    if (paragraph.tone != Tone::kNotice) {
      Flow(paragraph.text, setting, kMargin, kInner, "P");
      y_ += 4;
      return;
    }
    setting.bold = true;
    const auto layout = Layout(paragraph.text, setting, kInner - 20);
    Need(HeightOf(layout) + 24);
    y_ += 4;
    cairo_set_source_rgb(context(), 0.54, 0.35, 0);
    cairo_set_line_width(context(), 1);
    cairo_rectangle(context(), kMargin, y_, kInner, HeightOf(layout) + 12);
    cairo_stroke(context());
    const Tag tag(context(), "P");
    Show(layout, kMargin + 10, y_ + 6, setting);
    y_ += HeightOf(layout) + 22;
  }

  void operator()(const List& list) {
    for (const Text& item : list.items) {
      const auto bullet = Layout("•", {}, 12);
      Need(HeightOf(bullet));
      Show(bullet, kMargin + 2, y_, {});
      Flow(item, {}, kMargin + 14, kInner - 14, "P");
      y_ += 2;
    }
    y_ += 3;
  }

  void operator()(const Facts& facts) {
    constexpr double kNames = 130;
    for (const auto& [name, value] : facts.entries) {
      const Setting faint{.faint = true};
      const auto names = Layout(name, faint, kNames - kCellGap);
      const auto values = Layout(value, {}, kInner - kNames);
      const double height = std::max(HeightOf(names), HeightOf(values));
      Need(height);
      const Tag tag(context(), "P");
      Show(names, kMargin, y_, faint);
      Show(values, kMargin + kNames, y_, {});
      y_ += height + 3;
    }
    y_ += 4;
  }

  void operator()(const Table& table) {
    Need(60);
    table_ = std::make_unique<Tag>(context(), "Table");
    HeadTable(table);
    for (const Section& section : table.sections) {
      if (!section.heading.spans.empty()) HeadSection(table, section);
      for (const Row& row : section.rows) PaintRow(table, row, {}, kRule);
    }
    for (const Row& row : table.totals) PaintRow(table, row, {.bold = true}, kRule);
    table_.reset();
    y_ += 8;
  }

  void operator()(const Signature& signature) {
    const Setting small{.size = kSmallSize, .faint = true};
    constexpr double kLine = 52;
    // All of it on one page: nobody signs an empty one.
    Need(90 + kLine * static_cast<double>(signature.labels.size()));
    (*this)(Heading{2, signature.heading});
    (*this)(Paragraph{signature.text});
    for (const std::string& label : signature.labels) {
      y_ += 34;
      Line(kMargin, y_, kInner * 0.55, kFaintInk);
      const auto layout = Layout(label, small, kInner);
      const Tag tag(context(), "P");
      Show(layout, kMargin, y_ + 2, small);
      y_ += HeightOf(layout) + 4;
    }
  }

 private:
  cairo_t* context() { return context_.get(); }

  void Describe(cairo_pdf_metadata_t what, const std::string& text) {
    if (!text.empty()) cairo_pdf_surface_set_metadata(surface_.get(), what, text.c_str());
  }

  Handle<PangoLayout> Layout(const Text& text, const Setting& setting, double width) {
    std::string whole;
    const Handle<PangoAttrList> attributes(pango_attr_list_new());
    for (const Span& span : text.spans) {
      const size_t begin = whole.size();
      for (const char c : span.text) {
        const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\n';
        whole += control ? ' ' : c;
      }
      if (span.style == Style::kStrong) {
        AddAttribute(attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), begin, whole.size());
      }
      if (span.style == Style::kCode) {
        AddAttribute(attributes.get(), pango_attr_family_new("DejaVu Sans Mono"), begin,
                     whole.size());
      }
    }
    Handle<PangoLayout> layout(pango_cairo_create_layout(context()));
    pango_context_set_language(pango_layout_get_context(layout.get()),
                               pango_language_from_string(document_.language.c_str()));
    const Handle<PangoFontDescription> font(pango_font_description_from_string("DejaVu Sans"));
    pango_font_description_set_absolute_size(font.get(), setting.size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(),
                                      setting.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), whole.data(), static_cast<int>(whole.size()));
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_width(layout.get(), static_cast<int>(std::floor(width * PANGO_SCALE)));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout.get(), 1.2f);
    if (setting.end) pango_layout_set_alignment(layout.get(), PANGO_ALIGN_RIGHT);
    return layout;
  }

  static double HeightOf(const Handle<PangoLayout>& layout) {
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return Points(height);
  }

  void Ink(const Setting& setting) {
    const double ink = setting.faint ? kFaintInk : kInk;
    cairo_set_source_rgb(context(), ink, ink, ink);
  }

  void Show(const Handle<PangoLayout>& layout, double x, double y, const Setting& setting) {
    Ink(setting);
    cairo_move_to(context(), x, y);
    pango_cairo_show_layout(context(), layout.get());
  }

  void Line(double x, double y, double width, double ink) {
    cairo_set_source_rgb(context(), ink, ink, ink);
    cairo_set_line_width(context(), 0.6);
    cairo_move_to(context(), x, y);
    cairo_line_to(context(), x + width, y);
    cairo_stroke(context());
  }

  // Text that may go on on the next page, line by line.
  void Flow(const Text& text, const Setting& setting, double x, double width, const char* tag_name) {
    const auto layout = Layout(text, setting, width);
    auto tag = std::make_unique<Tag>(context(), tag_name);
    PangoLayoutIter* iterator = pango_layout_get_iter(layout.get());
    do {
      PangoRectangle extent;
      pango_layout_iter_get_line_extents(iterator, nullptr, &extent);
      const double height = Points(extent.height);
      if (y_ + height > kBottom) {
        tag.reset();
        EndPage();
        tag = std::make_unique<Tag>(context(), tag_name);
      }
      const double within = Points(pango_layout_iter_get_baseline(iterator) - extent.y);
      Ink(setting);
      cairo_move_to(context(), x + Points(extent.x), y_ + within);
      pango_cairo_show_layout_line(context(), pango_layout_iter_get_line_readonly(iterator));
      y_ += height;
    } while (pango_layout_iter_next_line(iterator));
    pango_layout_iter_free(iterator);
  }

  double WidthOf(const Table& table, size_t column) const {
    int all = 0;
    for (const Column& each : table.columns) all += each.weight;
    return kInner * table.columns[column].weight / all;
  }

  void HeadTable(const Table& table) {
    Row heading;
    for (const Column& column : table.columns) heading.push_back({column.heading});
    PaintRow(table, heading, {.size = kSmallSize, .bold = true}, kFaintInk, "TH");
  }

  void HeadSection(const Table& table, const Section& section) {
    const Setting bold{.bold = true};
    const auto layout = Layout(section.heading, bold, kInner);
    // With the first of its rows.
    if (y_ + HeightOf(layout) + 50 > kBottom) {
      EndPage();
      HeadTable(table);
    }
    cairo_set_source_rgb(context(), 0.953, 0.961, 0.969);
    cairo_rectangle(context(), kMargin, y_, kInner, HeightOf(layout) + 6);
    cairo_fill(context());
    const Tag row(context(), "TR");
    const Tag cell(context(), "TH");
    Show(layout, kMargin + 3, y_ + 3, bold);
    y_ += HeightOf(layout) + 8;
  }

  struct Laid {
    Handle<PangoLayout> text, detail;  // detail: null where there is none
    double height = 0;
  };

  void PaintRow(const Table& table, const Row& row, const Setting& given, double rule,
                const char* cell_tag = "TD") {
    std::vector<Laid> cells;
    double height = 0;
    for (size_t i = 0; i < row.size(); ++i) {
      Setting setting = given;
      setting.end = table.columns[i].align == Align::kEnd;
      const double width = WidthOf(table, i) - kCellGap;
      Laid& laid = cells.emplace_back();
      laid.text = Layout(row[i].text, setting, width);
      laid.height = HeightOf(laid.text);
      if (!row[i].detail.spans.empty()) {
        laid.detail = Layout(row[i].detail, Small(setting), width);
        laid.height += HeightOf(laid.detail);
      }
      height = std::max(height, laid.height);
    }
    const bool heads = std::string_view(cell_tag) == "TH";
    if (y_ + height + 8 > kBottom) {
      EndPage();
      if (!heads) HeadTable(table);
    }
    const Tag tag(context(), "TR");
    double x = kMargin;
    for (size_t i = 0; i < row.size(); ++i) {
      Setting setting = given;
      const bool end = table.columns[i].align == Align::kEnd;
      const double left = x + (end ? kCellGap : 0);
      const Tag cell(context(), cell_tag);
      Show(cells[i].text, left, y_ + 3, setting);
      if (cells[i].detail) Show(cells[i].detail, left, y_ + 3 + HeightOf(cells[i].text), Small(setting));
      x += WidthOf(table, i);
    }
    y_ += height + 6;
    Line(kMargin, y_, kInner, rule);
    y_ += 2;
  }

  static Setting Small(Setting setting) {
    setting.size = kSmallSize;
    setting.bold = false;
    setting.faint = true;
    return setting;
  }

  void Need(double height) {
    if (y_ + height > kBottom) EndPage();
  }

  void EndPage() {
    // A table that goes on is tagged anew on its next page.
    const bool within_table = table_ != nullptr;
    table_.reset();
    const Setting small{.size = kSmallSize, .faint = true};
    const auto left = Layout(document_.footer, small, kInner * 0.7);
    Show(left, kMargin, kHeight - 48, small);
    const std::string label = Filled(document_.page_label,
                                     {std::to_string(page_ + 1), std::to_string(pages_)});
    const Setting at_end{.size = kSmallSize, .faint = true, .end = true};
    Show(Layout(label, at_end, kInner), kMargin, kHeight - 48, at_end);
    cairo_show_page(context());
    ++page_;
    y_ = kMargin;
    if (within_table) table_ = std::make_unique<Tag>(context(), "Table");
  }

  const Document& document_;
  const int pages_;
  std::string pdf_;
  Handle<cairo_surface_t> surface_;
  Handle<cairo_t> context_;
  std::unique_ptr<Tag> table_;  // null: outside of one
  int page_ = 0;
  double y_ = kMargin;
};

}  // namespace

std::string ToPdf(const Document& document) {
  Painter counting(document, 0);
  counting.Paint();
  Painter painter(document, counting.page());
  painter.Paint();
  return painter.TakePdf();
}

}  // namespace continuo::document
