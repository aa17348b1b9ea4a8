/* Fault injection for everything a program does to the disk.
 *
 * Build and use:
 *
 *     cc -shared -fPIC -O1 -o shim.so tests/fault/shim.c -ldl
 *     SOHOA_FAULT_COUNT=/tmp/n LD_PRELOAD=./shim.so program …   # how many calls
 *     SOHOA_FAULT_AT=17 LD_PRELOAD=./shim.so program …          # the 17th fails
 *
 * Counted are the calls that change a file system: open for writing or with
 * O_CREAT, write, pwrite, writev, pwritev, fsync, fdatasync, ftruncate, fallocate,
 * copy_file_range, sendfile, rename*, mkdir*, link*, symlink*, unlink*, rmdir; on
 * file descriptors only those of regular files and folders, so that pipes and
 * terminals go on working. The number a call gets is per process; with one
 * thread it is the same in every run.
 *
 *   SOHOA_FAULT_AT=N       the Nth counted call fails (from 1; unset: none)
 *   SOHOA_FAULT_ERRNO=E    with which error: ENOSPC (default), EIO, EDQUOT, EROFS,
 *                          EACCES, ESTALE, EINVAL, EPERM, or a number
 *   SOHOA_FAULT_STICKY=1   and so does every later one, as on a disk that is full
 *   SOHOA_FAULT_SHORT=1    a failing write puts half its bytes down first
 *   SOHOA_FAULT_KILL=1     instead of failing, SIGKILL just before the call
 *   SOHOA_FAULT_ONLY=a,b   count only these, by the names above: write,fsync
 *   SOHOA_FAULT_UNDER=DIR  count only descriptors and paths below DIR (absolute)
 *   SOHOA_FAULT_WITHOUT=a,b calls this file system does not know, as on FAT or some
 *                          shares; each fails with EINVAL (renameat2), EPERM (link) or
 *                          ENOLCK (flock), is not counted, and comes beside whatever
 *                          AT says
 *   SOHOA_FAULT_COUNT=FILE at exit, write the number of counted calls to FILE
 *
 * A full disk does not refuse to remove: with ENOSPC and EDQUOT the unlink
 * family, rmdir and ftruncate are counted and carried out.
 *
 * Only calls through libc are seen; a program that enters the kernel by itself
 * (rustix without its feature `use-libc`) goes unnoticed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long at, counted;
static int number = ENOSPC, sticky, torn, lethal;
static const char *only, *under, *without, *report;

static const struct { const char *name; int number; } errors[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EDQUOT", EDQUOT}, {"EROFS", EROFS},
    {"EACCES", EACCES}, {"ESTALE", ESTALE}, {"EINVAL", EINVAL}, {"EPERM", EPERM},
};

__attribute__((constructor)) static void begin(void) {
    const char *value;
    if ((value = getenv("SOHOA_FAULT_AT"))) at = atol(value);
    if ((value = getenv("SOHOA_FAULT_ERRNO"))) {
        number = atoi(value);
        for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
            if (!strcmp(value, errors[i].name)) number = errors[i].number;
    }
    sticky = getenv("SOHOA_FAULT_STICKY") != NULL;
    torn = getenv("SOHOA_FAULT_SHORT") != NULL;
    lethal = getenv("SOHOA_FAULT_KILL") != NULL;
    only = getenv("SOHOA_FAULT_ONLY");
    under = getenv("SOHOA_FAULT_UNDER");
    without = getenv("SOHOA_FAULT_WITHOUT");
    report = getenv("SOHOA_FAULT_COUNT");
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((destructor)) static void end(void) {
    char text[32];
    if (!report) return;
    int length = snprintf(text, sizeof text, "%ld\n", __atomic_load_n(&counted, __ATOMIC_SEQ_CST));
    int fd = REAL(open)(report, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0) return;
    if (REAL(write)(fd, text, (size_t)length) < 0) perror(report);
    close(fd);
}

/* Whether `name` is one of the names in `list`. */
static int is_among(const char *name, const char *list) {
    size_t length = strlen(name);
    for (const char *p = list; (p = strstr(p, name)); p += length)
        if ((p == list || p[-1] == ',') && (p[length] == ',' || !p[length])) return 1;
    return 0;
}

/* Whether `path`, relative to the folder `dir`, lies below SOHOA_FAULT_UNDER. */
static int is_under(int dir, const char *path) {
    char whole[PATH_MAX * 2] = "", link[64];
    if (!under) return 1;
    if (path[0] != '/') {
        ssize_t length;
        if (dir == AT_FDCWD) {
            length = getcwd(whole, PATH_MAX) ? (ssize_t)strlen(whole) : 0;
        } else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
            length = readlink(link, whole, PATH_MAX);
        }
        whole[length < 0 ? 0 : length] = 0;
        strcat(whole, "/");
    }
    strncat(whole, path, PATH_MAX - 1);
    return !strncmp(whole, under, strlen(under));
}

/* Counts one call; whether it is the one to fail. */
static int strikes(const char *name, int removes) {
    if (without && is_among(name, without)) {
        errno = strcmp(name, "link") ? EINVAL : EPERM;
        return 1;
    }
    if (only && !is_among(name, only)) return 0;
    long mine = __atomic_add_fetch(&counted, 1, __ATOMIC_SEQ_CST);
    if (!at || mine < at || (mine > at && !sticky)) return 0;
    if (lethal) kill(getpid(), SIGKILL);
    if (removes && (number == ENOSPC || number == EDQUOT)) return 0;
    errno = number;
    return 1;
}

