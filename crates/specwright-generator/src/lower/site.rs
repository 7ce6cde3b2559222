//! Where a schema stands: among the names of the API and in the document.

use specwright_openapi::diagnostics::Pointer;

/// A place that types are named after.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Words from the outside in, beginning with the component or operation.
    pub(super) words: Vec<String>,
    /// The component that the schema is.
    pub(super) component: Option<String>,
    /// The component that the schema is inside of, or is.
    pub(super) root: Option<String>,
    pub(super) pointer: Pointer,
}

impl Site {
    /// The site of something that an operation has.
    pub(super) fn of_operation(id: &str, word: &str, pointer: Pointer) -> Self {
        Self {
            words: vec![id.to_owned(), word.to_owned()],
            component: None,
            root: None,
            pointer,
        }
    }

    /// The site of a schema component.
    pub(super) fn of_component(name: &str) -> Self {
        Self {
            words: vec![name.to_owned()],
            component: Some(name.to_owned()),
            root: Some(name.to_owned()),
            pointer: Pointer::root()
                .join("components")
                .join("schemas")
                .join(name),
        }
    }

    pub(super) fn property(&self, name: &str) -> Self {
        self.inside(name, self.pointer.join("properties").join(name))
    }

    pub(super) fn items(&self) -> Self {
        self.inside("item", self.pointer.join("items"))
    }

    pub(super) fn values(&self) -> Self {
        self.inside("value", self.pointer.join("additionalProperties"))
    }

    /// The site of a member of a composition; it has the words of the whole.
    pub(super) fn member(&self, keyword: &str, index: usize) -> Self {
        Self {
            words: self.words.clone(),
            component: None,
            root: self.root.clone(),
            pointer: self.pointer.join(keyword).index(index),
        }
    }

    /// The same place with one more word.
    pub(super) fn named(&self, word: &str) -> Self {
        self.inside(word, self.pointer.clone())
    }

    fn inside(&self, word: &str, pointer: Pointer) -> Self {
        let mut words = self.words.clone();
        words.push(word.to_owned());
        Self {
            words,
            component: None,
            root: self.root.clone(),
            pointer,
        }
    }
}
