//! Returns unused memory to the operating system.

/// Returns free memory to the operating system. Call it after a large value was dropped.
///
/// A search has threads of its own, and glibc uses a separate arena for each. Freed blocks in an arena
/// lie between blocks that are in use, so glibc keeps them: between two searches of an explorer 3 MiB
/// were in use and 206 MiB resident. Other allocators either return memory by themselves or have no
/// such call.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "there is no safe call for it")]
pub(crate) fn give_back() {
    // SAFETY: the call takes no pointer, and it locks each arena as every other call of the allocator
    // does.
    unsafe {
        libc::malloc_trim(0);
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}
