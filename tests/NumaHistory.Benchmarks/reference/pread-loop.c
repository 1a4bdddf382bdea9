/*
 * The limit of sampling: meminfo of every cell opened once, then pread and the same seven fields parsed in each pass.
 * pread-loop ROOT PASSES keep    prints cells and processor time per cell; cc -O2 -o pread-loop pread-loop.c
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const keys[] = {"MemTotal:", "MemFree:", "FilePages:", "Shmem:", "SReclaimable:", "HugePages_Total:", "HugePages_Free:"};
enum { KEYS = sizeof keys / sizeof *keys, MOST_CELLS = 1024 };

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

/* The keys stand in this order in every kernel, so each is searched behind the one before. */
static unsigned long parse(const char *text, unsigned long *values)
{
    unsigned long sum = 0;
    for (int i = 0; i < KEYS; i++) {
        const char *at = strstr(text, keys[i]);
        if (!at)
            continue;
        for (at += strlen(keys[i]); *at == ' '; at++)
            ;
        for (values[i] = 0; *at >= '0' && *at <= '9'; at++)
            values[i] = values[i] * 10 + (unsigned long)(*at - '0');
        sum += values[i];
        text = at;
    }
    return sum;
}

int main(int count, char **arguments)
{
    char pattern[4096], text[8192];
    unsigned long values[KEYS] = {0}, sum = 0;
    int files[MOST_CELLS], cells = 0;
    glob_t found;
    if (count < 3)
        return 2;
    long passes = atol(arguments[2]);
    snprintf(pattern, sizeof pattern, "%s/sys/devices/system/node/node[0-9]*/meminfo", arguments[1]);
    if (glob(pattern, 0, 0, &found) || found.gl_pathc > MOST_CELLS)
        return 1;
    for (; cells < (int)found.gl_pathc; cells++)
        files[cells] = open(found.gl_pathv[cells], O_RDONLY | O_CLOEXEC);
    double start = cpu();
    for (long pass = 0; pass < passes; pass++)
        for (int i = 0; i < cells; i++) {
            ssize_t length = pread(files[i], text, sizeof text - 1, 0);
            if (length <= 0)
                return 1;
            text[length] = 0;
            sum += parse(text, values);
        }
    printf("cells=%d cpu_ns/cell=%.0f sum=%lu\n", cells, (cpu() - start) / (double)passes / cells, sum);
    return 0;
}
