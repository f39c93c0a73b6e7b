// A fuzz target without a fuzzer: its corpus, then inputs made of it, the same ones each time. What runs
// with every test; tests/fuzz/run goes on from here for as long as one likes, and looks where it gets.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr int kInputs = 20'000;
constexpr size_t kBytesMax = 4096;

std::vector<std::string> Corpus() {
  std::vector<std::filesystem::path> paths;
  for (const auto& file : std::filesystem::directory_iterator(CONTINUO_CORPUS)) {
    paths.push_back(file.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> corpus;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& corpus) : corpus_(corpus) {}

  std::string Next() {
    std::string input = Any();
    for (size_t edits = 1 + Below(6); edits > 0; --edits) Edit(&input);
    input.resize(std::min(input.size(), kBytesMax));
    return input;
  }

 private:
  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }
  const std::string& Any() { return corpus_[Below(corpus_.size())]; }

  void Edit(std::string* input) {
    const size_t at = Below(input->size() + 1);
    const size_t length = std::min(Below(16) + 1, input->size() - at);
    switch (Below(5)) {
      case 0:  // a bit
        if (at < input->size()) (*input)[at] = static_cast<char>((*input)[at] ^ (1 << Below(8)));
        break;
      case 1:
        input->insert(at, 1, static_cast<char>(Below(256)));
        break;
      case 2:
        input->erase(at, length);
        break;
      case 3:  // the same again
        input->insert(at, input->substr(at, length));
        break;
      default: {  // the end of another
        const std::string& other = Any();
        input->replace(at, std::string::npos, other.substr(std::min(Below(other.size() + 1), other.size())));
      }
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937 random_{42};
};

void Run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

}  // namespace

int main() {
  const std::vector<std::string> corpus = Corpus();
  if (corpus.empty()) {
    std::puts("There is no corpus in " CONTINUO_CORPUS);
    return 1;
  }
  for (const std::string& input : corpus) Run(input);
  Mutator mutator(corpus);
  for (int i = 0; i < kInputs; ++i) Run(mutator.Next());
  std::printf("%zu inputs checked\n", corpus.size() + kInputs);
}
