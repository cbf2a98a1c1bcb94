//! The course of a query by itself: every step is taken by hand.

use std::time::Duration;

use super::*;

type Plain = Course<u64, &'static str, MemberId>;

/// A commit, where it does not matter which.
const COMMIT: u64 = 1;

fn ask(course: &mut Plain, member: &mut Member) -> Step<u64, &'static str> {
    let id = member.id;
    course.ask(member, || id)
}

/// Expects that the watch has to query, and takes the run on.
fn query(course: &mut Plain, member: &mut Member) -> Run {
    match ask(course, member) {
        Step::Query { run, .. } => run,
        other => panic!("found {other:?}, expected a query"),
    }
}

fn look(course: &mut Plain, member: &mut Member) -> Option<u64> {
    match ask(course, member) {
        Step::Look { epoch, result } => {
            matches!(course.take(member, epoch), Taken::Told(_)).then_some(result)
        }
        _ => None,
    }
}

#[test]
fn r99_watches_share_one_query() {
    let (mut course, mut a, mut b) = (Plain::new(), Member::new(1), Member::new(2));
    let run = query(&mut course, &mut a);
    assert_eq!(ask(&mut course, &mut b), Step::Wait);
    assert!(course.begin(run));
    assert_eq!(course.end(run, Ok(10), None, false), (vec![2], false));
    assert_eq!(look(&mut course, &mut a), Some(10));
    assert_eq!(look(&mut course, &mut b), Some(10));
    assert_eq!(ask(&mut course, &mut a), Step::Rest(None));
    let mut late = Member::new(3);
    assert_eq!(look(&mut course, &mut late), Some(10), "still fresh");
    assert_eq!(course.change(Some(COMMIT)), (vec![1], false));
    let mut later = Member::new(4);
    query(&mut course, &mut later);
}

#[test]
fn r94_a_result_is_gone_with_the_next_change() {
    let (mut course, mut a) = (Plain::new(), Member::new(1));
    let run = query(&mut course, &mut a);
    course.begin(run);
    assert_eq!(ask(&mut course, &mut a), Step::Wait);
    assert_eq!(course.change(Some(COMMIT)), (vec![1], false));
    assert_eq!(
        course.end(run, Ok(1), None, false).0,
        Vec::<MemberId>::new()
    );
    let run = query(&mut course, &mut a);
    course.begin(run);
    course.end(run, Ok(2), None, false);
    let Step::Look { epoch, .. } = ask(&mut course, &mut a) else {
        panic!("nothing to look at");
    };
    course.change(Some(COMMIT));
    assert_eq!(course.take(&mut a, epoch), Taken::Stale);
    query(&mut course, &mut a);
}

#[test]
fn after_two_missed_results_the_next_one_is_kept_fresh() {
    let (mut course, mut a, mut b) = (Plain::new(), Member::new(1), Member::new(2));
    for _ in 0..PATIENT {
        let step = ask(&mut course, &mut a);
        let Step::Query { run, lend: false } = step else {
            panic!("found {step:?}, expected a query that lends nothing");
        };
        course.begin(run);
        course.change(Some(COMMIT));
        assert!(!course.end(run, Ok(1), None, true).1);
    }
    let step = ask(&mut course, &mut a);
    let Step::Query { run, lend: true } = step else {
        panic!("found {step:?}, expected a query that lends");
    };
    assert_eq!(ask(&mut course, &mut a), Step::Wait);
    assert_eq!(ask(&mut course, &mut b), Step::Wait);
    course.begin(run);
    assert_eq!(course.end(run, Ok(2), None, true), (vec![1, 2], true));
    assert_eq!(look(&mut course, &mut a), Some(2));
    assert!(course.is_awaiting(), "the other one has not come yet");
    course.leave(&b);
    assert!(!course.is_awaiting());
}

#[test]
fn a_watch_that_was_awaited_is_not_when_it_asks_for_something_else() {
    let (mut course, mut a) = (Plain::new(), Member::new(1));
    a.missed = PATIENT;
    let run = query(&mut course, &mut a);
    assert_eq!(ask(&mut course, &mut a), Step::Wait);
    course.begin(run);
    assert!(course.end(run, Ok(1), None, true).1);
    let step = ask(&mut course, &mut a);
    assert!(matches!(step, Step::Look { .. }) && course.is_awaiting());
    course.change(None);
    query(&mut course, &mut a);
    assert!(!course.is_awaiting());
}

#[test]
fn who_wants_nothing_more_rests_until_the_end() {
    let (mut course, mut a) = (Plain::new(), Member::new(1));
    a.retire();
    assert_eq!(ask(&mut course, &mut a), Step::Rest(None));
    course.close();
    assert_eq!(ask(&mut course, &mut a), Step::Ended);
}

