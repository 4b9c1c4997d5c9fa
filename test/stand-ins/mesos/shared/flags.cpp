#include "flags.hpp"

#include <cerrno>
#include <cmath>
#include <cstring>

#include "log.hpp"
#include "support.hpp"

extern char** environ;

Flags::Flags(std::string program, Rules rules, std::vector<Flag> table)
    : program_(std::move(program)), rules_(rules), table_(std::move(table)) {
  for (const Flag& flag : table_) {
    if (flag.fallback) values_[flag.name] = flag.fallback;
  }
}

std::string Flags::get(const std::string& name, const std::string& otherwise) const {
  return has(name) ? get(name) : otherwise;
}

int Flags::integer(const std::string& name) const { return std::stoi(get(name)); }

const Flag* Flags::find(const std::string& name) const {
  for (const Flag& flag : table_) {
    if (name == flag.name || (flag.alias && name == flag.alias)) return &flag;
  }
  return nullptr;
}

void Flags::load(int argc, char** argv) {
  try {
    Given given = commandLine(argc, argv);
    environment(given);
    for (const auto& [name, value] : given) apply(name, value);
    for (const Flag& flag : table_) {
      if (flag.required && !has(flag.name)) {
        throw Error("Flag '" + std::string(flag.name) + "' is required, but it was not provided");
      }
    }
  } catch (const Error& failure) {
    error = failure.what();
  }
}

Flags::Given Flags::commandLine(int argc, char** argv) const {
  Given given;
  for (int i = 1; i < argc; i++) {
    const std::string word = trim(argv[i]);
    if (word == "--") break;
    if (!startsWith(word, "--")) continue;
    const size_t equals = word.find('=');
    const std::string name = lower(word.substr(2, equals == std::string::npos ? equals : equals - 2));
    if (!rules_.since1 && given.count(name)) throw Error("Duplicate flag '" + name + "' on command line");
    given.emplace(name, equals == std::string::npos ? std::nullopt : std::optional(word.substr(equals + 1)));
  }
  return given;
}

void Flags::environment(Given& given) const {
  const std::string prefix = "MESOS_";
  for (char** variable = environ; *variable; variable++) {
    const std::string text = *variable;
    const size_t equals = text.find('=');
    if (!startsWith(text, prefix) || equals == std::string::npos) continue;
    const std::string name = lower(text.substr(prefix.size(), equals - prefix.size()));
    const bool known = find(name) || (startsWith(name, "no-") && find(name.substr(3)));
    if (known && !given.count(name)) given.emplace(name, text.substr(equals + 1));
  }
}

void Flags::apply(const std::string& spelling, const std::optional<std::string>& value) {
  const bool negated = !find(spelling) && startsWith(spelling, "no-");
  const std::string name = negated ? spelling.substr(3) : spelling;
  const std::string via = negated ? " via '" + spelling + "'" : "";
  const Flag* flag = find(name);
  if (!flag) throw Error("Failed to load unknown flag '" + name + "'" + via);

  const auto loaded = loadedVia_.find(flag->name);
  if (rules_.since1 && loaded != loadedVia_.end()) {
    throw Error("Flag '" + name + "' is already loaded via name '" + loaded->second + "'");
  }
  loadedVia_[flag->name] = name;
  if (name != flag->name) warnings.push_back("Loaded deprecated flag '" + name + "'");

  const bool boolean = flag->type == FlagType::Boolean;
  if (negated && !boolean) throw Error("Failed to load non-boolean flag '" + name + "'" + via);
  if (negated && value && !value->empty()) {
    throw Error("Failed to load boolean flag '" + name + "'" + via + " with value '" + *value + "'");
  }
  if (!boolean && !value) throw Error("Failed to load non-boolean flag '" + name + "': Missing value");
  if (boolean && (!value || value->empty())) {
    values_[flag->name] = negated ? "false" : "true";
    return;
  }
  values_[flag->name] = within("Failed to load flag '" + name + "': Failed to load value '" + *value + "': ",
                               [&] { return parse(*flag, *value); });
}

std::string Flags::parse(const Flag& flag, std::string value) const {
  std::string path;
  if (startsWith(value, "file://")) path = value.substr(7);
  if (flag.type == FlagType::Object && startsWith(value, "/")) {
    log('W', "parse.hpp:105", "Specifying an absolute filename to read a command line option out of without using "
                              "'file:// is deprecated and will be removed in a future release.");
    path = value;
  }
  if (!path.empty() && !readFile(path, value)) {
    throw Error("Error reading file '" + path + "': Failed to open file" +
                (rules_.since1 ? "" : " '" + path + "'") + ": " + std::strerror(errno));
  }
  switch (flag.type) {
    case FlagType::Text: return value;
    case FlagType::Boolean:
      if (value == "true" || value == "1") return "true";
      if (value == "false" || value == "0") return "false";
      throw Error("Expecting a boolean (e.g., true or false)");
    case FlagType::Integer: return number(std::trunc(parseNumber(value)));
    case FlagType::Duration: parseDuration(value); return value;
    case FlagType::Object:
      if (Json::parse(value).kind != Json::Object) throw Error("Unexpected JSON type parsed");
      return value;
    case FlagType::Integers:
      for (const std::string& item : split(value, ",")) parseNumber(item);
      return value;
  }
  return value;
}

std::string Flags::usage(const std::string& message) const {
  std::string text = (message.empty() ? "" : message + "\n\n") + "Usage: " + program_ + " [options]\n\n";
  for (const Flag& flag : table_) {
    const std::string name = flag.name;
    text += (flag.type == FlagType::Boolean ? "  --[no-]" + name : "  --" + name + "=VALUE") +
            (flag.fallback ? " (default: " + std::string(flag.fallback) + ")" : "") + "\n";
  }
  return text;
}

Json Flags::dump() const {
  Json result = Json::object();
  for (const auto& [name, value] : values_) result.set(name, value);
  return result;
}

double parseDuration(const std::string& text) {
  static const std::map<std::string, double> units = {{"ns", 1e-9}, {"us", 1e-6},  {"ms", 1e-3},    {"secs", 1},
                                                      {"mins", 60}, {"hrs", 3600}, {"days", 86400}, {"weeks", 604800}};
  const size_t end = text.find_first_not_of("0123456789.-");
  if (end == std::string::npos || end == 0) throw Error("Invalid duration '" + text + "'");
  const auto unit = units.find(text.substr(end));
  if (unit == units.end()) throw Error("Unknown duration unit '" + text.substr(end) + "'");
  return parseNumber(text.substr(0, end)) * unit->second;
}
