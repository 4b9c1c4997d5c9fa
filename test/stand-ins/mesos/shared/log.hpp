// Lines in glog's shape, on stderr and, when a directory is set, in a file there.
#pragma once

#include <string>

// `place` is "slave.cpp:971": the file and line that the real message carries.
void log(char severity, const std::string& place, const std::string& message);
// Like glog's FATAL: the line, the stack trace's title, then SIGABRT (exit status 134 in a shell).
[[noreturn]] void fatal(const std::string& place, const std::string& message);
// Mesos's EXIT(): the bare text, then out.
[[noreturn]] void quit(int status, const std::string& message);
void logTo(const std::string& directory, const std::string& program);
