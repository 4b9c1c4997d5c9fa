// The master: hands out agent ids, remembers them across restarts, and keeps the rule of its time:
// an agent that registers anew from the address of a known one removes that one for ever.
#include <sys/socket.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <map>
#include <mutex>

#include "flags.hpp"
#include "http.hpp"
#include "log.hpp"
#include "support.hpp"

namespace {

double now() {
  timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

std::string ipOf(const std::string& pid) { return pid.substr(pid.find('@') + 1, pid.rfind(':') - pid.find('@') - 1); }

class Master {
public:
  Master(const Flags& flags, std::string address)
      : registry_(flags.get("work_dir") + "/registry.json"), address_(std::move(address)), started_(now()),
        patience_(parseDuration(flags.get("slave_ping_timeout")) * flags.integer("max_slave_ping_timeouts")) {
    std::filesystem::create_directories(flags.get("work_dir"));
    std::string text;
    if (!readFile(registry_, text)) {
      readFile("/proc/sys/kernel/random/uuid", uuid_);
      uuid_ = trim(uuid_);
      save();
      return;
    }
    const Json saved = Json::parse(text);
    uuid_ = saved.at("id").text;
    next_ = int(saved.at("next").number);
    for (const Json& agent : saved.at("agents").items) agents_[agent.at("id").text].info = agent;
    for (const Json& id : saved.at("removed").items) removed_[id.text] = true;
  }

  Response answer(const Request& request, int fd) {
    std::string path = request.path;
    if (startsWith(path, "/master/")) path = path.substr(7);
    const auto json = [](const Json& body) { return Response{200, body.dump(), "application/json"}; };
    if (path == "/agent" && request.method == "POST") {
      hold(Json::parse(request.body), fd);
      return {0};
    }
    const std::lock_guard lock(mutex_);
    if (path == "/health") return {};
    if (path == "/version") return json(Json::object({{"version", "0.28.1"}}));
    if (path == "/slaves") return json(Json::object({{"slaves", agents()}}));
    if (path == "/state" || path == "/state.json") {
      return json(Json::object({{"version", "0.28.1"},
                                {"id", uuid_},
                                {"pid", "master@" + address_},
                                {"leader", "master@" + address_},
                                {"start_time", started_},
                                {"slaves", agents()},
                                {"frameworks", Json::array()}}));
    }
    return {404};
  }

  // Agents that stay away too long are removed, as unanswered pings would have them.
  [[noreturn]] void watch() {
    for (;; sleep(1)) {
      const std::lock_guard lock(mutex_);
      for (auto it = agents_.begin(); it != agents_.end();) {
        const auto [id, agent] = *it++;
        if (agent.seen && agent.fd < 0 && now() - agent.leftAt > patience_) remove(id, "health check timed out");
      }
    }
  }

private:
  struct Agent {
    Json info;
    bool seen = false;  // registered with this run of the master
    int fd = -1;
    double registeredAt = 0, reregisteredAt = 0, leftAt = 0;
  };

  // An agent's connection lasts as long as its registration; its end is the agent's going.
  void hold(Json info, int fd) {
    std::string id, rest, line;
    sendAll(fd, "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n");
    {
      const std::lock_guard lock(mutex_);
      const bool fresh = info.at("id").text.empty();
      const std::string refusal = fresh ? "" : objection(info);
      if (!refusal.empty()) {
        log('W', "master.cpp:4301", "Slave " + info.at("id").text + " at " + info.at("pid").text + " (" +
                                        info.at("hostname").text + ") refused: " + refusal + "; shutting it down");
        sendAll(fd, Json::object({{"type", "shutdown"}, {"message", refusal}}).dump() + "\n");
        return;
      }
      id = fresh ? admit(info) : info.at("id").text;
      Agent& agent = agents_[id];
      if (agent.fd >= 0) shutdown(agent.fd, SHUT_RDWR);
      if (!agent.seen) agent.registeredAt = now();
      if (!fresh) agent.reregisteredAt = now();
      agent.info = info;
      agent.info.set("id", id);
      agent.seen = true;
      agent.fd = fd;
      save();
      log('I', "master.cpp:4204", std::string(fresh ? "Registered" : "Re-registered") + " slave " + id + " at " +
                                      info.at("pid").text + " (" + info.at("hostname").text + ")");
      sendAll(fd, Json::object({{"type", fresh ? "registered" : "reregistered"}, {"id", id}}).dump() + "\n");
    }
    bool unregisters = false;
    while (readLine(fd, rest, line)) unregisters |= line == "unregister";
    const std::lock_guard lock(mutex_);
    const auto it = agents_.find(id);
    if (it == agents_.end() || it->second.fd != fd) return;
    it->second.fd = -1;
    it->second.leftAt = now();
    log('I', "master.cpp:1209", "Slave " + id + " disconnected");
    if (unregisters) remove(id, "the slave unregistered");
  }

  std::string objection(const Json& info) const {
    const std::string& id = info.at("id").text;
    if (removed_.count(id)) return "Slave attempted to re-register after removal";
    const auto known = agents_.find(id);
    if (known == agents_.end() || !known->second.seen) return "";
    const Json& old = known->second.info;
    const bool same = old.at("hostname").text == info.at("hostname").text &&
                      ipOf(old.at("pid").text) == ipOf(info.at("pid").text);
    return same ? "" : "Slave attempted to re-register with different IP / hostname";
  }

  std::string admit(const Json& info) {
    for (auto it = agents_.begin(); it != agents_.end();) {
      const auto [id, agent] = *it++;
      if (agent.info.at("pid").text == info.at("pid").text) remove(id, "a new slave registered at the same address");
    }
    return uuid_ + "-S" + std::to_string(next_++);
  }

  void remove(const std::string& id, const std::string& reason) {
    log('I', "master.cpp:6147", "Removing slave " + id + ": " + reason);
    if (agents_[id].fd >= 0) shutdown(agents_[id].fd, SHUT_RDWR);
    agents_.erase(id);
    removed_[id] = true;
    save();
  }

  void save() const {
    Json agents = Json::array(), removed = Json::array();
    for (const auto& [id, agent] : agents_) agents.push(agent.info);
    for (const auto& [id, gone] : removed_) removed.push(id);
    writeFile(registry_,
              Json::object({{"id", uuid_}, {"next", next_}, {"agents", agents}, {"removed", removed}}).dump());
  }

  // Those that have been here since this run began, as the real master lists them.
  Json agents() const {
    Json list = Json::array();
    for (const auto& [id, agent] : agents_) {
      if (!agent.seen) continue;
      Json item = agent.info;
      item.set("active", agent.fd >= 0);
      item.set("registered_time", agent.registeredAt);
      if (agent.reregisteredAt > 0) item.set("reregistered_time", agent.reregisteredAt);
      list.push(item);
    }
    return list;
  }

  const std::string registry_, address_;
  const double started_, patience_;
  std::mutex mutex_;
  std::string uuid_;
  int next_ = 0;
  std::map<std::string, Agent> agents_;
  std::map<std::string, bool> removed_;
};

}  // namespace

int main(int argc, char** argv) {
  Flags flags("mesos-master", {false},
              {{"ip", FlagType::Text, "0.0.0.0"},
               {"port", FlagType::Integer, "5050"},
               {"work_dir", FlagType::Text, "/var/lib/mesos/master"},
               {"slave_ping_timeout", FlagType::Duration, "15secs"},
               {"max_slave_ping_timeouts", FlagType::Integer, "5"}});
  flags.load(argc, argv);
  if (flags.error) quit(1, flags.usage(*flags.error));
  Master master(flags, flags.get("ip") + ":" + flags.get("port"));
  try {
    serve(flags.get("ip"), flags.integer("port"),
          [&](const Request& request, int fd) { return master.answer(request, fd); });
  } catch (const Error& error) {
    fatal("process.cpp:892", std::string("Failed to initialize: Failed to bind: ") + error.what());
  }
  log('I', "main.cpp:237", "Version: 0.28.1");
  master.watch();
}
