// The least that JSON costs: RapidJSON reads a file into its tree and writes the tree again.
//
//   continuo_bench_json_round FILE ROUNDS     prints the median of the rounds in microseconds
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::stringstream read;
  read << std::ifstream(arguments[1]).rdbuf();
  const std::string text = read.str();
  std::vector<double> times;
  for (int round = 0; round < std::atoi(arguments[2]); ++round) {
    const auto begin = std::chrono::steady_clock::now();
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    if (document.HasParseError()) return 1;
    rapidjson::StringBuffer written;
    rapidjson::Writer<rapidjson::StringBuffer> writer(written);
    document.Accept(writer);
    const auto end = std::chrono::steady_clock::now();
    times.push_back(std::chrono::duration<double, std::micro>(end - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  std::printf("%.1f\n", times[times.size() / 2]);
}
