#include "agent.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <cmath>
#include <ctime>

#include "gpu.hpp"
#include "log.hpp"
#include "support.hpp"
#include "version.hpp"

namespace {

constexpr double gigabyte = 1024.0 * 1024 * 1024;

std::string hostnameFor(const Flags& flags, const std::string& ip) {
  if (flags.has("hostname")) return flags.get("hostname");
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, ip.c_str(), &address.sin_addr);
  char name[256];
  if (!flags.on("hostname_lookup") || getnameinfo(reinterpret_cast<sockaddr*>(&address), sizeof address, name,
                                                  sizeof name, nullptr, 0, 0) != 0) {
    return ip;
  }
  return name;
}

// What is not given is measured, by quantities that stay the same from start to start.
std::vector<Resource> offered(const Flags& flags) {
  const std::string given = flags.get("resources", "");
  const std::string& role = flags.get("default_role");
  std::vector<Resource> resources = parseResources(given, role);
  const auto scalar = [&](const char* name, double value) {
    Resource resource = {name, {}, role, {}};
    resource.value.scalar = value;
    resources.push_back(resource);
  };
  if (!contains(given, "cpus")) scalar("cpus", double(sysconf(_SC_NPROCESSORS_ONLN)));
  if (version.since1) {
    if (const auto gpus = gpu::resources(flags)) scalar("gpus", *gpus);
  }
  if (!contains(given, "mem")) {
    struct sysinfo machine;
    sysinfo(&machine);
    const double total = double(machine.totalram) * machine.mem_unit;
    scalar("mem", std::floor((total >= 2 * gigabyte ? total - gigabyte : total / 2) / (1 << 20)));
  }
  if (!contains(given, "disk")) {
    struct statvfs filesystem = {};
    statvfs(flags.get("work_dir").c_str(), &filesystem);
    const double size = double(filesystem.f_blocks) * double(filesystem.f_frsize);
    scalar("disk", std::floor((size >= 10 * gigabyte ? size - 5 * gigabyte : size / 2) / (1 << 20)));
  }
  if (!contains(given, "ports")) resources.push_back({"ports", Value::parse("[31000-32000]"), role, {}});
  return resources;
}

std::string leadingMaster(std::string master, int& port) {
  port = 5050;
  const bool zookeeper = startsWith(master, "zk://");
  if (zookeeper) {
    master = master.substr(5, master.find('/', 5) - 5);
    master = master.substr(master.find('@') + 1);
    master = master.substr(0, master.find(','));
  }
  const size_t colon = master.find(':');
  if (colon != std::string::npos && !zookeeper) port = std::atoi(master.c_str() + colon + 1);
  return master.substr(0, colon);
}

Json shown(const Value& value) {
  return value.type == Value::Scalar ? Json(value.scalar) : Json(value.print());
}

double now() {
  timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

}  // namespace

Agent::Agent(const Flags& flags, std::string ip) : flags_(flags), ip_(std::move(ip)), started_(now()) {}

std::string Agent::address() const { return ip_ + ":" + flags_.get("port"); }

void Agent::determineInfo() {
  log('I', "slave.cpp:195", version.title + " started on 1)@" + address());
  state_.emplace(flags_.get("work_dir"));
  std::string line = "Flags at startup:";
  for (const auto& [name, value] : flags_.dump().members) line += " --" + name + "=\"" + value.text + "\"";
  log('I', "slave.cpp:196", line);

  SlaveInfo info;
  info.hostname = hostnameFor(flags_, ip_);
  info.port = flags_.integer("port");
  info.resources = offered(flags_);
  info.attributes = parseAttributes(flags_.get("attributes", ""));
  log('I', "slave.cpp:390", version.title + " resources: " + print(info.resources));
  log('I', "slave.cpp:403", version.title + " hostname: " + info.hostname);
  const std::lock_guard lock(mutex_);
  info_ = info;
}

void Agent::start() {
  try {
    determineInfo();
  } catch (const Error& error) {
    quit(1, "Failed to determine " + version.noun + " resources: " + error.what());
  }
  try {
    recover();
  } catch (const Error& error) {
    quit(1, std::string("Failed to perform recovery: ") + error.what() +
                "\nTo remedy this do as follows:\nStep 1: rm -f " + state_->latest() + "\n        This ensures " +
                version.noun + " doesn't recover old live executors.\nStep 2: Restart the " + version.noun + ".");
  }
}

void Agent::recover() {
  log('I', "state.cpp:58", "Recovering state from '" + state_->meta() + "'");
  const auto old = state_->recover(flags_.on("strict"), errors_);
  const bool reconnect = flags_.get("recover") == "reconnect";
  if (old) {
    SlaveInfo mine = info_;
    mine.id = old->id;
    if (reconnect && !(mine == *old)) {
      const std::string rule(60, '-');
      throw Error("Incompatible " + version.noun + " info detected.\n" + rule + "\nOld " + version.noun + " info:\n" +
                  old->debug() + "\n" + rule + "\nNew " + version.noun + " info:\n" + mine.debug() + "\n" + rule);
    }
  }
  log('I', "slave.cpp:4601", "Finished recovery");
  if (!reconnect) terminate();
  state_->checkpointBoot();
  const std::lock_guard lock(mutex_);
  if (old) info_ = *old;
  recovered_ = true;
}

