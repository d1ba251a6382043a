//! What can be read in a file, by its name.

/// What kind of file it is, for what can be read in it and how it is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Code,
    Tests,
    Prose,
    Settings,
    Other,
}

impl FileKind {
    pub fn of(path: &str) -> Self {
        let lower = path.to_ascii_lowercase();
        let name = super::path::name(&lower);
        let extension = super::path::extension(&lower);
        match extension {
            "md" | "mdx" | "rst" | "adoc" | "txt" => return Self::Prose,
            "json" | "jsonc" | "yaml" | "yml" | "toml" | "ini" | "cfg" | "conf" | "xml"
            | "properties" | "env" | "tf" | "gradle" | "example" => return Self::Settings,
            _ if matches!(
                name,
                "dockerfile" | "makefile" | ".gitignore" | ".editorconfig"
            ) =>
            {
                return Self::Settings;
            }
            "ipynb" | "svg" | "csv" | "lock" | "log" | "png" | "jpg" | "pdf" | "" => {
                return Self::Other;
            }
            _ => {}
        }
        let is_test = lower
            .split('/')
            .any(|part| matches!(part, "tests" | "test" | "__tests__" | "spec" | "e2e"))
            || [".test.", ".spec.", "_test.", "_spec."]
                .iter()
                .any(|mark| name.contains(mark))
            || name.starts_with("test_");
        if is_test { Self::Tests } else { Self::Code }
    }

    /// The label for it, if one says more than that it is code.
    pub fn concept(self) -> Option<&'static str> {
        match self {
            Self::Tests => Some("tests"),
            Self::Prose => Some("documentation"),
            Self::Settings => Some("configuration"),
            Self::Code | Self::Other => None,
        }
    }

    pub fn is_code(self) -> bool {
        matches!(self, Self::Code | Self::Tests)
    }
}
