/* Starts a program in another root, with this machine's /proc there, as another user, with exactly the
   environment it is given:
   start ROOT DIRECTORY UID PROGRAM [NAME=VALUE...] */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

int main(int count, char **words) {
  if (count < 5) return 2;
  char *arguments[] = {words[4], NULL};
  if (unshare(CLONE_NEWNS) != 0) return perror("unshare"), 2;
  mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
  if (chdir(words[1]) != 0 || mount("/proc", "proc", NULL, MS_BIND | MS_REC, NULL) != 0) return perror("mount"), 2;
  if (chroot(words[1]) != 0 || chdir(words[2]) != 0) return perror("chroot"), 2;
  if (setuid(atoi(words[3])) != 0) return perror("setuid"), 2;
  execve(words[4], arguments, words + 5);
  return perror(words[4]), 2;
}