void Agent::run() {
  int port = 0;
  const std::string host = leadingMaster(flags_.get("master"), port);
  const bool elected = startsWith(flags_.get("master"), "zk://");
  detected_ = !elected;
  for (bool announced = false;; sleep(1)) {
    const int connection = connectTo(host, port);
    if (connection < 0) continue;
    {
      const std::lock_guard lock(mutex_);
      sockaddr_in peer;
      socklen_t size = sizeof peer;
      getpeername(connection, reinterpret_cast<sockaddr*>(&peer), &size);
      masterHost_ = host;
      masterName_ = "master@" + std::string(inet_ntoa(peer.sin_addr)) + ":" + std::to_string(port);
      connection_ = connection;
      detected_ = true;
    }
    if (!announced) log('I', "slave.cpp:796", "New master detected at " + masterName_);
    log('I', "slave.cpp:859", "No credentials provided. Attempting to register without authentication");
    announced = !stayWith(connection);
    if (!announced) {
      log('W', "slave.cpp:3528", "Master disconnected! Waiting for a new master to be elected");
    }
    const std::lock_guard lock(mutex_);
    detected_ = !elected;
    connection_ = -1;
    close(connection);
  }
}

// True when the master had answered before the connection ended.
bool Agent::stayWith(int connection) {
  const std::string body = introduction().dump();
  sendAll(connection, "POST /agent HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  bool heard = false;
  for (std::string rest, line; readLine(connection, rest, line);) {
    if (!startsWith(line, "{")) continue;
    heed(Json::parse(line), masterName_);
    heard = true;
  }
  return heard;
}

void Agent::heed(const Json& message, const std::string& master) {
  const std::string& type = message.at("type").text;
  const std::string& id = message.at("id").text;
  if (type == "registered") {
    log('I', version.registeredAt, "Registered with master " + master + "; given " + version.noun + " ID " + id);
    const std::lock_guard lock(mutex_);
    info_.id = id;
    state_->checkpoint(info_);
  } else if (type == "reregistered") {
    if (id != info_.id) quit(1, "Re-registered but got wrong id: " + id + "(expected: " + info_.id + ")");
    log('I', version.reregisteredAt, "Re-registered with master " + master);
  } else if (type == "shutdown") {
    log('I', "slave.cpp:643", version.title + " asked to shut down by " + master + " because '" +
                                  message.at("message").text + "'");
    terminate();
  }
}

void Agent::shutDown(const std::string& reason) {
  log('I', "slave.cpp:647", reason + "; unregistering and shutting down");
  if (connection_ >= 0) sendAll(connection_, "unregister\n");
  terminate();
}

void Agent::terminate() {
  log('I', "slave.cpp:601", version.title + " terminating");
  state_->forgetLatest();
  std::fflush(nullptr);
  _exit(0);
}

Json Agent::introduction() const {
  const std::lock_guard lock(mutex_);
  return Json::object({{"id", info_.id},
                       {"pid", "slave(1)@" + address()},
                       {"hostname", info_.hostname},
                       {"port", info_.port},
                       {"version", version.number},
                       {"resources", resources()},
                       {"attributes", attributes()}});
}

Json Agent::resources() const {
  Json result = Json::object();
  for (const Resource& resource : info_.resources) {
    Json value = shown(resource.value);
    if (const Json* before = result.find(resource.name)) value.number += before->number;
    result.set(resource.name, value);
  }
  return result;
}

Json Agent::attributes() const {
  Json result = Json::object();
  for (const Attribute& attribute : info_.attributes) result.set(attribute.name, shown(attribute.value));
  return result;
}

Json Agent::describe() const {
  Json state = Json::object({{"version", version.number},
                             {"id", info_.id},
                             {"pid", "slave(1)@" + address()},
                             {"hostname", info_.hostname},
                             {"start_time", started_},
                             {"resources", resources()},
                             {"attributes", attributes()},
                             {"flags", flags_.dump()},
                             {"frameworks", Json::array()},
                             {"completed_frameworks", Json::array()}});
  if (detected_) state.set("master_hostname", masterHost_);
  if (flags_.has("log_dir")) state.set("log_dir", flags_.get("log_dir"));
  return state;
}

Json Agent::metrics() const {
  return Json::object({{"slave/registered", detected_ ? 1 : 0},
                       {"slave/recovery_errors", errors_},
                       {"slave/uptime_secs", now() - started_},
                       {"system/cpus_total", double(sysconf(_SC_NPROCESSORS_ONLN))}});
}

Response Agent::answer(const Request& request) {
  std::string path = request.path;
  if (startsWith(path, "/slave(1)/")) path = path.substr(9);
  const auto json = [](const Json& body) { return Response{200, body.dump(), "application/json"}; };
  const std::lock_guard lock(mutex_);
  if (path == "/health") return {};
  if (path == "/version") return json(Json::object({{"version", version.number}, {"build_user", "root"}}));
  if (path == "/flags") return json(Json::object({{"flags", flags_.dump()}}));
  if (path == "/metrics/snapshot") return json(metrics());
  if (path == "/containers" && version.since1) return json(Json::array());
  if (path == "/monitor/statistics") return json(Json::array());
  if (path != "/state" && path != "/state.json") return {404};
  if (!recovered_) return {503, "Agent has not finished recovery"};
  return json(describe());
}
