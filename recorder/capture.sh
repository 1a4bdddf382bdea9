#!/bin/sh
# Captures the NUMA facts of this machine, where nothing may be installed: NAME.tar.gz with the files of /sys and /proc that
# NumaHistory reads, and no others. Needs no package, no root (root sees a little more), changes nothing.
#
#   sh capture.sh [--command-line] [--root DIR] NAME
#
# What to do with it:  numa-recorder import NAME.tar.gz      numa-history fit --domain GUEST.xml --topology NAME.tar.gz
#
# Left out on purpose: serial numbers, machine id, product UUID, host name, boot id, MAC addresses, names of virtual
# network interfaces, and the kernel's command line (it may hold secrets; --command-line takes it along). The list of
# files is printed: look through them before you send the archive to anybody.
set -u

usage() {
    echo "usage: capture.sh [--command-line] [--root DIR] NAME" >&2
    echo "hint: sh capture.sh --help" >&2
    exit 2
}

help() {
    sed -n '2,/^set -u/p' "$0" | sed '/^set -u/d; s/^# \{0,1\}//'
    exit 0
}

root='' command_line=''
while [ $# -gt 0 ]; do
    case $1 in
    --command-line) command_line=yes ;;
    -h | --help) help ;;
    --root) [ $# -gt 1 ] || usage; root=${2%/}; shift ;;
    -*) usage ;;
    *) break ;;
    esac
    shift
done
[ $# -eq 1 ] || usage
name=$1
case $name in '' | *[!A-Za-z0-9._-]*) echo "capture.sh: a name has letters, digits and ._- only" >&2; exit 2 ;; esac
[ -d "$root/sys/devices/system/cpu" ] || { echo "capture.sh: $root/sys is not there" >&2; exit 5; }

stage=$(mktemp -d) || exit 3
trap 'rm -rf "$stage"' EXIT
trap 'exit 130' INT TERM

# take FILE [FILTER...]: what reading it gives, not what its size says; unreadable files are left out.
take() {
    [ -f "$root/$1" ] && [ -r "$root/$1" ] || return 0
    file=$1
    shift
    [ $# -gt 0 ] || set -- cat
    [ -d "$stage/${file%/*}" ] || mkdir -p "$stage/${file%/*}"
    { "$@" <"$root/$file" >"$stage/$file"; } 2>/dev/null || rm -f "$stage/$file"
}

# keep LINK: the link itself.
keep() {
    [ -L "$root/$1" ] || return 0
    [ -d "$stage/${1%/*}" ] || mkdir -p "$stage/${1%/*}"
    [ -L "$stage/$1" ] || ln -s "$(readlink "$root/$1")" "$stage/$1"
}

# take_below FOLDER: its files and the links between CPUs and nodes.
take_below() {
    [ -d "$root/$1" ] || return 0
    mkdir -p "$stage/$1"
    (cd "$root/" && find "$1" \( -name power -o -name hotplug -o -name cpuidle -o -name cpufreq \
        -o -name vulnerabilities -o -name uevent -o -name crash_notes -o -name crash_notes_size \) -prune \
        -o \( -type f -o -type l \) -print) | while read -r path; do
        if [ ! -L "$root/$path" ]; then
            take "$path"
        else
            case ${path##*/} in cpu[0-9]* | node[0-9]*) keep "$path" ;; esac
        fi
    done
}

# device FOLDER: class, cell, driver and the names the system gave it; FOLDER is a real path, without links.
device() {
    take "$1/class"
    take "$1/numa_node"
    keep "$1/driver"
    for kind in net infiniband nvme; do
        for child in "$root/$1/$kind"/*; do
            [ -d "$child" ] || continue
            mkdir -p "$stage/$1/$kind/${child##*/}"
            [ $kind = nvme ] || continue
            for disk in "$child"/nvme*n*; do
                [ ! -d "$disk" ] || mkdir -p "$stage/$1/nvme/${child##*/}/${disk##*/}"
            done
        done
    done
}

# real PATH: where a link leads, from the root.
real() {
    (cd "$root/$1" 2>/dev/null && top=$(cd "$root/" && pwd -P) && path=$(pwd -P) && path=${path#"${top%/}"} && echo "${path#/}")
}

devices() {
    for link in "$root"/sys/bus/pci/devices/*; do
        [ -L "$link" ] || continue
        link=${link#"$root/"}
        keep "$link"
        folder=$(real "$link") && [ -n "$folder" ] && device "$folder"
    done
    for link in "$root"/sys/class/net/* "$root"/sys/block/*; do
        [ -L "$link" ] || continue
        case $(readlink "$link") in */virtual/*) continue ;; esac
        link=${link#"$root/"}
        keep "$link"
        folder=$(real "$link") && [ -n "$folder" ] || continue
        keep "$folder/device"
        folder=$(real "$link/device") && [ -n "$folder" ] && device "$folder"
    done
    # empty means looked at and nothing there
    for folder in sys/bus/pci/devices sys/class/net sys/block; do
        [ ! -d "$root/$folder" ] || mkdir -p "$stage/$folder"
    done
}

take_below sys/devices/system/node
take_below sys/devices/system/cpu
take_below sys/devices/virtual/memory_tiering
take_below sys/kernel/mm/hugepages
for file in sys/devices/cpu_core/cpus sys/devices/cpu_atom/cpus sys/devices/cpu_lowpower/cpus \
    sys/kernel/mm/ksm/merge_across_nodes sys/fs/cgroup/cgroup.controllers sys/hypervisor/type \
    sys/class/dmi/id/bios_vendor sys/class/dmi/id/bios_version sys/class/dmi/id/bios_date sys/class/dmi/id/product_name \
    proc/meminfo proc/zoneinfo proc/xen/capabilities \
    proc/sys/kernel/arch proc/sys/kernel/osrelease proc/sys/kernel/numa_balancing; do
    take "$file"
done
take proc/cpuinfo sed '/^[Ss]erial/d'
take proc/stat sed -n '/^btime/p'
take proc/1/status sed -n '/^Cpus_allowed/p; /^Mems_allowed/p'
take proc/self/status sed -n '/^Cpus_allowed/p; /^Mems_allowed/p'
take proc/sysinfo sed -n '/^Manufacturer/p; /^Type/p; /Control Program/p'
[ -z "$command_line" ] || take proc/cmdline
for group in . machine.slice machine; do
    take "sys/fs/cgroup/$group/cpuset.cpus.effective"
    take "sys/fs/cgroup/cpuset/$group/cpuset.effective_cpus"
    take "sys/fs/cgroup/cpuset/$group/cpuset.cpus"
done
devices

# the names are ours: sys, proc
# shellcheck disable=SC2046
if ! tar -C "$stage" -cf - $(cd "$stage" && ls) | gzip -9 >"$name.tar.gz"; then
    rm -f "$name.tar.gz"
    echo "capture.sh: $name.tar.gz cannot be written here" >&2
    exit 3
fi
(cd "$stage" && find . \( -type f -o -type l \) | sort | sed 's|^\./||')
echo "$name.tar.gz: $(cd "$stage" && find . -type f | wc -l | tr -d ' ') files, $(wc -c <"$name.tar.gz" | tr -d ' ') bytes; written from ${root:-/}" >&2
