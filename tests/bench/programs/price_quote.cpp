// Row 3: the price of a quote of many lines, as the service computes it, beside the bare arithmetic.
//
//   price_quote LINES ROUNDS   {"ours_p50": us, "ours_p99": us, "bare_p50": us, "total": "..."}
//
// Each line stands in three bundles, has a table of eight graduated bands, a service level, a
// discount of its own and the quote's. The bare loop does what cannot be left out, in 128-bit whole
// numbers: find the bands, multiply, take the percentages off, round half up. The gate: both come to
// the same amount before the distribution of cents, to a cent a line.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <vector>

#include "services/quoting/domain/price_quote.h"

namespace {

using namespace continuo;  // NOLINT: a program of one file
using money::Decimal;
using quoting::domain::Bundle;
using quoting::domain::BundlePriceMethod;
using quoting::domain::LineFacts;
using Clock = std::chrono::steady_clock;

constexpr int kBands = 8;
constexpr int kLinesInBundle = 4;

Bundle NewBundle(std::string code, int discount) {
  return {.id = ids::NewUuid(),
          .code = std::move(code),
          .quantity = 1,
          .method = BundlePriceMethod::kDiscount,
          .discount_percent = discount};
}

// The lines look into their bundles.
using Bundles = std::deque<std::array<Bundle, 3>>;

std::vector<LineFacts> Lines(int count, Bundles* bundles) {
  const auto eur = money::Currency::Parse("EUR").value();
  const Bundle outer = NewBundle("outer", 5);
  Bundle middle, inner;
  std::vector<LineFacts> lines;
  for (int i = 0; i < count; ++i) {
    if (i % (kLinesInBundle * kLinesInBundle) == 0) middle = NewBundle("middle", 3);
    if (i % kLinesInBundle == 0) {
      inner = NewBundle("inner", 2);
      bundles->push_back({inner, middle, outer});
    }
    LineFacts line{.quantity = 7 + i % 993,
                   .discount_percent = 10,
                   .discount_amount = money::Money::Zero(eur),
                   .bundles = bundles->back()};
    line.table.model = pricing::Model::kGraduated;
    for (int band = 0; band < kBands; ++band) {
      money::PriceBand next{.unit_price = Decimal::FromScaled((1999 - 100 * band + i % 17) * 1'000'000LL)};
      if (band + 1 < kBands) next.up_to = Decimal(100 * (band + 1));
      line.table.bands.push_back(next);
    }
    line.level = pricing::ServiceLevelFactor{.code = "gold", .factor = Decimal::FromScaled(150'000'000)};
    if (i % 2 == 0) {
      line.recurrence = quoting::domain::Recurrence{
          {quoting::domain::PeriodUnit::kMonth, 1},
          quoting::domain::Period{quoting::domain::PeriodUnit::kMonth, 36}};
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

struct BareBand {
  __int128 up_to, unit_price;
};
struct BareLine {
  __int128 quantity;
  BareBand bands[kBands];
};

std::vector<BareLine> Bare(const std::vector<LineFacts>& lines) {
  std::vector<BareLine> bare;
  for (const LineFacts& line : lines) {
    BareLine next{.quantity = line.quantity.scaled() / Decimal::kScale};
    for (int i = 0; i < kBands; ++i) {
      const money::PriceBand& band = line.table.bands[i];
      next.bands[i] = {band.up_to ? band.up_to->scaled() / Decimal::kScale : __int128{1} << 60,
                       band.unit_price.scaled() / 1'000'000};
    }
    bare.push_back(next);
  }
  return bare;
}

// In cents: level 1.5, line 10 %, bundles 2, 3 and 5 %, header 2 %, rounded half up.
__int128 BareTotal(const std::vector<BareLine>& lines) {
  __int128 total = 0;
  for (const BareLine& line : lines) {
    __int128 amount = 0, lower = 0;
    for (const BareBand& band : line.bands) {
      const __int128 end = std::min(line.quantity, band.up_to);
      amount += (end - lower) * band.unit_price;
      if (line.quantity <= band.up_to) break;
      lower = end;
    }
    amount = amount * 150 * 90 * 98 * 97 * 95 * 98;
    constexpr __int128 kOnes = 1'000'000'000'000;
    total += (amount + kOnes / 2) / kOnes;
  }
  return total;
}

double Percentile(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  return times[std::min(times.size() - 1, static_cast<size_t>(share * times.size()))];
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  Bundles bundles;
  const std::vector<LineFacts> lines = Lines(std::atoi(arguments[1]), &bundles);
  const std::vector<BareLine> bare = Bare(lines);
  const auto eur = money::Currency::Parse("EUR").value();
  std::vector<double> ours_times, bare_times;
  volatile long long kept = 0;
  long long ours_total = 0, bare_total = 0;
  for (int round = 0; round < std::atoi(arguments[2]); ++round) {
    const auto begin = Clock::now();
    const auto price = quoting::domain::PriceQuote(lines, 2, eur);
    const auto middle = Clock::now();
    bare_total = static_cast<long long>(BareTotal(bare));
    kept = bare_total;
    const auto end = Clock::now();
    if (!price) return 1;
    ours_total = 0;
    for (const auto& line : price->lines) ours_total += line.net_amount.minor();
    ours_times.push_back(std::chrono::duration<double, std::micro>(middle - begin).count());
    bare_times.push_back(std::chrono::duration<double, std::micro>(end - middle).count());
  }
  static_cast<void>(kept);
  if (std::llabs(ours_total - bare_total) > static_cast<long long>(lines.size())) {
    std::fprintf(stderr, "ours %lld, bare %lld\n", ours_total, bare_total);
    return 1;
  }
  std::printf("{\"ours_p50\": %.2f, \"ours_p99\": %.2f, \"bare_p50\": %.3f, \"total\": %lld}\n",
              Percentile(ours_times, 0.5), Percentile(ours_times, 0.99),
              Percentile(bare_times, 0.5), ours_total);
}
