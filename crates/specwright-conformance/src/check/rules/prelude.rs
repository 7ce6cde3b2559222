//! What most rules use.

pub(super) use specwright_openapi::{
    Kind, Node, Object, Version, Visit,
    diagnostics::{
        Pointer, Rule,
        Severity::{Error, Info, Warning},
    },
};

pub(super) use crate::check::{
    context::Context,
    list::List,
    operation::{Operation, Parameter, parameters},
    report::Report,
    rule::{
        ALL, Check, DocumentRule, FROM_3_0, FROM_3_1,
        Set::{Minimal, Recommended, Strict},
    },
    schemas, template,
};
