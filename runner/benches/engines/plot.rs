//! A plot in plain text: cost a state over states, so that linear growth is a level line.

/// Columns of the longest bar.
const WIDTH: f64 = 50.0;

/// Two rows of bars for each number of states: CPU time and memory of one state.
pub(crate) fn text(points: &[(f64, f64, f64)]) -> String {
    let most = |pick: fn(&(f64, f64, f64)) -> f64| points.iter().map(pick).fold(0.0, f64::max);
    let (cpu, bytes) = (most(|p| p.1), most(|p| p.2));
    let bar =
        |value: f64, most: f64, mark: &str| mark.repeat((value / most * WIDTH).round() as usize);
    let row = |point: &(f64, f64, f64)| {
        format!(
            "10^{} │{} {:.3} µs\n     │{} {:.1} B\n",
            point.0.log10().round(),
            bar(point.1, cpu, "█"),
            point.1,
            bar(point.2, bytes, "░"),
            point.2
        )
    };
    points.iter().map(row).collect()
}
