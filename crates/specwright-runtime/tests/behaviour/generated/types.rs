//! Models, in the words of the generator.

use specwright_runtime::{
    DateTime, FromJson, JsonError, JsonReader, JsonWriter, Map, ToJson, Value,
};

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Conversation {
    pub id: String,
    pub title: Option<String>,
    pub status: Option<ConversationStatus>,
    pub steps: Option<Vec<Step>>,
    pub created_at: Option<DateTime>,
    pub variables: Option<Map<String, Value>>,
    pub additional: Map<String, Value>,
}

impl FromJson for Conversation {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut id = None;
        let mut title = None;
        let mut status = None;
        let mut steps = None;
        let mut created_at = None;
        let mut variables = None;
        let mut additional = Map::new();
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "id" => id = Some(json.read()?),
                "title" => title = json.read()?,
                "status" => status = json.read()?,
                "steps" => steps = json.read()?,
                "created_at" => created_at = json.read()?,
                "variables" => variables = json.read_lenient_map()?,
                _ => {
                    additional.insert(key.into_owned(), json.read()?);
                }
            }
        }
        Ok(Self {
            id: json.required("id", id)?,
            title,
            status,
            steps,
            created_at,
            variables,
            additional,
        })
    }
}

impl ToJson for Conversation {
    fn to_json(&self, json: &mut JsonWriter) {
        json.begin_object();
        json.field("id", &self.id);
        json.optional("title", &self.title);
        json.optional("status", &self.status);
        json.optional("steps", &self.steps);
        json.optional("created_at", &self.created_at);
        json.optional("variables", &self.variables);
        json.fields(&self.additional);
        json.end_object();
    }
}

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Step {
    pub position: i64,
    pub sort: Option<SortDirection>,
}

impl FromJson for Step {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut position = None;
        let mut sort = None;
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "position" => position = Some(json.read()?),
                "sort" => sort = json.read()?,
                _ => json.skip()?,
            }
        }
        Ok(Self {
            position: json.required("position", position)?,
            sort,
        })
    }
}

impl ToJson for Step {
    fn to_json(&self, json: &mut JsonWriter) {
        json.begin_object();
        json.field("position", &self.position);
        json.optional("sort", &self.sort);
        json.end_object();
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConversationStatus {
    Active,
    Closed,
    Other(String),
}

impl ConversationStatus {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "Active",
            Self::Closed => "Closed",
            Self::Other(value) => value,
        }
    }
}

impl From<String> for ConversationStatus {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl From<&str> for ConversationStatus {
    fn from(value: &str) -> Self {
        match value {
            "Active" => Self::Active,
            "Closed" => Self::Closed,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl std::fmt::Display for ConversationStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromJson for ConversationStatus {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        Ok(Self::from(&*json.read_str()?))
    }
}

impl ToJson for ConversationStatus {
    fn to_json(&self, json: &mut JsonWriter) {
        json.string(self.as_str());
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortDirection {
    Asc,
    Desc,
}

impl SortDirection {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asc => "asc",
            Self::Desc => "desc",
        }
    }
}

impl std::fmt::Display for SortDirection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromJson for SortDirection {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        match &*json.read_str()? {
            "asc" => Ok(Self::Asc),
            "desc" => Ok(Self::Desc),
            other => Err(json.unknown_variant("SortDirection", other)),
        }
    }
}

impl ToJson for SortDirection {
    fn to_json(&self, json: &mut JsonWriter) {
        json.string(self.as_str());
    }
}

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ConversationPage {
    pub data: ConversationPageData,
}

impl FromJson for ConversationPage {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut data = None;
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "data" => data = Some(json.read()?),
                _ => json.skip()?,
            }
        }
        Ok(Self {
            data: json.required("data", data)?,
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ConversationPageData {
    pub conversations: Vec<Conversation>,
    pub pagination: Pagination,
}

impl FromJson for ConversationPageData {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut conversations = None;
        let mut pagination = None;
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "conversations" => conversations = Some(json.read()?),
                "pagination" => pagination = Some(json.read()?),
                _ => json.skip()?,
            }
        }
        Ok(Self {
            conversations: json.required("conversations", conversations)?,
            pagination: json.required("pagination", pagination)?,
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Pagination {
    pub next_cursor: Option<String>,
    pub has_more: Option<bool>,
}

impl FromJson for Pagination {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut next_cursor = None;
        let mut has_more = None;
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "next_cursor" => next_cursor = json.read()?,
                "has_more" => has_more = json.read()?,
                _ => json.skip()?,
            }
        }
        Ok(Self {
            next_cursor,
            has_more,
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ErrorBody {
    pub message: Option<String>,
}

impl FromJson for ErrorBody {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut message = None;
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "message" => message = json.read()?,
                _ => json.skip()?,
            }
        }
        Ok(Self { message })
    }
}

/// An account: `me` for that of the current user.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AccountId(String);

impl From<&str> for AccountId {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "serde")]
specwright_runtime::impl_serde!(Conversation, Step);
