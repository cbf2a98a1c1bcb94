//! Who is next: a fair queue without clocks, threads or wakers.
//!
//! In: claims `P` that enter, take, leave; a close. Out: at most one holder at a time, in the order of entering.
//!
//! Invariants: somebody waits only while somebody holds; a grant nobody took yet is passed on when its claim
//! leaves; a closed gate lets nobody enter but keeps the ones inside.

use std::collections::VecDeque;

/// The place of a claim in the queue; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Granted,
    Waiting,
    /// Not in the queue: sent away, or it left.
    Gone,
}

#[derive(Debug)]
struct Entry<P> {
    ticket: Ticket,
    place: P,
}

#[derive(Debug)]
pub(crate) struct Gate<P> {
    issued: u64,
    holder: Option<Entry<P>>,
    /// Whether the holder knows that it holds.
    taken: bool,
    waiting: VecDeque<Entry<P>>,
    closed: bool,
}

/// What happened when a claim left.
#[derive(Debug)]
pub(crate) struct Left<P> {
    /// The claim, if it was still there.
    pub(crate) place: Option<P>,
    /// Who holds now and does not know it yet.
    pub(crate) granted: Option<Ticket>,
}

impl<P> Gate<P> {
    pub(crate) const fn new() -> Self {
        Self {
            issued: 0,
            holder: None,
            taken: false,
            waiting: VecDeque::new(),
            closed: false,
        }
    }

    /// Lines up; a claim that finds the gate free takes it at once. A closed gate gives the claim back.
    pub(crate) fn enter(&mut self, place: P) -> Result<(Ticket, Turn), P> {
        if self.closed {
            Err(place)
        } else {
            Ok(self.line_up(place))
        }
    }

    /// Closes and lines up as the last one, even when it was closed before.
    pub(crate) fn enter_last(&mut self, place: P) -> (Ticket, Turn) {
        self.closed = true;
        self.line_up(place)
    }

    fn line_up(&mut self, place: P) -> (Ticket, Turn) {
        let ticket = Ticket(self.issued);
        self.issued += 1;
        let entry = Entry { ticket, place };
        if self.holder.is_none() {
            self.holder = Some(entry);
            self.taken = true;
            (ticket, Turn::Granted)
        } else {
            self.waiting.push_back(entry);
            (ticket, Turn::Waiting)
        }
    }

    /// Asks how the claim stands; a grant counts as taken from now on.
    pub(crate) fn take(&mut self, ticket: Ticket) -> Turn {
        if self
            .holder
            .as_ref()
            .is_some_and(|holder| holder.ticket == ticket)
        {
            self.taken = true;
            Turn::Granted
        } else if self.is_waiting(ticket) {
            Turn::Waiting
        } else {
            Turn::Gone
        }
    }

    pub(crate) fn is_waiting(&self, ticket: Ticket) -> bool {
        self.waiting.iter().any(|entry| entry.ticket == ticket)
    }

    /// Gives the gate back, or the place in the line. Leaving twice does nothing.
    pub(crate) fn leave(&mut self, ticket: Ticket) -> Left<P> {
        if self
            .holder
            .as_ref()
            .is_some_and(|holder| holder.ticket == ticket)
        {
            let place = self.holder.take().map(|entry| entry.place);
            return Left {
                place,
                granted: self.grant(),
            };
        }
        Left {
            place: self.withdraw(ticket),
            granted: None,
        }
    }

    /// Gives up waiting; a claim that holds by now goes on holding.
    pub(crate) fn withdraw(&mut self, ticket: Ticket) -> Option<P> {
        let at = self
            .waiting
            .iter()
            .position(|entry| entry.ticket == ticket)?;
        self.waiting.remove(at).map(|entry| entry.place)
    }

    /// Sends away everybody who does not hold yet or does not know it; nobody can enter any more.
    pub(crate) fn send_away(&mut self) -> Vec<P> {
        self.closed = true;
        let mut away: Vec<P> = self.waiting.drain(..).map(|entry| entry.place).collect();
        if !self.taken {
            away.extend(self.holder.take().map(|entry| entry.place));
        }
        away
    }

    /// Sends away those who wait behind the first `bound` of the line.
    pub(crate) fn send_back(&mut self, bound: usize) -> Vec<P> {
        let within = bound.min(self.waiting.len());
        let beyond = self.waiting.split_off(within);
        beyond.into_iter().map(|entry| entry.place).collect()
    }

    fn grant(&mut self) -> Option<Ticket> {
        self.taken = false;
        self.holder = self.waiting.pop_front();
        self.holder.as_ref().map(|entry| entry.ticket)
    }

    /// The claim with this ticket, wherever it stands.
    pub(crate) fn place_mut(&mut self, ticket: Ticket) -> Option<&mut P> {
        self.holder
            .iter_mut()
            .chain(self.waiting.iter_mut())
            .find(|entry| entry.ticket == ticket)
            .map(|entry| &mut entry.place)
    }

    pub(crate) fn holder(&self) -> Option<&P> {
        self.holder.as_ref().map(|entry| &entry.place)
    }

