//! Contenders in turns: one batch each, round after round, so that whatever disturbs the machine disturbs all of them.
//!
//! In: contenders, each with the one it is compared with. Out: medians of the time per call, and of the ratio to the
//! rival within the same round. Invariant: who begins a round changes from round to round.

use std::error::Error;
use std::time::{Duration, Instant};

/// Why a race was called off.
pub type Failure = Box<dyn Error>;

/// A way to do the work.
pub struct Contender<'s> {
    pub name: &'static str,
    /// The name of the one it is compared with; its own for a rival.
    pub rival: &'static str,
    /// Does all calls of one turn; says how long what counts took.
    pub turn: Box<dyn FnMut() -> Result<Duration, Failure> + 's>,
}

/// A turn of which everything counts.
pub fn whole<'s>(
    mut turn: impl FnMut() -> Result<(), Failure> + 's,
) -> Box<dyn FnMut() -> Result<Duration, Failure> + 's> {
    Box::new(move || {
        let start = Instant::now();
        turn()?;
        Ok(start.elapsed())
    })
}

/// How a contender did.
pub struct Finish {
    pub name: &'static str,
    pub rival: &'static str,
    /// Median over the rounds, for one call.
    pub nanoseconds: f64,
    /// Quartiles over the rounds: lower, median, upper.
    pub ratio: [f64; 3],
}

/// Runs all rounds, after two which only warm up.
pub fn race(
    contenders: &mut [Contender<'_>],
    calls: u32,
    rounds: u32,
) -> Result<Vec<Finish>, Failure> {
    let mut times = vec![Vec::new(); contenders.len()];
    for round in 0..rounds {
        for place in 0..contenders.len() {
            let index = (place + usize::try_from(round)?) % contenders.len();
            let took = (contenders[index].turn)()?;
            times[index].push(took.as_secs_f64() * 1e9 / f64::from(calls));
        }
    }
    for times in &mut times {
        times.drain(..2);
    }
    let laps = contenders.iter().zip(&times);
    let laps = laps.map(|(contender, times)| Lap {
        name: contender.name,
        rival: contender.rival,
        times,
    });
    finish(&laps.collect::<Vec<_>>())
}

/// The times of one contender, round by round.
pub struct Lap<'t> {
    pub name: &'static str,
    pub rival: &'static str,
    pub times: &'t [f64],
}

/// Compares each with its rival.
pub fn finish(laps: &[Lap<'_>]) -> Result<Vec<Finish>, Failure> {
    let finish = laps.iter().map(|lap| {
        let rival = laps.iter().find(|other| other.name == lap.rival);
        let rival = rival.ok_or_else(|| format!("`{}` has no rival", lap.name))?;
        let ratios = lap.times.iter().zip(rival.times);
        let ratios = ratios.map(|(own, his)| own / his);
        Ok(Finish {
            name: lap.name,
            rival: lap.rival,
            nanoseconds: quartiles(lap.times.to_vec())[1],
            ratio: quartiles(ratios.collect()),
        })
    });
    finish.collect()
}

fn quartiles(mut figures: Vec<f64>) -> [f64; 3] {
    figures.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| figures[(figures.len() - 1) * quarter / 4])
}
