//! The default heap of TLC: 2 GB, or half of the memory if that is less.

use std::fs;

const MOST_MB: u64 = 2048;
/// With less memory Java does not work properly.
const LEAST_MB: u64 = 64;

/// The default heap. If the size of the memory is not known (only Linux provides it in files), it
/// is 2 GB.
pub(super) fn default_heap_mb() -> u32 {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let limits = [
        total_kb(&read("/proc/meminfo")).map(|kb| kb / 1024),
        // The memory limit of a container, from either version of control groups; "max" is not a
        // number.
        megabytes(&read("/sys/fs/cgroup/memory.max")),
        megabytes(&read("/sys/fs/cgroup/memory/memory.limit_in_bytes")),
    ];
    let heap = half_of_least(&limits);
    u32::try_from(heap).unwrap_or(u32::MAX)
}

fn half_of_least(limits: &[Option<u64>]) -> u64 {
    let least = limits.iter().flatten().min();
    least.map_or(MOST_MB, |least| (least / 2).clamp(LEAST_MB, MOST_MB))
}

fn total_kb(meminfo: &str) -> Option<u64> {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn megabytes(bytes: &str) -> Option<u64> {
    let bytes: u64 = bytes.trim().parse().ok()?;
    Some(bytes / 1_048_576)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_limit_counts() {
        assert_eq!(
            total_kb("MemFree: 1 kB\nMemTotal:  8000000 kB\n"),
            Some(8_000_000)
        );
        assert_eq!(total_kb(""), None);
        assert_eq!(megabytes("1073741824\n"), Some(1024));
        assert_eq!(megabytes("max\n"), None);
        assert_eq!(half_of_least(&[None, None]), 2048);
        assert_eq!(half_of_least(&[Some(24_000), None]), 2048);
        assert_eq!(half_of_least(&[Some(24_000), Some(1024)]), 512);
        assert_eq!(half_of_least(&[Some(10)]), 64);
    }
}
