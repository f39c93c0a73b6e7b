// The fixed words of proposals and of the page by which they are accepted, in the languages that they
// come in. {0}, {1}, ... stand for what the document fills in.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace continuo::quoting::domain {

struct Words {
  // In the order of PeriodUnit: day, week, month, quarter, year.
  using Units = std::array<const char*, 5>;

  const char* language;
  const char *offer, *draft, *version, *date, *valid_until, *start, *on_acceptance, *supplier,
      *customer, *tax_number;
  const char *products, *one_off, *recurring, *number, *description, *quantity, *amount, *price,
      *whole_term, *list_price, *part_of, *from, *delivery, *delivered_on;
  Units per, every, one, many;
  const char *totals, *total_one_off, *total_monthly, *total_yearly, *total_term, *discount;
  const char *options, *options_note, *alternatives, *chosen_option;
  const char *terms, *payment, *net_of_tax, *term_of, *without_end, *renews, *ends, *goes_on,
      *notice;
  const char *service_levels, *hours, *response, *resolution, *minute, *minutes, *hour, *hour_count;
  const char *fingerprint, *acceptance, *consent, *place_and_date, *name, *signature, *page;

  // The page.
  const char *negotiating, *skip, *pdf, *accept_heading, *accept_name, *accept_button, *accept_note;
  const char *thanks, *thanks_text, *comment_heading, *comment_text, *comment_name, *comment_button,
      *comment_thanks, *back;
  const char *wrong, *choose_note, *choice_missing, *name_missing, *consent_missing, *comment_missing, *not_acceptable;
};

// Of a locale that documents come in ("de", "en-GB"): by its language.
const Words& WordsOf(std::string_view locale);

}  // namespace continuo::quoting::domain
