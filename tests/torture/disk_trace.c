/* Records, in order, what a process does to the files below TRACE_ROOT, and can pretend the disk is full.
 *
 * LD_PRELOAD=disk_trace.so TRACE_ROOT=/folder TRACE_OUT=/trace [TRACE_ROOM=bytes TRACE_FREED=/file]
 *
 * Each record: one byte of kind, then little-endian u32 path length, u64 offset, u64 length, the path,
 * and the data (writes) or the second path (renames). Kinds: C create or open, W write, S sync, T truncate (offset is the
 * new size), U unlink, R rename. With TRACE_ROOM, writes fail with ENOSPC once so many bytes were written,
 * as long as the file TRACE_FREED does not exist. Memory maps are not seen: SQLite maps only its -shm,
 * which is rebuilt when a database is opened after a crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 65536
static char *names[MOST_FILES];
static char root[PATH_MAX], freed[PATH_MAX];
static int out = -1;
static long long room = -1, written;
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define REAL(result, name, ...)                                                                      \
    static result (*real_##name)(__VA_ARGS__);                                                       \
    if (!real_##name) real_##name = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *given = getenv("TRACE_ROOT"), *target = getenv("TRACE_OUT"), *limit = getenv("TRACE_ROOM");
    const char *flag = getenv("TRACE_FREED");
    if (!given || !target || !realpath(given, root)) { root[0] = 0; return; }
    if (limit) room = atoll(limit);
    if (flag) snprintf(freed, sizeof freed, "%s", flag);
    out = (int)syscall(SYS_openat, AT_FDCWD, target, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(const void *data, size_t size) {
    const char *at = data;
    while (size) {
        long done = syscall(SYS_write, out, at, size);
        if (done <= 0) { if (errno == EINTR) continue; abort(); }
        at += done;
        size -= (size_t)done;
    }
}

static void record(char kind, const char *path, uint64_t offset, uint64_t size, const void *data) {
    char head[21];
    uint32_t length = (uint32_t)strlen(path);
    head[0] = kind;
    memcpy(head + 1, &length, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &size, 8);
    put(head, sizeof head);
    put(path, length);
    if (data) put(data, size);
}

/* The absolute path when it lies below the root, else NULL. The last part need not exist. */
static char *below(int folder, const char *path) {
    char whole[PATH_MAX * 2], parent[PATH_MAX];
    if (!root[0] || !path) return NULL;
    if (path[0] == '/') snprintf(whole, sizeof whole, "%s", path);
    else {
        char link[64], base[PATH_MAX];
        if (folder == AT_FDCWD) { if (!getcwd(base, sizeof base)) return NULL; }
        else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t size = readlink(link, base, sizeof base - 1);
            if (size < 0) return NULL;
            base[size] = 0;
        }
        snprintf(whole, sizeof whole, "%s/%s", base, path);
    }
    char *slash = strrchr(whole, '/');
    if (!slash) return NULL;
    *slash = 0;
    if (!realpath(whole[0] ? whole : "/", parent)) return NULL;
    size_t size = strlen(root);
    if (strncmp(parent, root, size) || (parent[size] && parent[size] != '/')) return NULL;
    char *result = malloc(PATH_MAX * 2);
    if (result) snprintf(result, PATH_MAX * 2, "%s/%s", parent, slash + 1);
    return result;
}

static int opened(int file, int folder, const char *path, int flags) {
    if (file < 0 || file >= MOST_FILES || !root[0]) return file;
    int saved = errno;
    char *name = below(folder, path);
    pthread_mutex_lock(&lock);
    free(names[file]);
    names[file] = name;
    if (name && (flags & O_CREAT)) record('C', name, 0, 0, NULL);
    if (name && (flags & O_TRUNC)) record('T', name, 0, 0, NULL);
    pthread_mutex_unlock(&lock);
    errno = saved;
    return file;
}

