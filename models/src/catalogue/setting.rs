//! Settings beyond the variants' own: larger bounds, and small ones in which faults happen twice.

use crate::kit::fault::Fault;

/// A variant with bounds and faults of its own.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The variant.
    pub variant: &'static str,
    /// Bounds that differ from the variant's.
    pub bounds: &'static [(&'static str, u8)],
    /// Faults that differ from the variant's.
    pub faults: Vec<(Fault, u8)>,
    /// Whether TLC can enumerate it in CI. If not, only the Rust engines check it.
    pub tlc: bool,
}

impl Setting {
    /// A variant with the bounds and the faults that differ from its own.
    pub fn of(
        variant: &'static str,
        bounds: &'static [(&'static str, u8)],
        faults: &[(Fault, u8)],
    ) -> Self {
        Setting {
            variant,
            bounds,
            faults: faults.to_vec(),
            tlc: true,
        }
    }

    /// A variant in which each of these faults may happen twice.
    pub fn twice(
        variant: &'static str,
        bounds: &'static [(&'static str, u8)],
        faults: &[Fault],
    ) -> Self {
        let faults: Vec<_> = faults.iter().map(|fault| (*fault, 2)).collect();
        Setting::of(variant, bounds, &faults)
    }

    /// This setting, only for the Rust engines, because it has too many states for TLC in CI.
    #[must_use]
    pub fn without_tlc(self) -> Self {
        Setting { tlc: false, ..self }
    }
}
