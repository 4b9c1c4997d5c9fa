#include "support.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

std::vector<std::string> split(const std::string& text, const std::string& separators, bool keepEmpty) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= text.size();) {
    const size_t to = std::min(text.find_first_of(separators, from), text.size());
    if (keepEmpty || to > from) parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts, const std::string& separator) {
  std::string text;
  for (size_t i = 0; i < parts.size(); i++) text += (i ? separator : "") + parts[i];
  return text;
}

std::string trim(const std::string& text) {
  const size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string::npos) return "";
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(tolower(c));
  return text;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
bool startsWith(const std::string& text, const std::string& prefix) { return text.rfind(prefix, 0) == 0; }

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.15g", value);
  if (std::strtod(text, nullptr) != value) std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

double parseNumber(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') throw Error("Failed to convert '" + text + "' to number");
  return value;
}

bool readFile(const std::string& path, std::string& content) {
  FILE* file = std::fopen(path.c_str(), "re");
  if (!file) return false;
  content.clear();
  char block[4096];
  while (const size_t n = std::fread(block, 1, sizeof block, file)) content.append(block, n);
  const bool good = !std::ferror(file);
  std::fclose(file);
  return good;
}

void writeFile(const std::string& path, const std::string& content) {
  std::string temporary = std::filesystem::path(path).parent_path() / "XXXXXX";
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);
  const bool written = fd >= 0 && write(fd, content.data(), content.size()) == ssize_t(content.size()) &&
                       fchmod(fd, 0644) == 0 && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  if (!written || std::rename(temporary.c_str(), path.c_str()) != 0) {
    throw Error("Failed to write '" + path + "': " + std::strerror(errno));
  }
}
