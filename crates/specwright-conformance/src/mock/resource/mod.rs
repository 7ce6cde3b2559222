//! Resources: a list, and the operations that read and change its items.

mod change;
mod fit;
mod merge;
pub(crate) mod parent;
mod present;
#[cfg(test)]
mod testing;

use specwright_openapi::{Description, OperationRef};

pub(crate) use change::{Call, answer};

/// What an operation does with a list that pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is the list; the parameter is that in the path of a single item, if there are operations for those.
    List(Option<String>),
    /// It does this to the items of the list operation with this index.
    Item(usize, Deed),
    /// It has nothing to do with one.
    Other,
}

/// What is done to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// It is shown.
    Read,
    /// One is added.
    Create,
    /// Another one takes its place.
    Replace,
    /// Members of it are changed.
    Merge,
    /// It is taken away.
    Delete,
}

/// The roles of all operations; `pages` tells which of them are lists.
pub(crate) fn roles(description: &Description, pages: &[bool]) -> Vec<Role> {
    let operations: Vec<OperationRef<'_>> = description.operations().collect();
    let lists: Vec<(usize, &str)> = operations
        .iter()
        .zip(pages)
        .enumerate()
        .filter(|(_, (operation, pages))| **pages && operation.method == "GET")
        .map(|(index, (operation, _))| (index, operation.path))
        .collect();
    let role = |(operation, pages): (&OperationRef<'_>, &bool)| {
        if *pages {
            let mut items = operations.iter();
            let parameter = items.find_map(|it| parent::parameter(operation.path, it.path));
            return Role::List(parameter.map(str::to_owned));
        }
        let path = operation.path;
        let of_list = lists.iter().find(|(_, list)| parent::is_same(list, path));
        let of_item = || {
            lists
                .iter()
                .find(|(_, list)| parent::parameter(list, path).is_some())
        };
        let deed = match operation.method {
            "GET" => Deed::Read,
            "POST" => {
                let created = of_list.map(|(index, _)| Role::Item(*index, Deed::Create));
                return created.unwrap_or(Role::Other);
            }
            "PUT" => Deed::Replace,
            "PATCH" => Deed::Merge,
            "DELETE" => Deed::Delete,
            _ => return Role::Other,
        };
        of_item().map_or(Role::Other, |(index, _)| Role::Item(*index, deed))
    };
    operations.iter().zip(pages).map(role).collect()
}
