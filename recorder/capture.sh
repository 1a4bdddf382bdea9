#!/bin/sh
# Captures the NUMA facts of this machine where nothing may be installed: the files of /sys and /proc that NumaHistory
# reads, and no others, as NAME.tar.gz or as a folder. It needs no package and no root (root sees a little more), and
# writes nowhere but beside NAME.
#
#   sh capture.sh [--folder] [--command-line] [--identity] [--root DIR] [PLACE/]NAME
#
#   --folder        a folder NAME instead of NAME.tar.gz, where tar or gzip is missing
#   --command-line  with the kernel's command line: numa=, isolcpus= and the like, and whatever else was put there
#   --identity      with machine id, product UUID (root only), host name and boot id, so that an import joins the host
#                   that a recorder knows; without them the host is called NAME
#   --root DIR      of the machine whose sys/ and proc/ lie in DIR
#
# What to do with it:  numa-recorder import NAME.tar.gz
#                      numa-history fit --domain GUEST.xml --topology NAME.tar.gz
#
# Never taken: serial numbers, MAC addresses, names of virtual network interfaces, anything of processes but which CPUs
# and cells the first one may use. The list of files is printed: look through it before you give the capture away.
#
# Exit: 0 done, 2 usage, 3 cannot be written there, 5 no sys/ to read, 129, 130 or 143 for a signal.
set -u

say() {
    echo "capture.sh: $1" >&2
    [ $# -lt 2 ] || echo "hint: $2" >&2
}

usage() {
    say "$1" 'sh capture.sh --help'
    exit 2
}

folder='' command_line='' identity='' root=''
while [ $# -gt 0 ]; do
    case $1 in
    --folder) folder=yes ;;
    --command-line) command_line=yes ;;
    --identity) identity=yes ;;
    --root) [ $# -gt 1 ] || usage '--root needs a folder'; root=${2%/}; shift ;;
    -h | --help) sed -n '2,/^set -u/p' "$0" | sed '/^set -u/d; s/^# \{0,1\}//'; exit 0 ;;
    -*) usage "$1 is no option" ;;
    *) break ;;
    esac
    shift
