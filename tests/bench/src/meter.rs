//! What this process has used.

use std::{fs, time::Duration};

use rustix::time::{ClockId, clock_gettime};

/// The time that the processors have spent on this process, in the program and in the system.
pub(crate) fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or_default();
    Duration::new(seconds, nanoseconds)
}

/// The memory that is in use, in kilobytes, counted by the page; `None` where the system does not say.
pub(crate) fn resident() -> Option<u64> {
    kilobytes("/proc/self/smaps_rollup", "Rss:")
}

/// The most that ever was.
pub(crate) fn peak() -> Option<u64> {
    kilobytes("/proc/self/status", "VmHWM:")
}

fn kilobytes(file: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