static int strikes_path(const char *name, int dir, const char *path, int removes) {
    return is_under(dir, path) && strikes(name, removes);
}

static int strikes_fd(const char *name, int fd, int removes) {
    struct stat found;
    char link[64], path[PATH_MAX] = "";
    int saved = errno;
    int counts = !fstat(fd, &found) && (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
    if (counts && under) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        counts = readlink(link, path, sizeof path - 1) > 0 && is_under(AT_FDCWD, path);
    }
    errno = saved;
    return counts && strikes(name, removes);
}

#define CHANGES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC))
#define MODE(flags, mode)                                                      \
    mode_t mode = 0;                                                           \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                     \
        va_list more;                                                          \
        va_start(more, flags);                                                 \
        mode = va_arg(more, mode_t);                                           \
        va_end(more);                                                          \
    }

#define OPEN(name)                                                             \
    int name(const char *path, int flags, ...) {                               \
        MODE(flags, mode)                                                      \
        if (CHANGES(flags) && strikes_path("open", AT_FDCWD, path, 0)) return -1; \
        return REAL(name)(path, flags, mode);                                  \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                           \
    int name(int dir, const char *path, int flags, ...) {                      \
        MODE(flags, mode)                                                      \
        if (CHANGES(flags) && strikes_path("open", dir, path, 0)) return -1;   \
        return REAL(name)(dir, path, flags, mode);                             \
    }
OPENAT(openat)
OPENAT(openat64)

#define WRITE(type, name, shown, parameters, arguments, half)                  \
    type name parameters {                                                     \
        if (strikes_fd(shown, fd, 0)) {                                        \
            if (torn) {                                                        \
                half;                                                          \
                errno = number;                                                \
            }                                                                  \
            return -1;                                                         \
        }                                                                      \
        return REAL(name) arguments;                                           \
    }
#define HALF(call) (void)!(call)
WRITE(ssize_t, write, "write", (int fd, const void *from, size_t n), (fd, from, n),
      HALF(REAL(write)(fd, from, n / 2)))
WRITE(ssize_t, pwrite, "pwrite", (int fd, const void *from, size_t n, off_t to),
      (fd, from, n, to), HALF(REAL(pwrite)(fd, from, n / 2, to)))
WRITE(ssize_t, pwrite64, "pwrite", (int fd, const void *from, size_t n, off64_t to),
      (fd, from, n, to), HALF(REAL(pwrite64)(fd, from, n / 2, to)))
WRITE(ssize_t, writev, "writev", (int fd, const struct iovec *v, int n), (fd, v, n), )
WRITE(ssize_t, pwritev, "pwritev", (int fd, const struct iovec *v, int n, off_t to),
      (fd, v, n, to), )
WRITE(int, fsync, "fsync", (int fd), (fd), )
WRITE(int, fdatasync, "fdatasync", (int fd), (fd), )
WRITE(int, fallocate, "fallocate", (int fd, int mode, off_t from, off_t n),
      (fd, mode, from, n), )

#define TRUNCATE(name, type)                                                   \
    int name(int fd, type length) {                                            \
        return strikes_fd("ftruncate", fd, 1) ? -1 : REAL(name)(fd, length);   \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t n, unsigned flags) {
    if (strikes_fd("copy_file_range", to, 0)) return -1;
    return REAL(copy_file_range)(from, in, to, out, n, flags);
}

#define SENDFILE(name, type)                                                   \
    ssize_t name(int to, int from, type *in, size_t n) {                       \
        return strikes_fd("sendfile", to, 0) ? -1 : REAL(name)(to, from, in, n); \
    }
extern ssize_t sendfile(int, int, off_t *, size_t);
extern ssize_t sendfile64(int, int, off64_t *, size_t);
SENDFILE(sendfile, off_t)
SENDFILE(sendfile64, off64_t)

#define PATH(name, shown, removes, parameters, arguments, dir, path)           \
    int name parameters {                                                      \
        if (strikes_path(shown, dir, path, removes)) return -1;                \
        return REAL(name) arguments;                                           \
    }
PATH(rename, "rename", 0, (const char *a, const char *b), (a, b), AT_FDCWD, b)
PATH(renameat, "rename", 0, (int d, const char *a, int e, const char *b), (d, a, e, b), e, b)
PATH(renameat2, "renameat2", 0, (int d, const char *a, int e, const char *b, unsigned f),
     (d, a, e, b, f), e, b)
PATH(mkdir, "mkdir", 0, (const char *p, mode_t m), (p, m), AT_FDCWD, p)
PATH(mkdirat, "mkdir", 0, (int d, const char *p, mode_t m), (d, p, m), d, p)
PATH(link, "link", 0, (const char *a, const char *b), (a, b), AT_FDCWD, b)
PATH(linkat, "link", 0, (int d, const char *a, int e, const char *b, int f), (d, a, e, b, f), e, b)
PATH(symlink, "symlink", 0, (const char *a, const char *b), (a, b), AT_FDCWD, b)
PATH(symlinkat, "symlink", 0, (const char *a, int d, const char *b), (a, d, b), d, b)
PATH(unlink, "unlink", 1, (const char *p), (p), AT_FDCWD, p)
PATH(unlinkat, "unlink", 1, (int d, const char *p, int f), (d, p, f), d, p)
PATH(rmdir, "rmdir", 1, (const char *p), (p), AT_FDCWD, p)

extern int flock(int, int);
int flock(int fd, int how) {
    if (without && is_among("flock", without)) {
        errno = ENOLCK;
        return -1;
    }
    return REAL(flock)(fd, how);
}
