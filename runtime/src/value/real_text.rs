//! The text of a REAL: `0.1` → `0.1`, `1e20` → `1.0e+20`.
//!
//! In: a double. Out: the shortest digits that read back as the same double, written as SQLite writes reals. Its own
//! CAST gives 15 or 17 digits, depending on its version, so that only the style is the same, and not each last digit.

/// The text of `real`.
pub(crate) fn text_of_real(real: f64) -> String {
    if real.is_infinite() {
        return if real > 0.0 { "Inf" } else { "-Inf" }.to_owned();
    }
    if real == 0.0 {
        // SQLite writes no sign for zero.
        return "0.0".to_owned();
    }
    let scientific = format!("{real:e}");
    let exponent = scientific.split_once('e').map(|(digits, exponent)| {
        let exponent: i32 = exponent.parse().unwrap_or_default();
        (digits, exponent)
    });
    match exponent {
        Some((digits, exponent)) if !(-4..17).contains(&exponent) => {
            let digits = with_point(digits.to_owned());
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
        _ => with_point(real.to_string()),
    }
}

fn with_point(digits: String) -> String {
    if digits.contains('.') {
        digits
    } else {
        digits + ".0"
    }
}

#[cfg(test)]
mod tests {
    use super::text_of_real;

    /// Numbers whose shortest text has at most 15 digits, so that every version of SQLite gives it.
    const SHORT: [f64; 17] = [
        3.1,
        -2.5,
        1e14,
        0.0,
        -0.0,
        1e17,
        1e18,
        1e100,
        -1e-5,
        0.0001,
        0.000_123_45,
        f64::INFINITY,
        f64::NEG_INFINITY,
        1.5e300,
        1e-300,
        1024.25,
        7.0,
    ];

    #[test]
    fn r119_reals_are_written_as_sqlite_writes_them() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let cast = |real: f64| -> String {
            connection
                .query_row("SELECT CAST(? AS TEXT)", [real], |row| row.get(0))
                .unwrap()
        };
        for real in SHORT {
            assert_eq!(text_of_real(real), cast(real), "{real:?}");
        }
    }

    #[test]
    fn r119_every_text_reads_back_as_its_real() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let mut bits = 1_u64;
        let mut tried = 0;
        while tried < 2_000 {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let real = f64::from_bits(bits);
            if !real.is_finite() {
                continue;
            }
            tried += 1;
            let text = text_of_real(real);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), bits, "{text}");
            let stored: f64 = connection
                .query_row("SELECT CAST(? AS REAL)", [&text], |row| row.get(0))
                .unwrap();
            // SQLite's own reading may be one unit in the last place off.
            assert!(
                (stored - real).abs() <= real.abs() * 1e-15,
                "{text}: {stored}"
            );
        }
    }
}
