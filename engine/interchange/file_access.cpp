// Paths are compared when nothing is left in them to follow: no "..", no symbolic link.
#include "engine/interchange/file_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>

#include "engine/value/utf8.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

Error InvalidUrl(std::string_view url, std::string_view problem) {
  return {.type = ErrorType::kArgumentError,
          .detail = "InvalidUrl",
          .message = fmt::format("'{}' {}: write a path, or file:///directory/file.csv", url, problem)};
}

// "http" of "http://…". A colon alone is part of a file's name, except behind "file".
std::string SchemeOf(std::string_view url) {
  const std::size_t end = url.find(':');
  if (end == std::string_view::npos) return {};
  std::string scheme(url.substr(0, end));
  std::ranges::transform(scheme, scheme.begin(), [](unsigned char c) { return std::tolower(c); });
  const bool is_name = std::ranges::all_of(scheme, [](unsigned char c) { return std::isalnum(c) || c == '+'; });
  return is_name && (scheme == "file" || url.substr(end).starts_with("://")) ? scheme : std::string();
}

// "%20" is a blank; absent when no two digits follow a '%'.
std::optional<std::string> DecodePercents(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const std::string_view digits = text.substr(i + 1, 2);
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (error != std::errc() || end != digits.data() + 2) return std::nullopt;
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

Result<std::string> PathOfFileUrl(std::string_view url) {
  std::string_view path = url.substr(std::string_view("file:").size());
  if (path.starts_with("//")) {
    const std::size_t end = std::min(path.find('/', 2), path.size());
    const std::string_view machine = path.substr(2, end - 2);
    if (!machine.empty() && machine != "localhost") return InvalidUrl(url, "names a file of another machine");
    path.remove_prefix(end);
  }
  if (!path.starts_with('/')) return InvalidUrl(url, "is a URL without an absolute path");
  std::optional<std::string> decoded = DecodePercents(path);
  if (!decoded) return InvalidUrl(url, "has a % without two hexadecimal digits");
  if (FindInvalidUtf8(*decoded)) return InvalidUrl(url, "is not UTF-8");
  return *std::move(decoded);
}

bool IsBelow(const fs::path& path, const fs::path& directory) {
  return std::mismatch(directory.begin(), directory.end(), path.begin(), path.end()).first == directory.end();
}

Error CannotOpen(const std::string& path, const std::error_code& code) {
  return {.type = ErrorType::kIoError, .message = fmt::format("{}: cannot be opened: {}", path, code.message())};
}

}  // namespace

Result<std::string> PathOfUrl(std::string_view url) {
  const std::string scheme = SchemeOf(url);
  if (!scheme.empty() && scheme != "file") {
    return InvalidUrl(url, fmt::format("is a URL of {}, and only files of this machine are read", scheme));
  }
  Result<std::string> path = scheme.empty() ? std::string(url) : PathOfFileUrl(url);
  if (!path) return path;
  if (path->empty() || path->find('\0') != std::string::npos) return InvalidUrl(url, "is the name of no file");
  return path;
}

Result<std::string> ResolveDirectory(const std::string& directory) {
  std::error_code failed;
  const fs::path resolved = fs::canonical(directory, failed);
  if (failed || !fs::is_directory(resolved, failed)) {
    const std::string reason = failed ? failed.message() : "it is a file";
    return Error{.type = ErrorType::kNotFound,
                 .message = fmt::format("{}: there is no such directory: {}", directory, reason)};
  }
  return resolved.string();
}

Result<std::string> ResolveFile(const std::string& path, std::string_view directory) {
  std::error_code failed;
  const fs::path absolute = fs::absolute(path, failed);
  if (failed) return CannotOpen(path, failed);
  // What does not exist is not resolved; what is left of ".." in it is taken away by name.
  const fs::path resolved = fs::weakly_canonical(absolute, failed);
  if (failed) return CannotOpen(path, failed);
  if (!IsBelow(resolved, directory)) {
    return Error{.type = ErrorType::kUsageError,
                 .detail = "FileNotAllowed",
                 .message = fmt::format("'{}' is not below {}, and other files may not be read here: move the file "
                                        "there, or open the database with another load_csv_directory",
                                        path, directory)};
  }
  const fs::file_status status = fs::status(resolved, failed);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    return Error{.type = ErrorType::kUsageError,
                 .detail = "NotAFile",
                 .message = fmt::format("{}: is no file but {}: name a file", resolved.string(),
                                        fs::is_directory(status) ? "a directory" : "a device or a pipe")};
  }
  return resolved.string();
}

}  // namespace plenum
