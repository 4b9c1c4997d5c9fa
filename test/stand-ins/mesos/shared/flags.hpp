// Flags from MESOS_* and the command line, by Mesos's rules: unknown variables are passed over in
// silence, unknown options are fatal, `file://` values are read, and so on. What changed with 1.0
// (another spelling of a flag given twice, required flags, warnings) hangs on `Rules`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json.hpp"

enum class FlagType { Text, Boolean, Integer, Duration, Object, Integers };

struct Flag {
  const char* name;
  FlagType type = FlagType::Text;
  const char* fallback = nullptr;
  const char* alias = nullptr;
  bool required = false;
};

struct Rules {
  bool since1;
};

class Flags {
public:
  Flags(std::string program, Rules rules, std::vector<Flag> table);

  // Stops at the first error, as Mesos does; what was loaded until then stays.
  void load(int argc, char** argv);
  std::optional<std::string> error;
  std::vector<std::string> warnings;

  bool has(const std::string& name) const { return values_.count(name) > 0; }
  const std::string& get(const std::string& name) const { return values_.at(name); }
  std::string get(const std::string& name, const std::string& otherwise) const;
  bool on(const std::string& name) const { return get(name, "false") == "true"; }
  int integer(const std::string& name) const;
  // The JSON of an object flag, already read from a file where one was named.
  Json object(const std::string& name) const { return Json::parse(get(name)); }
  std::string usage(const std::string& message = "") const;
  Json dump() const;

private:
  using Given = std::multimap<std::string, std::optional<std::string>>;
  const Flag* find(const std::string& name) const;
  Given commandLine(int argc, char** argv) const;
  void environment(Given& given) const;
  void apply(const std::string& name, const std::optional<std::string>& value);
  std::string parse(const Flag& flag, std::string value) const;

  std::string program_;
  Rules rules_;
  std::vector<Flag> table_;
  std::map<std::string, std::string> values_, loadedVia_;
};

double parseDuration(const std::string& text);
