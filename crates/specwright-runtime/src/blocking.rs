//! Waiting for calls in programs without an async runtime.

use std::future::IntoFuture;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::{ConfigurationError, Error};

/// Waits for a call, such as a request of a generated client, and gives its result.
///
/// All blocking calls and iterators of a process share one runtime with one thread of its own, which
/// is started by the first of them and never ends; so connections are kept between calls.
///
/// ```
/// use specwright_runtime::{ConfigurationError, Error, block_on};
///
/// let seven = block_on(async { Ok::<_, Error>(7) })?;
/// assert_eq!(seven, 7);
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
/// Those of the call. Within an async runtime, where waiting would bring other tasks to a halt, it is
/// a configuration error and nothing is sent; so it is on the threads of `spawn_blocking`, which
/// cannot be told apart.
pub fn block_on<T>(call: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
    wait(call.into_future())?
}

/// Waits for a future.
pub(crate) fn wait<F: Future>(future: F) -> Result<F::Output, ConfigurationError> {
    static RUNTIME: OnceLock<Result<Runtime, std::io::Error>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        return Err(ConfigurationError::new(
            "a blocking call was made within an async runtime; await the call there instead",
        ));
    }
    let runtime = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("specwright")
            .enable_all()
            .build()
    });
    match runtime {
        Ok(runtime) => Ok(runtime.block_on(future)),
        Err(error) => Err(ConfigurationError::new(format!(
            "the runtime for blocking calls cannot be started: {error}"
        ))),
    }
}
