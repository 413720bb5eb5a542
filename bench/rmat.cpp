// In R-MAT, each edge falls into one quarter of the adjacency matrix, then into a quarter of that, once a bit of the
// node numbers. The generator and the shuffle are written out here because the standard library's distributions may
// differ from one implementation to the next, and a benchmark's graph must not.
#include "bench/rmat.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace plenum::bench {
namespace {

constexpr std::uint64_t kEdgesPerNode = 16;
constexpr double kA = 0.57, kB = 0.19, kC = 0.19;  // Graph500; the fourth quarter gets the rest, 0.05

// SplitMix64 (Steele, Lea and Flood, 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  double Fraction() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }
  // Even enough for bounds far below 2^32.
  std::uint32_t Below(std::uint32_t bound) { return static_cast<std::uint32_t>(((Next() >> 32) * bound) >> 32); }

 private:
  std::uint64_t state_;
};

std::vector<std::uint32_t> ShuffledNumbers(std::uint32_t count, Random& random) {
  std::vector<std::uint32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0u);
  for (std::uint32_t i = count; i > 1; --i) std::swap(numbers[i - 1], numbers[random.Below(i)]);
  return numbers;
}

std::pair<std::uint32_t, std::uint32_t> DrawEdge(unsigned scale, Random& random) {
  std::uint32_t row = 0, column = 0;
  for (unsigned bit = 0; bit < scale; ++bit) {
    const double draw = random.Fraction();
    const bool lower = draw >= kA + kB;
    const bool right = lower ? draw >= kA + kB + kC : draw >= kA;
    row = row << 1 | static_cast<std::uint32_t>(lower);
    column = column << 1 | static_cast<std::uint32_t>(right);
  }
  return {row, column};
}

// From (source << 32 | target) pairs.
Csr BuildCsr(std::uint32_t node_count, std::vector<std::uint64_t> pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  Csr graph;
  graph.offsets.assign(node_count + std::size_t{1}, 0);
  graph.targets.reserve(pairs.size());
  for (std::uint64_t pair : pairs) {
    ++graph.offsets[(pair >> 32) + 1];
    graph.targets.push_back(static_cast<std::uint32_t>(pair));
  }
  std::partial_sum(graph.offsets.begin(), graph.offsets.end(), graph.offsets.begin());
  return graph;
}

}  // namespace

namespace {

Csr DrawRmat(unsigned scale, std::uint64_t seed, bool both_directions) {
  Random random(seed);
  const std::uint32_t node_count = std::uint32_t{1} << scale;
  const std::vector<std::uint32_t> number = ShuffledNumbers(node_count, random);
  std::vector<std::uint64_t> pairs;
  pairs.reserve(2 * kEdgesPerNode * node_count);
  for (std::uint64_t i = 0; i < kEdgesPerNode * node_count; ++i) {
    const auto [row, column] = DrawEdge(scale, random);
    if (row == column) continue;
    const std::uint64_t a = number[row], b = number[column];
    pairs.push_back(a << 32 | b);
    if (both_directions) pairs.push_back(b << 32 | a);
  }
  return BuildCsr(node_count, std::move(pairs));
}

}  // namespace

Csr MakeRmat(unsigned scale, std::uint64_t seed) { return DrawRmat(scale, seed, true); }

Csr MakeDirectedRmat(unsigned scale, std::uint64_t seed) { return DrawRmat(scale, seed, false); }

std::vector<Csr> MakeTyped(std::uint32_t node_count, std::uint64_t edge_count, unsigned type_count,
                           std::uint64_t seed) {
  Random random(seed);
  const std::vector<std::uint32_t> number = ShuffledNumbers(node_count, random);
  double shares = 0;
  for (unsigned type = 1; type <= type_count; ++type) shares += 1.0 / type;
  const auto skewed = [&] {
    const double draw = random.Fraction();
    return static_cast<std::uint32_t>(node_count * draw * draw * draw);
  };
  std::vector<Csr> types;
  for (unsigned type = 0; type < type_count; ++type) {
    std::vector<std::uint64_t> pairs(static_cast<std::size_t>(static_cast<double>(edge_count) / (shares * (type + 1))));
    for (std::uint64_t& pair : pairs) {
      const std::uint64_t source = number[skewed()];
      pair = source << 32 | number[(skewed() + type * 7919) % node_count];
    }
    types.push_back(BuildCsr(node_count, std::move(pairs)));
  }
  return types;
}

std::vector<std::uint32_t> DrawSources(const Csr& graph, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::uint32_t> sources;
  while (sources.size() < count) {
    const std::uint32_t node = random.Below(graph.node_count());
    if (graph.degree(node) > 0) sources.push_back(node);
  }
  return sources;
}

}  // namespace plenum::bench