#[test]
fn r102_an_error_is_told_once_to_each_who_asks_and_nobody_asks_again() {
    let (mut course, mut a, mut b) = (Plain::new(), Member::new(1), Member::new(2));
    for member in [&mut a, &mut b] {
        let run = query(&mut course, member);
        course.begin(run);
        course.end(run, Err("no"), None, false);
        let told = Step::Fail {
            error: "no",
            rest: None,
        };
        assert_eq!(ask(&mut course, member), told);
    }
    assert_eq!(ask(&mut course, &mut a), Step::Rest(None));
    assert_eq!(ask(&mut course, &mut b), Step::Rest(None));
}

#[test]
fn r103_a_query_for_which_nobody_waits_is_called_off() {
    let (mut course, mut a, mut b) = (Plain::new(), Member::new(1), Member::new(2));
    let run = query(&mut course, &mut a);
    ask(&mut course, &mut a);
    ask(&mut course, &mut b);
    assert_eq!(course.leave(&a), None, "the other one waits");
    assert!(course.leave(&b).is_some());
    assert!(!course.begin(run));
    assert_eq!(course.end(run, Ok(1), None, true), (Vec::new(), false));
    let mut late = Member::new(3);
    assert_ne!(query(&mut course, &mut late), run);
}

#[test]
fn a_query_that_was_put_off_begins_again_with_what_is_known_then() {
    let (mut course, mut a) = (Plain::new(), Member::new(1));
    let run = query(&mut course, &mut a);
    course.begin(run);
    course.change(Some(COMMIT));
    course.put_off(run);
    assert!(course.begin(run));
    course.end(run, Ok(5), None, false);
    assert_eq!(look(&mut course, &mut a), Some(5));
}

#[test]
fn r99_a_change_calls_few_or_one_and_the_others_are_not_forgotten() {
    let mut course = Plain::new();
    let mut members: Vec<Member> = (0..20).map(Member::new).collect();
    members[0].pacer = Pacer::new(Pace::Debounce(Duration::from_secs(1)));
    let run = query(&mut course, &mut members[1]);
    course.begin(run);
    course.end(run, Ok(1), None, false);
    let few = u64::try_from(FEW).unwrap();
    for member in &mut members[..FEW] {
        look(&mut course, member);
        assert_eq!(ask(&mut course, member), Step::Rest(None));
    }
    let all: Vec<MemberId> = (1..few).chain([0]).collect();
    assert_eq!(
        course.change(Some(COMMIT)),
        (all, false),
        "those with a pace come last"
    );
    for member in &mut members {
        member.told = course.epoch;
        assert_eq!(ask(&mut course, member), Step::Rest(None));
    }
    assert_eq!(course.change(Some(COMMIT)), (vec![1], true));
    assert_eq!(
        course.change(Some(COMMIT)),
        (vec![2], false),
        "one nudge is on its way"
    );
    // None of them comes: the nudge calls all others.
    let nudged: BTreeSet<MemberId> = course.nudge().into_iter().collect();
    assert_eq!(nudged.len(), 18);
    assert!(!nudged.contains(&1) && !nudged.contains(&2));
    // One comes: the end of its query calls them.
    for member in &mut members[1..] {
        ask(&mut course, member);
    }
    let run = course.runs;
    course.begin(Run(run));
    assert!(course.nudge().is_empty());
    assert_eq!(course.end(Run(run), Ok(2), None, false).0.len(), 18);
}

#[test]
fn a_watch_with_a_pace_waits_for_its_timer() {
    let (mut course, mut a) = (Plain::new(), Member::new(1));
    let rest = Duration::from_secs(1);
    a.pacer = Pacer::new(Pace::Throttle(rest));
    let run = query(&mut course, &mut a);
    course.begin(run);
    course.end(run, Ok(1), None, false);
    let Step::Look { epoch, .. } = ask(&mut course, &mut a) else {
        panic!("nothing to look at");
    };
    assert_eq!(course.take(&mut a, epoch), Taken::Told(Some(rest)));
    course.change(Some(COMMIT));
    assert_eq!(ask(&mut course, &mut a), Step::Rest(None));
    a.pacer.fired();
    query(&mut course, &mut a);
}

