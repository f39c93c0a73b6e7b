#include "services/quoting/domain/proposal.h"

#include <algorithm>
#include <set>
#include <utility>

namespace continuo::quoting::domain {
namespace {

using namespace document;  // NOLINT: the blocks are this file's whole vocabulary

using Lines = std::vector<const ProposalLine*>;

std::string Joined(const std::vector<std::string>& parts, const char* separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

class Builder {
 public:
  Builder(const ProposalFacts& facts, const Wording& wording)
      : facts_(facts), wording_(wording), words_(wording.words) {}

  Document Build() {
    const std::string title = Filled(words_.offer, {facts_.number});
    Document document{.language = TagOf(wording_.locale),
                      .title = title,
                      .author = facts_.seller.name,
                      .footer = title + " · " + words_.version + " " + std::to_string(facts_.version) +
                                " · SHA-256 " + facts_.content_hash.substr(0, 16),
                      .page_label = words_.page,
                      .made_at = facts_.made_at};
    Head(title);
    if (facts_.full) Products();
    Prices();
    Totals();
    Options();
    Terms();
    ServiceLevels();
    Clauses();
    Acceptance();
    document.blocks = std::move(blocks_);
    return document;
  }

 private:
  void Add(Block block) { blocks_.push_back(std::move(block)); }
  std::string Amount(const money::Money& amount) const {
    return FormatMoney(amount, wording_.locale, wording_.display);
  }
  std::string Day(calendar::Date date) const { return FormatDate(date, wording_.locale); }

  void Head(const std::string& title) {
    Add(Heading{1, title});
    if (facts_.draft) Add(Paragraph{words_.draft, Tone::kNotice});
    Add(Facts{{{words_.version, std::to_string(facts_.version)},
               {words_.date, Day(facts_.date)},
               {words_.valid_until, Day(facts_.valid_until)},
               {words_.start, facts_.start_on ? Day(*facts_.start_on) : words_.on_acceptance},
               {words_.supplier, PartyText(facts_.seller)},
               {words_.customer, PartyText(facts_.customer)}}});
  }

  Text PartyText(const Party& party) const {
    std::vector<std::string> below = party.address;
    for (const std::string& number : party.tax_numbers) {
      below.push_back(Filled(words_.tax_number, {number}));
    }
    std::vector<Span> spans{{party.name, Style::kStrong}};
    for (const std::string& line : below) spans.push_back({"\n" + line, Style::kPlain});
    return Text(std::move(spans));
  }

  // What each product is, once, with what is agreed of it on any of its lines.
  void Products() {
    std::set<std::string> said;
    bool headed = false;
    for (const ProposalLine& line : facts_.lines) {
      if (!said.insert(line.code).second) continue;
      Facts agreed = AgreedOf(line.code);
      if (line.text.empty() && agreed.entries.empty()) continue;
      if (!headed) Add(Heading{2, words_.products});
      headed = true;
      Add(Heading{3, line.name});
      for (const Block& block : line.text) Add(block);
      if (!agreed.entries.empty()) Add(std::move(agreed));
    }
  }

  Facts AgreedOf(const std::string& code) const {
    std::vector<std::string> terms, levels;
    const auto once = [](std::vector<std::string>* all, const std::string& one) {
      if (std::find(all->begin(), all->end(), one) == all->end()) all->push_back(one);
    };
    for (const ProposalLine& line : facts_.lines) {
      if (line.code != code || line.goes_on) continue;
      if (line.recurrence) once(&terms, TermsOf(line));
      if (line.service_level) once(&levels, LevelText(*line.service_level));
    }
    Facts agreed;
    if (!terms.empty()) agreed.entries.push_back({words_.terms, Joined(terms, "\n")});
    if (!levels.empty()) agreed.entries.push_back({words_.service_levels, Joined(levels, "\n")});
    return agreed;
  }

  std::string Quantity(const ProposalLine& line) const {
    const std::string quantity = FormatDecimal(line.quantity, wording_.locale);
    return line.unit.empty() ? quantity : quantity + "\u00a0" + line.unit;
  }

  void Prices() {
    Lines one_off, recurring;
    for (const ProposalLine& line : facts_.lines) {
      if (line.chosen) (line.recurrence ? recurring : one_off).push_back(&line);
    }
    if (!one_off.empty()) {
      Add(Heading{2, words_.one_off});
      Add(Table{.caption = words_.one_off,
                .columns = {{words_.number, Align::kStart, 5},
                            {words_.description, Align::kStart, 46},
                            {words_.quantity, Align::kEnd, 19},
                            {words_.amount, Align::kEnd, 30}},
                .sections = SectionsOf(one_off)});
    }
    if (!recurring.empty()) {
      Add(Heading{2, words_.recurring});
      Add(Table{.caption = words_.recurring,
                .columns = {{words_.number, Align::kStart, 5},
                            {words_.description, Align::kStart, 35},
                            {words_.quantity, Align::kEnd, 16},
                            {words_.price, Align::kEnd, 22},
                            {words_.whole_term, Align::kEnd, 22}},
                .sections = SectionsOf(recurring)});
    }
  }

  // Those without a heading first, the others in the order in which their headings come up.
  std::vector<Section> SectionsOf(const Lines& lines) const {
    std::vector<Section> sections;
    std::vector<std::string> groups{""};
    for (const ProposalLine* line : lines) {
      if (std::find(groups.begin(), groups.end(), line->group) == groups.end()) {
        groups.push_back(line->group);
      }
    }
    for (const std::string& group : groups) {
      Section section;
      if (!group.empty()) section.heading = group;
      for (const ProposalLine* line : lines) {
        if (line->group == group) section.rows.push_back(RowOf(*line));
      }
      if (!section.rows.empty()) sections.push_back(std::move(section));
    }
    return sections;
  }

  Row RowOf(const ProposalLine& line) const {
    Row row{Cell{std::to_string(line.position)}, Cell{line.name, DetailOf(line)},
            Cell{Quantity(line)}};
    std::vector<std::string> beside;
    if (line.recurrence) beside.push_back(Per(line.recurrence->billing));
    if (line.list != line.net) beside.push_back(Filled(words_.list_price, {Amount(line.list)}));
    Cell amount{Amount(line.net)};
    if (!beside.empty()) amount.detail = Joined(beside, "\n");
    row.push_back(std::move(amount));
    if (!line.recurrence) return row;
    const std::string product = std::to_string(line.periods) + " × " + Amount(line.net);
    row.push_back(Cell{Amount(line.term_total), product});
    return row;
  }

  Text DetailOf(const ProposalLine& line) const {
    std::vector<std::string> parts{line.code};
    if (!line.bundle_code.empty()) parts.push_back(Filled(words_.part_of, {line.bundle_code}));
    if (line.service_level) parts.push_back(line.service_level->name);
    if (!line.option.empty() && line.chosen) parts.push_back(words_.chosen_option);
    if (line.start_on && line.start_on != facts_.start_on) {
      parts.push_back(Filled(words_.from, {Day(*line.start_on)}));
    }
    if (!line.deliveries.empty()) parts.push_back(DeliveriesOf(line));
    return Joined(parts, " · ");
  }

  std::string DeliveriesOf(const ProposalLine& line) const {
    std::vector<std::string> days;
    for (const Delivery& delivery : line.deliveries) {
      days.push_back(Filled(words_.delivered_on, {FormatDecimal(delivery.quantity, wording_.locale),
                                                  Day(delivery.on)}));
    }
    return Filled(words_.delivery, {Joined(days, ", ")});
  }

  std::string Per(const Period& period) const {
    const auto unit = static_cast<size_t>(period.unit);
    if (period.count == 1) return words_.per[unit];
    return Filled(words_.every[unit], {std::to_string(period.count)});
  }
  std::string Length(const Period& period) const {
    const auto unit = static_cast<size_t>(period.unit);
    if (period.count == 1) return words_.one[unit];
    return Filled(words_.many[unit], {std::to_string(period.count)});
  }

  void Totals() {
    Add(Heading{2, words_.totals});
    Table table{.caption = words_.totals,
                .columns = {{words_.description, Align::kStart, 3}, {words_.amount, Align::kEnd, 2}}};
    Section section;
    const auto say = [&](const char* what, const std::string& amount) {
      section.rows.push_back({Cell{what}, Cell{amount}});
    };
    if (!facts_.one_off.IsZero()) say(words_.total_one_off, Amount(facts_.one_off));
    if (!facts_.monthly.IsZero()) {
      say(words_.total_monthly, Amount(facts_.monthly));
      say(words_.total_yearly, Amount(facts_.yearly));
    }
    if (facts_.discount_percent.Sign() > 0) {
      say(words_.discount, FormatPercent(facts_.discount_percent, wording_.locale));
    }
    if (!section.rows.empty()) table.sections.push_back(std::move(section));
    table.totals.push_back({Cell{words_.total_term}, Cell{Amount(facts_.term_total)}});
    Add(std::move(table));
  }

  // What may be taken besides, or in place of what is chosen.
  void Options() {
    std::vector<Section> sections;
    std::vector<std::string> groups;
    for (const ProposalLine& line : facts_.lines) {
      if (line.chosen) continue;
      const std::string& group = line.alternative_group;
      const auto found = std::find(groups.begin(), groups.end(), group);
      const size_t index = found - groups.begin();
      if (found == groups.end()) {
        groups.push_back(group);
        sections.emplace_back();
        if (!group.empty()) sections.back().heading = Filled(words_.alternatives, {group});
      }
      Section& section = sections[index];
      Row row = RowOf(line);
      if (!line.recurrence) row.push_back(Cell{Amount(line.term_total)});
      section.rows.push_back(std::move(row));
    }
    if (sections.empty()) return;
    Add(Heading{2, words_.options});
    Add(Paragraph{words_.options_note});
    Add(Table{.caption = words_.options,
              .columns = {{words_.number, Align::kStart, 5},
                          {words_.description, Align::kStart, 35},
                          {words_.quantity, Align::kEnd, 16},
                          {words_.price, Align::kEnd, 22},
                          {words_.whole_term, Align::kEnd, 22}},
              .sections = std::move(sections)});
  }

  // What holds for the same things is said once, with the things' names.
  using Said = std::vector<std::pair<std::string, std::vector<std::string>>>;
  static void Say(Said* said, const std::string& terms, const std::string& name) {
    auto found = std::find_if(said->begin(), said->end(),
                              [&](const auto& entry) { return entry.first == terms; });
    if (found == said->end()) found = said->insert(said->end(), {terms, {}});
    if (std::find(found->second.begin(), found->second.end(), name) == found->second.end()) {
      found->second.push_back(name);
    }
  }
  static void AddTo(List* list, const Said& said) {
    for (const auto& [terms, names] : said) {
      list->items.push_back(Text{{{Joined(names, ", "), Style::kStrong}, {": " + terms}}});
    }
  }

  std::string TermsOf(const ProposalLine& line) const {
    std::vector<std::string> parts;
    const auto& term = line.recurrence->term;
    parts.push_back(term ? Filled(words_.term_of, {Length(*term)}) : words_.without_end);
    if (line.renewal == Renewal::kAutomatic) parts.push_back(words_.renews);
    if (line.renewal == Renewal::kManual) parts.push_back(words_.ends);
    if (line.renewal == Renewal::kEvergreen) parts.push_back(words_.goes_on);
    if (line.notice_days > 0) {
      parts.push_back(Filled(words_.notice, {std::to_string(line.notice_days)}));
    }
    return Joined(parts, ", ");
  }

  void Terms() {
    Add(Heading{2, words_.terms});
    List list;
    Said said;
    for (const ProposalLine& line : facts_.lines) {
      if (line.recurrence && !line.goes_on) Say(&said, TermsOf(line), line.name);
    }
    AddTo(&list, said);
    list.items.push_back(Filled(words_.payment, {std::to_string(facts_.payment_days)}));
    list.items.push_back(words_.net_of_tax);
    Add(std::move(list));
  }

  std::string Duration(int minutes) const {
    if (minutes == 1) return words_.minute;
    if (minutes == 60) return words_.hour;
    if (minutes % 60 == 0) return Filled(words_.hour_count, {std::to_string(minutes / 60)});
    return Filled(words_.minutes, {std::to_string(minutes)});
  }

  std::string LevelText(const ServiceTerms& level) const {
    std::vector<std::string> parts{level.name};
    if (!level.hours.empty()) parts.push_back(Filled(words_.hours, {level.hours}));
    if (level.response_minutes > 0) {
      parts.push_back(Filled(words_.response, {Duration(level.response_minutes)}));
    }
    if (level.resolution_minutes > 0) {
      parts.push_back(Filled(words_.resolution, {Duration(level.resolution_minutes)}));
    }
    return Joined(parts, ", ");
  }

  void ServiceLevels() {
    Said said;
    for (const ProposalLine& line : facts_.lines) {
      if (line.service_level) Say(&said, LevelText(*line.service_level), line.name);
    }
    if (said.empty()) return;
    Add(Heading{2, words_.service_levels});
    List list;
    AddTo(&list, said);
    Add(std::move(list));
  }

  void Clauses() {
    for (const ProposalClause& clause : facts_.clauses) {
      Add(Heading{2, clause.title});
      Add(Paragraph{clause.text});
    }
  }

  void Acceptance() {
    Add(Paragraph{Text{{{std::string(words_.fingerprint) + " "}, {facts_.content_hash, Style::kCode}}},
                  Tone::kSmall});
    if (facts_.draft) return;
    Add(Signature{words_.acceptance,
                  ConsentText(facts_, words_),
                  {words_.place_and_date, words_.name, words_.signature}});
  }

  const ProposalFacts& facts_;
  const Wording& wording_;
  const Words& words_;
  std::vector<Block> blocks_;
};

}  // namespace

Document BuildProposal(const ProposalFacts& facts, const Wording& wording) {
  return Builder(facts, wording).Build();
}

std::string ConsentText(const ProposalFacts& facts, const Words& words) {
  return Filled(words.consent, {facts.number, std::to_string(facts.version), facts.content_hash,
                                facts.customer.name});
}

}  // namespace continuo::quoting::domain