#define MODE(last)                                                                                   \
    mode_t mode = 0;                                                                                 \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, last); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) {
    MODE(flags)
    REAL(int, open, const char *, int, ...);
    return opened(real_open(path, flags, mode), AT_FDCWD, path, flags);
}
int open64(const char *path, int flags, ...) {
    MODE(flags)
    REAL(int, open64, const char *, int, ...);
    return opened(real_open64(path, flags, mode), AT_FDCWD, path, flags);
}
int openat(int folder, const char *path, int flags, ...) {
    MODE(flags)
    REAL(int, openat, int, const char *, int, ...);
    return opened(real_openat(folder, path, flags, mode), folder, path, flags);
}
int openat64(int folder, const char *path, int flags, ...) {
    MODE(flags)
    REAL(int, openat64, int, const char *, int, ...);
    return opened(real_openat64(folder, path, flags, mode), folder, path, flags);
}
int close(int file) {
    REAL(int, close, int);
    if (file >= 0 && file < MOST_FILES && names[file]) {
        pthread_mutex_lock(&lock);
        free(names[file]);
        names[file] = NULL;
        pthread_mutex_unlock(&lock);
    }
    return real_close(file);
}

static const char *name_of(int file) { return file >= 0 && file < MOST_FILES ? names[file] : NULL; }

static int full(const char *name, size_t size) {
    const char *last = strrchr(name, '/');
    if (room < 0 || !last || !strcmp(last, "/acks")) return 0;
    if (freed[0] && access(freed, F_OK) == 0) return 0;
    if (written + (long long)size > room) return 1;
    written += (long long)size;
    return 0;
}

#define TRACED(call, where)                                                                          \
    const char *name = name_of(file);                                                                \
    if (!name) return call;                                                                          \
    pthread_mutex_lock(&lock);                                                                       \
    ssize_t done = -1;                                                                               \
    if (full(name, size)) errno = ENOSPC;                                                            \
    else {                                                                                           \
        done = call;                                                                                 \
        int saved = errno;                                                                           \
        if (done > 0) record('W', name, (uint64_t)(where), (uint64_t)done, data);                    \
        errno = saved;                                                                               \
    }                                                                                                \
    pthread_mutex_unlock(&lock);                                                                     \
    return done;

ssize_t write(int file, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    TRACED(real_write(file, data, size), lseek(file, 0, SEEK_CUR) - done)
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    TRACED(real_pwrite(file, data, size, at), at)
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    TRACED(real_pwrite64(file, data, size, at), at)
}

#define SYNCED(call)                                                                                 \
    const char *name = name_of(file);                                                                \
    pthread_mutex_lock(&lock);                                                                       \
    int done = call;                                                                                 \
    int saved = errno;                                                                               \
    if (name && done == 0) record('S', name, 0, 0, NULL);                                            \
    errno = saved;                                                                                   \
    pthread_mutex_unlock(&lock);                                                                     \
    return done;

int fsync(int file) {
    REAL(int, fsync, int);
    SYNCED(real_fsync(file))
}
int fdatasync(int file) {
    REAL(int, fdatasync, int);
    SYNCED(real_fdatasync(file))
}

#define CUT(call)                                                                                    \
    const char *name = name_of(file);                                                                \
    pthread_mutex_lock(&lock);                                                                       \
    int done = call;                                                                                 \
    int saved = errno;                                                                               \
    if (name && done == 0) record('T', name, (uint64_t)size, 0, NULL);                               \
    errno = saved;                                                                                   \
    pthread_mutex_unlock(&lock);                                                                     \
    return done;

int ftruncate(int file, off_t size) {
    REAL(int, ftruncate, int, off_t);
    CUT(real_ftruncate(file, size))
}
int ftruncate64(int file, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    CUT(real_ftruncate64(file, size))
}

static int removed(int done, char *name) {
    int saved = errno;
    if (name && done == 0) {
        pthread_mutex_lock(&lock);
        record('U', name, 0, 0, NULL);
        pthread_mutex_unlock(&lock);
    }
    free(name);
    errno = saved;
    return done;
}
int unlink(const char *path) {
    REAL(int, unlink, const char *);
    char *name = below(AT_FDCWD, path);
    return removed(real_unlink(path), name);
}
int unlinkat(int folder, const char *path, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    char *name = (flags & AT_REMOVEDIR) ? NULL : below(folder, path);
    return removed(real_unlinkat(folder, path, flags), name);
}

static int moved(int done, char *from, char *to) {
    int saved = errno;
    if (from && to && done == 0) {
        pthread_mutex_lock(&lock);
        record('R', from, 0, strlen(to), to);
        pthread_mutex_unlock(&lock);
    }
    free(from);
    free(to);
    errno = saved;
    return done;
}
int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    char *one = below(AT_FDCWD, from), *two = below(AT_FDCWD, to);
    return moved(real_rename(from, to), one, two);
}
int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *);
    char *one = below(a, from), *two = below(b, to);
    return moved(real_renameat(a, from, b, to), one, two);
}
