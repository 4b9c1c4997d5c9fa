#include "state.hpp"

#include <cstring>
#include <filesystem>

#include "log.hpp"
#include "support.hpp"
#include "version.hpp"

namespace fs = std::filesystem;

namespace {

std::string bootId() {
  std::string id;
  readFile("/proc/sys/kernel/random/boot_id", id);
  return trim(id);
}

void makeDirectory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw Error("Failed to create directory '" + directory.string() + "': " + error.message());
}

// The link is absolute, as Mesos's is: state that is moved elsewhere points back to where it was.
void makeAgentDirectory(const fs::path& root, const std::string& id) {
  makeDirectory(root / id);
  fs::remove(root / "latest");
  fs::create_directory_symlink(fs::absolute(root / id), root / "latest");
}

std::string framed(const std::string& message) {
  const uint32_t size = uint32_t(message.size());
  return std::string(reinterpret_cast<const char*>(&size), sizeof size) + message;
}

SlaveInfo readInfo(const std::string& path) {
  return within("Failed to read " + version.noun + " info from '" + path + "': ", [&] {
    std::string bytes;
    if (!readFile(path, bytes)) throw Error("Failed to open file '" + path + "': " + std::strerror(errno));
    uint32_t size = 0;
    if (bytes.size() < sizeof size) throw Error("Failed to read size: hit EOF unexpectedly");
    std::memcpy(&size, bytes.data(), sizeof size);
    if (bytes.size() - sizeof size < size) {
      throw Error("Failed to read message of size " + std::to_string(size) + " bytes: hit EOF unexpectedly");
    }
    return SlaveInfo::decode(bytes.substr(sizeof size, size));
  });
}

}  // namespace

State::State(std::string workDirectory) : work_(std::move(workDirectory)) {
  makeDirectory(work_);
  makeDirectory(meta());
}

std::optional<SlaveInfo> State::recover(bool strict, int& errors) const {
  std::string boot;
  if (readFile(meta() + "/boot_id", boot) && trim(boot) != bootId()) {
    log('I', "state.cpp:83", version.title + " host rebooted");
    return std::nullopt;
  }
  if (!fs::is_symlink(latest())) {
    log('I', "state.cpp:91", "Failed to find the latest " + version.noun + " from '" + meta() + "'");
    return std::nullopt;
  }
  std::error_code error;
  const fs::path directory = fs::canonical(latest(), error);
  if (error) throw Error("Failed to find latest " + version.noun + ": " + error.message());

  const std::string path = directory / "slave.info";
  if (!fs::exists(path)) {
    log('W', "state.cpp:148", "Failed to find " + version.noun + " info file '" + path + "'");
    return std::nullopt;
  }
  try {
    SlaveInfo info = readInfo(path);
    if (info.id.empty()) info.id = directory.filename();
    return info;
  } catch (const Error& problem) {
    if (strict) throw;
    log('W', "state.cpp:170", problem.what());
    errors++;
    return std::nullopt;
  }
}

void State::checkpointBoot() const { writeFile(meta() + "/boot_id", bootId()); }

void State::checkpoint(const SlaveInfo& info) const {
  makeAgentDirectory(meta() + "/slaves", info.id);
  makeAgentDirectory(work_ + "/slaves", info.id);
  writeFile(meta() + "/slaves/" + info.id + "/slave.info", framed(info.encode()));
}

void State::forgetLatest() const {
  std::error_code ignored;
  fs::remove(latest(), ignored);
}
