//! Second way in: a module that `build.rs` generates whenever the description changes.

pub mod library {
    //! Client of the library.

    include!(concat!(env!("OUT_DIR"), "/library.rs"));
}