#[test]
fn closing_calls_everybody_and_nothing_comes_after_it() {
    let (mut course, mut a, mut b) = (Plain::new(), Member::new(1), Member::new(2));
    let run = query(&mut course, &mut a);
    ask(&mut course, &mut b);
    course.begin(run);
    course.end(run, Ok(1), None, false);
    let Step::Look { epoch, .. } = ask(&mut course, &mut a) else {
        panic!("nothing to look at");
    };
    ask(&mut course, &mut b);
    course.close();
    assert_eq!(course.take(&mut a, epoch), Taken::Stale);
    assert_eq!(ask(&mut course, &mut a), Step::Ended);
    assert_eq!(ask(&mut course, &mut b), Step::Ended);
}

/// Whatever happens in whatever order: a result that may be told is as new as the last change, and nobody who waits for
/// one is left without a call.
#[test]
fn no_order_of_events_tells_old_results_or_forgets_a_watch() {
    for program in 0..6_u32.pow(7) {
        let mut course: Course<u64, &str, usize> = Course::new();
        let mut members = [Member::new(0), Member::new(1)];
        // Whether the watch was called since it last asked, and what it was told.
        let (mut called, mut told) = ([true; 2], [0; 2]);
        let (mut state, mut begun, mut run) = (0_u64, None, None);
        let mut code = program;
        for _ in 0..7 {
            let mut calls = Vec::new();
            match code % 6 {
                who @ (0 | 1) => {
                    let who = who as usize;
                    let member = &mut members[who];
                    called[who] = false;
                    match course.ask(member, || who) {
                        Step::Query { run: next, .. } => {
                            run = Some(next);
                            called[who] = true;
                        }
                        Step::Look { epoch, result } => {
                            assert!(matches!(course.take(member, epoch), Taken::Told(_)));
                            assert_eq!(result, state, "an old result was told");
                            told[who] = epoch;
                            called[who] = true;
                        }
                        _ => {}
                    }
                }
                2 => {
                    state += 1;
                    calls = course.change(Some(COMMIT)).0;
                }
                3 => {
                    if let Some(run) = run
                        && begun.is_none()
                        && course.begin(run)
                    {
                        begun = Some(state);
                    }
                }
                4 => {
                    if let Some((run, state)) = run.zip(begun) {
                        calls = course.end(run, Ok(state), None, false).0;
                        begun = None;
                    }
                }
                _ => calls = course.nudge(),
            }
            for call in calls {
                called[call] = true;
            }
            code /= 6;
            let idle = course.query == Query::Idle;
            for who in 0..2 {
                let wants = told[who] < course.epoch;
                assert!(called[who] || !wants || !idle, "a watch was forgotten");
            }
        }
    }
}

#[test]
fn s39_a_result_that_shows_a_commit_is_not_outdated_by_its_arrival() {
    let (mut course, mut a) = (Plain::new(), Member::new(1));
    let run = query(&mut course, &mut a);
    course.begin(run);
    course.change(Some(7));
    course.end(run, Ok(7), Some(7), false);
    assert_eq!(look(&mut course, &mut a), Some(7));
    assert_eq!(ask(&mut course, &mut a), Step::Rest(None), "told once");
    course.change(Some(8));
    let run = query(&mut course, &mut a);
    course.begin(run);
    course.change(Some(9));
    course.end(run, Ok(8), Some(8), false);
    let run = query(&mut course, &mut a);
    course.begin(run);
    course.change(None);
    course.change(Some(1));
    course.end(run, Ok(9), Some(9), false);
    query(&mut course, &mut a);
}

/// Commits are made elsewhere, and the query runs elsewhere between its beginning and its end; what is told comes in the
/// order in which it happened.
#[test]
fn s42_no_result_of_elsewhere_is_older_than_what_was_told_before() {
    for program in 0..6_u32.pow(8) {
        let (mut course, mut member) = (Plain::new(), Member::new(0));
        let (mut made, mut told) = (0, 0);
        let (mut run, mut begun, mut ran) = (None, false, None);
        let mut code = program;
        for _ in 0..8 {
            match code % 6 {
                0 => match course.ask(&mut member, || 0) {
                    Step::Query { run: next, .. } => run = Some(next),
                    Step::Look { epoch, result } => {
                        assert!(matches!(course.take(&mut member, epoch), Taken::Told(_)));
                        assert!(result >= told, "an old result was told");
                    }
                    _ => {}
                },
                1 => made += 1,
                2 if told < made => {
                    told += 1;
                    course.change(Some(told));
                }
                3 => begun |= run.is_some_and(|run| course.begin(run)),
                4 if begun && ran.is_none() => ran = Some(made),
                5 if ran.is_some_and(|ran| ran <= told) => {
                    course.end(run.take().unwrap(), Ok(ran.unwrap()), ran.take(), false);
                    begun = false;
                }
                _ => {}
            }
            code /= 6;
        }
    }
}
