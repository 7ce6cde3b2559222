//! A model of paged lists: walks over random lists, styles and faults must give what the model says,
//! or the error it says. One server over real sockets plays all of them.

mod faults;
mod random;
mod server;
mod sound;
mod walks;

pub use random::Random;
pub use server::{Fault, List, Style};