done
[ $# -eq 1 ] || usage 'one NAME is needed'
name=${1##*/}
case $1 in */*) place=${1%/*}/ ;; *) place='' ;; esac
case $name in '' | . | .. | -* | *[!A-Za-z0-9._-]*) usage "'$name' is no name: letters, digits and ._- only" ;; esac
[ -d "$root/sys/devices/system/cpu" ] || {
    say "$root/sys/devices/system/cpu is not there" 'is sysfs mounted?'
    exit 5
}
target=$place$name
if [ -n "$folder" ]; then
    [ ! -e "$target" ] || { say "$target is there already" 'give another NAME'; exit 3; }
else
    target=$target.tar.gz
    for tool in tar gzip; do
        command -v $tool >/dev/null 2>&1 || { say "$tool is not on this machine" 'capture.sh --folder'; exit 3; }
    done
fi

stage=$place.$name.capture.$$
trap 'rm -rf "$stage" 2>/dev/null' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
unread=0

# full: nothing more can be written beside NAME.
full() {
    say "${place:-this folder} cannot be written" 'name another PLACE'
    exit 3
}

mkdir "$stage" "$stage/tree" 2>/dev/null || full
stage_path=$(cd "$stage" && pwd -P)

# below FOLDER: makes the folder of the capture.
below() {
    [ -d "$stage/tree/$1" ] || mkdir -p "$stage/tree/$1"
}

# lost: a file that cannot be read is counted, unless it is the capture that cannot be written.
lost() {
    { echo more >"$stage/room"; } 2>/dev/null || full
    unread=$((unread + 1))
}

# take FILE [FILTER...]: what reading it gives, not what its size says.
take() {
    [ -f "$root/$1" ] || return 0
    file=$1
    shift
    [ $# -gt 0 ] || set -- cat
    below "${file%/*}"
    { "$@" <"$root/$file" >"$stage/tree/$file"; } 2>/dev/null || { rm -f "$stage/tree/$file"; lost; }
}

# want FOLDER NAME...: the files of the folder that are there, for take_all.
want() {
    in=$1
    shift
    for one; do
        [ ! -f "$root/$in/$one" ] || echo "$in/$one"
    done
}

# take_all LIST: a big machine has ten thousands of small files, too many for a process each. A shell's own read will
# not do: it asks for one byte at a time, and CPU masks and /proc/sys answer only once.
take_all() {
    sed 's|/[^/]*$||' "$1" | sort -u | (cd "$stage/tree" && xargs mkdir -p)
    (cd "$root/" && xargs grep -s '' /dev/null) <"$1" | awk -v tree="$stage/tree/" '
        (colon = index($0, ":")) > 0 {
            path = substr($0, 1, colon - 1)
            if (path != last) { if (last != "") close(tree last); last = path }
            print substr($0, colon + 1) > (tree path)
        }'
    while read -r path; do
        [ -e "$stage/tree/$path" ] || lost
    done <"$1"
}

# keep LINK...: the links themselves, of one folder.
keep() {
    [ -L "$root/$1" ] || return 0
    in=${1%/*}
    below "$in"
    (cd "$root/" && cp -PR "$@" "$stage_path/tree/$in/")
}

# each PATTERN: what is there of that name, from the root.
each() {
    for path in "$root"/$1; do
        [ -e "$path" ] || [ -L "$path" ] || continue
        echo "${path#"$root"/}"
    done
}

cpus() {
    want sys/devices/system/cpu possible present online isolated nohz_full kernel_max smt/control cpu0/microcode/version
    for cpu in $(each 'sys/devices/system/cpu/cpu[0-9]*'); do
        below "$cpu"
        want "$cpu" online cpu_capacity
        want "$cpu/topology" physical_package_id die_id cluster_id core_id thread_siblings thread_siblings_list \
            core_cpus core_cpus_list core_siblings core_siblings_list package_cpus package_cpus_list
        for cache in "$root/$cpu"/cache/index[0-9]*; do
            [ ! -d "$cache" ] || want "${cache#"$root"/}" level shared_cpu_map shared_cpu_list
        done
    done
    want sys/devices cpu_core/cpus cpu_atom/cpus cpu_lowpower/cpus
}

cells() {
    want sys/devices/system/node online
    for cell in $(each 'sys/devices/system/node/node[0-9]*'); do
        below "$cell"
        want "$cell" cpulist cpumap distance meminfo
        for access in $(each "$cell/access[0-9]*/initiators"); do
            want "$access" read_latency write_latency read_bandwidth write_bandwidth
        done
        for cache in $(each "$cell/memory_side_cache/index[0-9]*"); do
            want "$cache" size line_size indexing write_policy
        done
        pools "$cell/hugepages"
    done
    pools sys/kernel/mm/hugepages
    for tier in $(each 'sys/devices/virtual/memory_tiering/memory_tier[0-9]*'); do
        want "$tier" nodelist
    done
}

pools() {
    for pool in $(each "$1/hugepages-*"); do
        want "$pool" nr_hugepages free_hugepages
    done
}

# The links between cells and CPUs, and between cells that reach each other.
links() {
    for cell in $(each 'sys/devices/system/node/node[0-9]*'); do
        # shellcheck disable=SC2046
        set -- $(each "$cell/cpu[0-9]*")
        [ $# -eq 0 ] || keep "$@"
        for access in $(each "$cell/access[0-9]*/initiators"); do
            # shellcheck disable=SC2046
            set -- $(each "$access/node[0-9]*")
            [ $# -eq 0 ] || keep "$@"
        done
    done
}

# device FOLDER: class, cell, driver and the names the system gave it; FOLDER is a real path, without links.
device() {
    take "$1/class"
    take "$1/numa_node"
    keep "$1/driver"
    for kind in net infiniband nvme; do
        for child in $(each "$1/$kind/*"); do
            [ -d "$root/$child" ] || continue
            below "$child"
            [ $kind = nvme ] || continue
            for disk in $(each "$child/nvme*n*"); do
                [ ! -d "$root/$disk" ] || below "$disk"
            done
        done
    done
}

# real PATH: where a link leads, from the root.
real() {
    (
        cd "$root/$1" 2>/dev/null && top=$(cd "$root/" && pwd -P) && path=$(pwd -P) || exit 1
        path=${path#"${top%/}"}
        echo "${path#/}"
    )
}

devices() {
    for link in $(each 'sys/bus/pci/devices/*'); do
        keep "$link"
        path=$(real "$link") && [ -n "$path" ] && device "$path"
    done
    for link in $(each 'sys/class/net/*') $(each 'sys/block/*'); do
        [ -L "$root/$link" ] || continue
        case $(readlink "$root/$link") in */virtual/*) continue ;; esac
        keep "$link"
        path=$(real "$link")
        [ -n "$path" ] || continue
        keep "$path/device"
        path=$(real "$link/device") && [ -n "$path" ] && device "$path"
    done
    # empty means looked at and nothing there
    for path in sys/bus/pci/devices sys/class/net sys/block; do
        [ ! -d "$root/$path" ] || below $path
    done
}

settings() {
    for file in sys/kernel/mm/ksm/merge_across_nodes sys/fs/cgroup/cgroup.controllers sys/hypervisor/type \
        proc/meminfo proc/zoneinfo proc/xen/capabilities \
        proc/sys/kernel/arch proc/sys/kernel/osrelease proc/sys/kernel/numa_balancing; do
        take $file
    done
    for file in bios_vendor bios_version bios_date sys_vendor product_name; do
        take sys/class/dmi/id/$file
    done
    take proc/cpuinfo sed '/^[Ss]erial/d'
    take proc/stat sed -n '/^btime/p'
    take proc/sysinfo sed -n '/^Manufacturer/p; /^Type/p; /Control Program/p'
    for process in 1 self; do
        take proc/$process/status sed -n '/^Cpus_allowed/p; /^Mems_allowed/p'
    done
    [ ! -d "$root/sys/fs/cgroup/memory" ] || below sys/fs/cgroup/memory
    for group in '' /machine.slice /machine; do
        take "sys/fs/cgroup$group/cpuset.cpus.effective"
        take "sys/fs/cgroup/cpuset$group/cpuset.effective_cpus"
        take "sys/fs/cgroup/cpuset$group/cpuset.cpus"
        take "dev/cpuset$group/cpus"
    done
    [ -z "$command_line" ] || take proc/cmdline
    [ -z "$identity" ] || for file in etc/machine-id sys/class/dmi/id/product_uuid proc/sys/kernel/hostname \
        proc/sys/kernel/random/boot_id; do
        take $file
    done
}

{
    cpus
    cells
} >"$stage/list"
take_all "$stage/list"
links
devices
settings

if [ -n "$folder" ]; then
    mv "$stage/tree" "$target" || exit 3
    tree=$target
else
    # the names are ours: sys, proc
    # shellcheck disable=SC2046
    { tar -C "$stage/tree" -cf - $(cd "$stage/tree" && echo *) && : >"$stage/whole"; } |
        gzip -9 >"$stage/packed" || full
    [ -e "$stage/whole" ] || full
    mv -f "$stage/packed" "$target" || exit 3
    tree=$stage/tree
fi
(cd "$tree" && find . \( -type f -o -type l \) | sort | sed 's|^\./||')
echo "$target: $(cd "$tree" && find . -type f | wc -l | tr -d ' ') files of ${root:-/}" >&2
[ $unread -eq 0 ] || echo "left out, because they could not be read: $unread" >&2