    /// The holder's ticket, and the one that whoever enters next will get.
    pub(crate) fn tickets(&self) -> (Option<Ticket>, Ticket) {
        let holder = self.holder.as_ref().map(|entry| entry.ticket);
        (holder, Ticket(self.issued))
    }

    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn close(&mut self) {
        self.closed = true;
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate_of(names: &[&'static str]) -> (Gate<&'static str>, Vec<Ticket>) {
        let mut gate: Gate<&'static str> = Gate::new();
        let tickets = names
            .iter()
            .map(|name| gate.enter(*name).unwrap().0)
            .collect();
        (gate, tickets)
    }

    #[test]
    fn the_first_one_holds_and_the_others_follow_in_order() {
        let (mut gate, tickets) = gate_of(&["a", "b", "c"]);
        for (index, ticket) in tickets.iter().enumerate() {
            assert_eq!(gate.take(*ticket), Turn::Granted);
            assert_eq!(gate.waiting(), 2 - index);
            assert_eq!(gate.leave(*ticket).granted, tickets.get(index + 1).copied());
        }
        assert_eq!(gate.holder(), None);
    }

    #[test]
    fn whoever_gives_up_waiting_is_skipped() {
        let (mut gate, tickets) = gate_of(&["a", "b", "c"]);
        let left = gate.leave(tickets[1]);
        assert_eq!((left.place, left.granted), (Some("b"), None));
        assert_eq!(gate.leave(tickets[0]).granted, Some(tickets[2]));
        assert_eq!(gate.take(tickets[1]), Turn::Gone);
    }

    #[test]
    fn a_grant_that_was_not_taken_is_passed_on() {
        let (mut gate, tickets) = gate_of(&["a", "b", "c"]);
        gate.leave(tickets[0]);
        assert_eq!(gate.leave(tickets[1]).granted, Some(tickets[2]));
    }

    #[test]
    fn leaving_twice_changes_nothing() {
        let (mut gate, tickets) = gate_of(&["a", "b", "c"]);
        gate.leave(tickets[0]);
        let again = gate.leave(tickets[0]);
        assert!(again.place.is_none() && again.granted.is_none());
        assert_eq!(gate.holder(), Some(&"b"));
    }

    #[test]
    fn a_closed_gate_finishes_its_line_and_lets_nobody_in() {
        let (mut gate, tickets) = gate_of(&["a", "b"]);
        let (last, turn) = gate.enter_last("close");
        assert_eq!(turn, Turn::Waiting);
        assert_eq!(gate.enter("late"), Err("late"));
        gate.leave(tickets[0]);
        assert_eq!(gate.leave(tickets[1]).granted, Some(last));
    }

    #[test]
    fn sending_away_spares_only_a_holder_that_knows() {
        let (mut gate, tickets) = gate_of(&["a", "b", "c"]);
        assert_eq!(gate.send_away(), ["b", "c"]);
        assert_eq!(gate.take(tickets[0]), Turn::Granted);

        let (mut gate, tickets) = gate_of(&["a", "b", "c"]);
        gate.leave(tickets[0]);
        assert_eq!(gate.send_away(), ["c", "b"]);
        assert_eq!(gate.take(tickets[1]), Turn::Gone);
        assert_eq!(gate.enter_last("undo").1, Turn::Granted);
    }

    #[test]
    fn sending_back_keeps_the_holder_and_as_many_as_are_bound_to_have_a_place() {
        let (mut gate, tickets) = gate_of(&["a", "b", "c", "d"]);
        assert!(gate.send_back(3).is_empty());
        assert_eq!(gate.send_back(1), ["c", "d"]);
        assert_eq!(gate.take(tickets[2]), Turn::Gone);
        assert_eq!(gate.leave(tickets[0]).granted, Some(tickets[1]));
        assert_eq!(gate.enter("e").unwrap().1, Turn::Waiting);
        assert_eq!(gate.send_back(0), ["e"]);
        assert_eq!(gate.take(tickets[1]), Turn::Granted);
    }

    /// Every short program of entering, taking and leaving keeps the gate fair and never idle with a line.
    #[test]
    fn no_order_of_events_leaves_the_gate_idle() {
        for program in 0..4_u32.pow(7) {
            let mut gate = Gate::new();
            let mut inside: Vec<Ticket> = Vec::new();
            let mut code = program;
            for _ in 0..7 {
                match code % 4 {
                    0 | 1 => inside.push(gate.enter(()).unwrap().0),
                    2 if !inside.is_empty() => {
                        gate.leave(inside.remove(0));
                    }
                    3 => {
                        if let Some(ticket) = inside.pop() {
                            gate.leave(ticket);
                        }
                    }
                    _ => {}
                }
                code /= 4;
                assert_eq!(gate.holder().is_some(), !inside.is_empty());
                let turns: Vec<Turn> = inside.iter().map(|ticket| gate.take(*ticket)).collect();
                if let Some((first, rest)) = turns.split_first() {
                    assert_eq!(*first, Turn::Granted);
                    assert!(rest.iter().all(|turn| *turn == Turn::Waiting));
                }
            }
        }
    }
}
