// beacon serve PORT: answers every connection with one byte. beacon watch PORT: connects every millisecond until
// SIGTERM, then prints the longest time without an answer, in milliseconds.
#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t over = 0;

static sockaddr_in at(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static bool answers(int port) {
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = at(port);
  char byte;
  bool good = connect(connection, (sockaddr *)&address, sizeof address) == 0 && read(connection, &byte, 1) == 1;
  close(connection);
  return good;
}

int main(int count, char **words) {
  if (count != 3) return 2;
  int port = atoi(words[2]);
  if (strcmp(words[1], "serve") == 0) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address = at(port);
    if (bind(listener, (sockaddr *)&address, sizeof address) != 0 || listen(listener, 128) != 0) return 1;
    for (;;) {
      int connection = accept(listener, nullptr, nullptr);
      if (connection < 0 || write(connection, "!", 1) != 1) continue;
      close(connection);
    }
  }
  signal(SIGTERM, [](int) { over = 1; });
  double last = now(), longest = 0;
  while (!over) {
    if (answers(port)) {
      double time = now();
      if (time - last > longest) longest = time - last;
      last = time;
    }
    usleep(1000);
  }
  printf("%.3f\n", longest);
}
