// The demo deal, from lead to commission, step by step over REST.
//
// A customer in Germany asks for 100 seats and buys 50; an installation, once; a licence billed
// monthly in advance for 36 months; support around the clock, yearly, whose cost is bought from a
// supplier in USD on its own dates. Three years are lived with the test clock. Its figures:
//
//   licence       50 seats x 20.00 (volume band 50 to 99)   1,000.00 a month   36,000.00
//   installation                                            3,600.00 once       3,600.00
//   support       4,800.00 x 1.25 (24x7)                    6,000.00 a year    18,000.00
//   the whole term, net                                                        57,600.00 EUR
//   with 19 % VAT                                                              68,544.00 EUR
//   in 37 invoices: 4,284.00 once, 3 x 8,330.00, 33 x 1,190.00
//   bought from the supplier, 3 x 2,000.00                                      6,000.00 USD
//   commission, worked out in commission.h                                      3,600.00 EUR
//
// Earned: the installation at acceptance, licence and support by months. At the end of their first
// month, February 2026:
//
//   recognised   3,600.00 + 36,000.00 / 36 + 18,000.00 / 36                     5,100.00
//   billed       3,600.00 + 1,000.00 + 6,000.00                                10,600.00
//   contract liability (deferred revenue)   10,600.00 - 5,100.00                5,500.00
//   still to be earned                      57,600.00 - 5,100.00               52,500.00
//
// After the three years all of it is earned and billed: nothing remains, nothing is deferred.
#pragma once

#include <functional>
#include <string>

namespace continuo::demo {

class RestClient;

struct Step {
  std::string what;      // "quote accepted"
  std::string id;
  std::string amount;    // "57600.00 EUR"; may be empty
  std::string followed;  // the types of the events that followed
};

// Calls `tell` after each step. Throws when the API answers anything but what the deal expects.
void PlayDeal(RestClient& client, const std::function<void(const Step&)>& tell);

}  // namespace continuo::demo
