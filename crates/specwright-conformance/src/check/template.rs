//! Path templates and templated URLs (OAS 3.0.4, Path Templating).

/// The names between braces, in order, repeated ones repeated. What is not well-formed is left out.
pub(crate) fn names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((_, tail)) = rest.split_once('{') {
        let Some((name, after)) = tail.split_once('}') else {
            break;
        };
        names.push(name);
        rest = after;
    }
    names
}

/// What is wrong with the braces of a template.
pub(crate) fn problem(template: &str) -> Option<&'static str> {
    let mut inside = false;
    let mut length = 0;
    for character in template.chars() {
        match (character, inside) {
            ('{', true) => return Some("a brace opens inside of braces"),
            ('{', false) => (inside, length) = (true, 0),
            ('}', false) => return Some("a brace closes that was not opened"),
            ('}', true) if length == 0 => return Some("the braces hold no name"),
            ('}', true) => inside = false,
            _ => length += 1,
        }
    }
    inside.then_some("a brace opens that is not closed")
}

/// The template with the names taken out: what requests are told apart by.
pub(crate) fn without_names(template: &str) -> String {
    let mut bare = String::with_capacity(template.len());
    let mut inside = false;
    for character in template.chars() {
        if character == '}' {
            inside = false;
        }
        if !inside {
            bare.push(character);
        }
        if character == '{' {
            inside = true;
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        assert_eq!(names("/a/{b}/{c}.{d}{"), ["b", "c", "d"]);
        assert_eq!(without_names("/a/{b}/{c}.json"), "/a/{}/{}.json");
        for (template, sound) in [
            ("/", true),
            ("/{a}", true),
            ("/{}", false),
            ("/{a", false),
            ("/a}", false),
            ("/{{a}}", false),
        ] {
            assert_eq!(problem(template).is_none(), sound, "{template}");
        }
    }
}
