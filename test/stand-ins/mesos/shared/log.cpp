#include "log.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <mutex>

#include "support.hpp"

namespace {

std::mutex mutex;
FILE* file = nullptr;

std::string formatted(const char* format) {
  const time_t now = std::time(nullptr);
  char text[64];
  tm local;
  std::strftime(text, sizeof text, format, localtime_r(&now, &local));
  return text;
}

}  // namespace

void log(char severity, const std::string& place, const std::string& message) {
  timeval now;
  gettimeofday(&now, nullptr);
  char head[64];
  std::snprintf(head, sizeof head, "%c%s.%06ld %5d ", severity, formatted("%m%d %H:%M:%S").c_str(), long(now.tv_usec),
                gettid());
  const std::string line = head + place + "] " + message + "\n";
  const std::lock_guard lock(mutex);
  for (FILE* to : {stderr, file}) {
    if (to) std::fputs(line.c_str(), to), std::fflush(to);
  }
}

void fatal(const std::string& place, const std::string& message) {
  log('F', place, message);
  std::fputs("*** Check failure stack trace: ***\n", stderr);
  std::abort();
}

void quit(int status, const std::string& message) {
  std::fputs((message + "\n").c_str(), stderr);
  std::fflush(nullptr);
  _exit(status);
}

void logTo(const std::string& directory, const std::string& program) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) throw Error("Failed to create directory '" + directory + "': " + error.message());
  char host[65] = "localhost";
  gethostname(host, sizeof host - 1);
  const std::string name = program + "." + host + ".root.log.INFO." + formatted("%Y%m%d-%H%M%S.") +
                           std::to_string(getpid());
  file = std::fopen((directory + "/" + name).c_str(), "ae");
  const std::string link = directory + "/" + program + ".INFO";
  std::filesystem::remove(link, error);
  std::filesystem::create_symlink(name, link, error);
}
