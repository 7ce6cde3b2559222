//! Asking for a page again after an error that may pass.

use std::time::Duration;

use super::queue::Answer;
use crate::error::Error;
use crate::request::Request;

/// The pause before the first repetition when the server names none; it doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause when the server names none.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
/// The longest pause that a server can ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// Sends `request`, and up to `retries` times more while the error may pass. `seed` tells one page
/// from another, so that clients do not return together.
pub(super) fn answer(request: Request, retries: u32, seed: u64) -> Answer {
    Box::pin(async move {
        let mut failures = 0;
        loop {
            match request.answer().await {
                Err(error)
                    if failures < retries && error.is_retryable() && request.is_repeatable() =>
                {
                    let pause = pause_after(&error, failures, seed);
                    drop(error);
                    request.pause(pause).await;
                    failures += 1;
                }
                result => return result,
            }
        }
    })
}

/// How long to wait: what the server asks for in `Retry-After` (RFC 9110, section 10.2.3), else
/// between half of and all of a time that doubles with every failure.
fn pause_after(error: &Error, failures: u32, seed: u64) -> Duration {
    if let Some(asked) = error.api().and_then(|error| error.retry_after()) {
        return asked.min(LONGEST_ASKED);
    }
    let longest = FIRST_PAUSE
        .saturating_mul(2_u32.saturating_pow(failures))
        .min(LONGEST_PAUSE);
    let jitter = spread(seed.wrapping_add(u64::from(failures))) % 1024;
    longest / 2 + longest * u32::try_from(jitter).unwrap_or_default() / 2048
}

/// A number without a visible pattern (the finalizer of SplitMix64).
fn spread(seed: u64) -> u64 {
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::header::RETRY_AFTER;
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::error::ApiError;
    use crate::response::RawResponse;

    fn busy(retry_after: Option<&str>) -> Error {
        let mut headers = HeaderMap::new();
        if let Some(value) = retry_after {
            headers.insert(RETRY_AFTER, value.parse().unwrap());
        }
        let status = StatusCode::TOO_MANY_REQUESTS;
        ApiError::new(RawResponse::new("list", status, headers, Bytes::new())).into()
    }

    #[test]
    fn pauses_double_up_to_a_bound_and_differ_by_page() {
        for (failures, longest) in [(0, 250), (1, 500), (4, 4000), (5, 8000), (40, 8000)] {
            for seed in 0..100 {
                let pause = pause_after(&busy(None), failures, seed).as_millis();
                assert!((longest / 2..=longest).contains(&pause), "{pause}");
            }
        }
        assert_ne!(
            pause_after(&busy(None), 0, 1),
            pause_after(&busy(None), 0, 2)
        );
    }

    #[test]
    fn the_server_says_how_long_within_a_bound() {
        let pause = |value| pause_after(&busy(Some(value)), 3, 0).as_secs();
        assert_eq!((pause("0"), pause("7"), pause("3600")), (0, 7, 60));
    }
}
