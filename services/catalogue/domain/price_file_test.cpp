#include "services/catalogue/domain/price_file.h"

#include "libs/testing/catch/catch.h"

namespace continuo::catalogue::domain {
namespace {

const std::vector<std::string> kColumns = {"product_code", "service_level", "unit_price", "bands"};

std::string Faults(const PriceRows& read) {
  std::string faults;
  for (const RowFault& fault : read.faults) {
    if (!faults.empty()) faults += "; ";
    faults += std::to_string(fault.line) + " " + fault.column + " " + fault.code;
  }
  return faults;
}

TEST_CASE("Rows are read with their lines; blank ones count and are no rows") {
  const PriceRows read = ReadCsvRows("SETUP,,2400,\r\n\r\n\"SEAT\",gold,15.5,\nSEAT,,,50:12;:9:1", kColumns, 2);
  CHECK(Faults(read) == "");
  CHECK(read.lines == 4);
  REQUIRE(read.rows.size() == 3);
  CHECK(read.rows[0].line == 2);
  CHECK(read.rows[0].price.unit_price == money::Decimal(2400));
  CHECK(read.rows[1].line == 4);
  CHECK(read.rows[1].product_code == "SEAT");
  CHECK(read.rows[1].service_level == "gold");
  CHECK(read.rows[2].line == 5);
  REQUIRE(read.rows[2].price.bands.size() == 2);
  CHECK(read.rows[2].price.bands[0].up_to == money::Decimal(50));
  CHECK(read.rows[2].price.bands[1].flat_fee == money::Decimal(1));
  CHECK(BandsText(read.rows[2].price.bands) == "50:12;:9:1");
}

TEST_CASE("What is wrong with a row is told with its line and column, and the others are read") {
  struct Row {
    const char* line;
    const char* faults;
  };
  const Row rows[] = {
      {",,5,", "9 product_code REQUIRED"},
      {"A B,,5,", "9 product_code INVALID_FORMAT"},
      {"A,\xC3\xA4,5,", "9 service_level INVALID_FORMAT"},
      {"A,,fifteen,", "9 unit_price INVALID_FORMAT"},
      {"A,,\"1,5\",", "9 unit_price INVALID_FORMAT"},
      {"A,,1.123456789,", "9 unit_price INVALID_FORMAT"},
      {"A,,-5,", "9 unit_price OUT_OF_RANGE"},
      {"A,,,50", "9 bands INVALID_FORMAT"},
      {"A,,,50:x;:9", "9 bands INVALID_FORMAT"},
      {"A,,,50:1:2:3", "9 bands INVALID_FORMAT"},
      {"A,,-5,50", "9 unit_price OUT_OF_RANGE; 9 bands INVALID_FORMAT"},
      {"A,,5", "9  MALFORMED"},
      {"A,,5,,", "9  MALFORMED"},
      {"\"A,,5,", "9  MALFORMED"},
      {"\"A\"b,,5,", "9  MALFORMED"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const PriceRows read = ReadCsvRows(std::string(row.line) + "\nGOOD,,1,\n", kColumns, 9);
    CHECK(Faults(read) == row.faults);
    CHECK(read.rows_refused == 1);
    CHECK(read.rows.size() == 1);
    CHECK(read.lines == 2);
  }
}

TEST_CASE("What a message repeats of a file is printable") {
  const PriceRows read = ReadCsvRows("A,,\xFF\x01,", kColumns, 2);
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].detail.starts_with("\"??\" is no decimal number"));
}

TEST_CASE("Line 1 names the columns, product_code among them, each once") {
  CHECK(ReadCsvHeader("product_code,unit_price").value().size() == 2);
  CHECK(ReadCsvHeader("\xEF\xBB\xBFproduct_code,unit_price").value()[0] == "product_code");
  CHECK(ReadCsvHeader("unit_price,\"product_code\"").value()[1] == "product_code");
  for (const char* wrong :
       {"", "unit_price", "product_code,price", "product_code,bands,bands", "\"product_code"}) {
    CAPTURE(wrong);
    CHECK_FALSE(ReadCsvHeader(wrong));
  }
}

}  // namespace
}  // namespace continuo::catalogue::domain
