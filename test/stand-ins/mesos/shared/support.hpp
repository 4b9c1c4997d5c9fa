// The few things that every part needs: errors that gather context on their way up, strings, files.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Runs `body`; an error that leaves it gets `context` in front, as Mesos's messages are nested.
template <typename Body>
auto within(const std::string& context, Body body) {
  try {
    return body();
  } catch (const Error& error) {
    throw Error(context + error.what());
  }
}

std::vector<std::string> split(const std::string& text, const std::string& separators, bool keepEmpty = false);
std::string join(const std::vector<std::string>& parts, const std::string& separator);
std::string trim(const std::string& text);
std::string lower(std::string text);
bool contains(const std::string& text, const std::string& part);
bool startsWith(const std::string& text, const std::string& prefix);
std::string number(double value);
double parseNumber(const std::string& text);

bool readFile(const std::string& path, std::string& content);
// Beside, fsync, rename: a reader sees the old bytes or the new ones.
void writeFile(const std::string& path, const std::string& content);
