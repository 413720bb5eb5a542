// Ways in which a file comes back wrong from a disk.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

namespace plenum {

inline void Overwrite(const std::filesystem::path& path, std::uint64_t at, const std::string& bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(at));
  file << bytes;
}

inline std::string BytesOf(const std::filesystem::path& path, std::uint64_t at, std::uint64_t count) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(at));
  std::string bytes(count, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

inline void FlipBit(const std::filesystem::path& path, std::uint64_t at, unsigned bit) {
  std::string byte = BytesOf(path, at, 1);
  byte[0] = static_cast<char>(byte[0] ^ 1 << bit);
  Overwrite(path, at, byte);
}

// Of the sizes that disks and stores write in, the largest of which the file has two.
inline std::uint64_t BlockBytes(std::uint64_t file_bytes, std::mt19937& random) {
  std::uint64_t block = std::uint64_t{512} << 3 * (random() % 3);
  while (block > 8 && block * 2 > file_bytes) block /= 2;
  return block;
}

// Damages the file, which is not empty or is deleted, in one of six ways; says how.
inline std::string DamageFile(const std::filesystem::path& path, std::mt19937& random) {
  const std::uint64_t bytes = std::filesystem::file_size(path);
  const std::uint64_t way = bytes == 0 ? 0 : random() % 6;
  const std::uint64_t at = bytes == 0 ? 0 : random() % bytes;
  const std::string place = " at " + std::to_string(at) + " of " + std::to_string(bytes);
  switch (way) {
    case 0:
      std::filesystem::remove(path);
      return "deleted";
    case 1:
      FlipBit(path, at, static_cast<unsigned>(random() % 8));
      return "flipped" + place;
    case 2:
      Overwrite(path, at, std::string(std::min<std::uint64_t>(512, bytes - at), '\0'));
      return "zeroed" + place;
    case 3:
      std::filesystem::resize_file(path, at);
      return "cut" + place;
    case 4: {
      std::string noise(std::min<std::uint64_t>(64, bytes - at), '\0');
      std::generate(noise.begin(), noise.end(), [&] { return static_cast<char>(random()); });
      Overwrite(path, at, noise);
      return "noise" + place;
    }
    default: {
      const std::uint64_t block = BlockBytes(bytes, random);
      const std::uint64_t blocks = std::max<std::uint64_t>(bytes / block, 1);
      const std::uint64_t from = random() % blocks * block;
      const std::uint64_t to = random() % blocks * block;
      Overwrite(path, to, BytesOf(path, from, block));
      return "block of " + std::to_string(block) + " from " + std::to_string(from) + " at " + std::to_string(to);
    }
  }
}

}  // namespace plenum
