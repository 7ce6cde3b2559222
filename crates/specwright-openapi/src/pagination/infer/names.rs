//! What names mean. A name is compared without case, separators and brackets: `page[number]` is `pagenumber`.

/// How much a name says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It means other things as well.
    Weak,
    /// It is used for pages and little else.
    Strong,
}

use Strength::{Strong, Weak};

/// What an input moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// To a page number.
    Page,
    /// To an offset.
    Offset,
    /// To an opaque cursor, or past an item.
    Cursor,
    /// The same, on the way back.
    Back,
}

/// What a member of a response or a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// The next cursor, token or number.
    Next,
    /// The same of the way back.
    Previous,
    /// The URL of the next page.
    NextUrl,
    /// The URL of the previous page.
    PreviousUrl,
    HasMore,
    IsLast,
    Total,
    Current,
    Last,
    Size,
}

/// Letters and digits, in lower case.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What an input of this plain name moves.
pub(super) fn moves(plain: &str) -> Option<(Move, Strength)> {
    Some(match plain {
        "page" | "pagenumber" | "pageno" | "pagenum" | "currentpage" | "pageindex" | "pagenr"
        | "paginationpage" | "pagingpage" => (Move::Page, Strong),
        "p" | "pn" | "pg" | "pageid" | "paged" => (Move::Page, Weak),
        "offset" | "skip" | "startat" | "startindex" | "firstresult" | "pageoffset"
        | "recordoffset" | "rowoffset" | "startoffset" | "paginationoffset" | "startrecord"
        | "startrow" | "itemoffset" | "resultoffset" | "startposition" => (Move::Offset, Strong),
        "start" | "from" | "begin" | "position" | "startfrom" | "index" => (Move::Offset, Weak),
        "cursor" | "pagetoken" | "nexttoken" | "nextpagetoken" | "continuationtoken"
        | "pagecursor" | "startingafter" | "marker" | "continue" | "nextcursor" | "bookmark"
        | "scrollid" | "startcursor" | "exclusivestartkey" | "nextmarker" | "pageafter"
        | "starttoken" | "continuation" | "pagingtoken" | "paginationtoken" | "nextpageid"
        | "aftercursor" | "cursorafter" | "afterid" | "sinceid" | "startafterid" | "pagestate"
        | "pagemarker" | "startmarker" | "cursormark" | "searchafter" | "paginationcursor"
        | "msmarker" | "xmscontinuation" | "paginationkey" | "startingtoken"
        | "startaftertoken" | "pagekey" | "pageinfo" | "lastevaluatedkey" | "endcursor"
        | "cursornext" | "cursorid" => (Move::Cursor, Strong),
        "after" | "next" | "token" | "lastid" | "lastkey" | "startkey" | "startafter"
        | "iterator" | "nextpage" | "nextid" | "fromid" | "last" | "startid" | "lastseenid"
        | "offsetid" | "aftertoken" | "afterkey" | "aftername" | "aftersequence" | "maxid"
        | "startingpoint" | "since" => (Move::Cursor, Weak),
        "endingbefore" | "prevcursor" | "previouscursor" | "pagebefore" | "beforecursor"
        | "cursorbefore" | "beforeid" | "previoustoken" | "prevtoken" => (Move::Back, Strong),
        "before" | "minid" | "previous" | "prev" => (Move::Back, Weak),
        _ => return None,
    })
}

/// Whether an input of this plain name takes a page size.
pub(super) fn is_size(plain: &str) -> Option<Strength> {
    Some(match plain {
        "limit" | "perpage" | "pagesize" | "pagelimit" | "maxresults" | "top" | "take"
        | "maxitems" | "maxkeys" | "itemsperpage" | "resultsperpage" | "maxperpage"
        | "paginationlimit" | "pagingsize" | "recordsperpage" | "maxpagesize" | "pageperpage"
        | "rowsperpage" | "limitperpage" | "maximumresults" | "paginationsize" | "pagemaxsize"
        | "perpagelimit" => Strong,
        "size" | "count" | "max" | "first" | "n" | "num" | "rows" | "results" | "items"
        | "maxcount" | "numresults" | "ps" | "pagelen" | "hitsperpage" | "length" | "maximum"
        | "pagecount" | "limits" | "batchsize" => Weak,
        _ => return None,
    })
}

/// What a number of this plain name says, in a response or a header.
pub(super) fn number(plain: &str) -> Option<(Says, Strength)> {
    Some(match plain {
        "total"
        | "totalcount"
        | "totalitems"
        | "totalresults"
        | "totalelements"
        | "totalhits"
        | "numfound"
        | "totalrecords"
        | "totalnumber"
        | "totalsize"
        | "totalrows"
        | "itemstotal"
        | "totalnum"
        | "totalentries"
        | "totalobjects"
        | "totalitemcount"
        | "totalresultcount"
        | "estimatedtotalhits"
        | "totalamount"
        | "paginationtotal"
        | "paginationtotalcount"
        | "resulttotal"
        | "recordstotal"
        | "paginationcount"
        | "totalnumberofitems"
        | "totalnumberofrecords"
        | "totalrecordcount"
        | "fullcount"
        | "odatacount"
        | "totalnumberofresults"
        | "totalcountofitems"
        | "totalsetsize" => (Says::Total, Strong),
        "count" | "itemcount" | "itemscount" | "resultcount" | "found" | "hits" | "nbhits"
        | "size" | "itemtotal" => (Says::Total, Weak),
        "totalpages"
        | "lastpage"
        | "numpages"
        | "pagestotal"
        | "totalpage"
        | "pagetotal"
        | "totalpagecount"
        | "maxpage"
        | "numberofpages"
        | "pagenumtotal"
        | "paginationtotalpages"
        | "nbpages"
        | "lastpagenumber"
        | "pagelast" => (Says::Last, Strong),
        "pagecount" | "pages" => (Says::Last, Weak),
        "currentpage" | "pagenumber" | "pageindex" | "pagenum" | "pageno" | "currentpagenumber" => {
            (Says::Current, Strong)
        }
        "page" | "number" | "current" => (Says::Current, Weak),
        "perpage" | "pagesize" | "itemsperpage" | "resultsperpage" | "maxresults" | "pagelimit" => {
            (Says::Size, Strong)
        }
        "limit" => (Says::Size, Weak),
        "nextpage" | "nextoffset" | "nextpageoffset" | "nextpagenumber" | "nextstart"
        | "nextskip" | "nextstartindex" => (Says::Next, Strong),
        "next" => (Says::Next, Weak),
        "prevpage" | "previouspage" | "prevoffset" | "previousoffset" => (Says::Previous, Weak),
        _ => return None,
    })
}

/// What a text of this plain name says.
pub(super) fn text(plain: &str) -> Option<(Says, Strength)> {
    Some(match plain {
        "nextcursor"
        | "nextpagetoken"
        | "nexttoken"
        | "nextmarker"
        | "continuationtoken"
        | "endcursor"
        | "aftercursor"
        | "nextpagecursor"
        | "nextcontinuationtoken"
        | "nextpageid"
        | "nextscrollid"
        | "nextbookmark"
        | "nextstartingafter"
        | "nextiterator"
        | "nextpagingtoken"
        | "nextkey"
        | "nextid"
        | "nextoffset"
        | "nextcursormark"
        | "cursornext"
        | "nextpagekey"
        | "lastevaluatedkey"
        | "nextpagestate"
        | "nextafter"
        | "scrollid"
        | "paginationtoken"
        | "nextstartkey"
        | "opcnextpage"
        | "nextstreamposition"
        | "msnextmarker"
        | "xmscontinuation"
        | "nextpaginationtoken"
        | "nextcontinuation"
        | "nextsearchafter"
        | "nextpageoffset"
        | "nextpartition"
        | "nextcursorid" => (Says::Next, Strong),
        "cursor" | "continue" | "after" | "next" | "lastid" | "iterator" | "marker"
        | "bookmark" | "nextpage" | "pagetoken" | "pagingtoken" | "token" | "offset"
        | "lastkey" | "continuation" | "nextposition" | "pagingstate" => (Says::Next, Weak),
        "previouscursor" | "beforecursor" | "prevcursor" | "startcursor" | "previouspagetoken"
        | "prevpagetoken" | "previoustoken" | "prevtoken" | "cursorprev" | "previouspagecursor"
        | "previousiterator" | "previousid" | "prevpagecursor" | "previousmarker"
        | "cursorprevious" => (Says::Previous, Strong),
        "before" | "firstid" | "previous" | "prev" | "previouspage" | "prevpage" => {
            (Says::Previous, Weak)
        }
        "nexturl" | "nextlink" | "nextpageuri" | "nextpageurl" | "nexthref" | "nexturi"
        | "nextpagelink" | "odatanextlink" | "nextresultsurl" | "urlnext" | "linknext"
        | "linksnext" | "nextpagepath" | "nextpath" | "nextrecordsurl" => (Says::NextUrl, Strong),
        "previousurl" | "prevurl" | "previouslink" | "prevlink" | "previouspageuri"
        | "previouspageurl" | "prevpageurl" | "previoushref" | "previouspagelink"
        | "previousuri" | "prevpagelink" => (Says::PreviousUrl, Strong),
        _ => return None,
    })
}

/// What a member of an object that is named after cursors says: `cursors.after`, `cursor.before`.
pub(super) fn in_cursors(plain: &str) -> Option<(Says, Strength)> {
    Some(match plain {
        "after" | "next" | "end" => (Says::Next, Strong),
        "before" | "previous" | "prev" => (Says::Previous, Strong),
        _ => return None,
    })
}

/// What a flag of this plain name says.
pub(super) fn flag(plain: &str) -> Option<(Says, Strength)> {
    Some(match plain {
        "hasmore"
        | "hasnext"
        | "hasnextpage"
        | "moreavailable"
        | "hasmoreitems"
        | "morepages"
        | "istruncated"
        | "hasmoreresults"
        | "hasmorepages"
        | "moreresults"
        | "hasmoredata"
        | "hasmorerecords"
        | "moreitems"
        | "isnext"
        | "hasmorepage"
        | "thereismore"
        | "ismore"
        | "nextpageexists"
        | "isnextpage"
        | "moreitemsincollection"
        | "hasadditionalresults"
        | "nextpageavailable"
        | "existsmore" => (Says::HasMore, Strong),
        "more" | "truncated" | "next" | "nextpage" | "incompleteiteration" => (Says::HasMore, Weak),
        "islast" | "islastpage" | "lastpage" | "isfinalpage" | "isend" | "endoflist"
        | "nomorepages" | "isfinal" | "endofresults" => (Says::IsLast, Strong),
        "last" => (Says::IsLast, Weak),
        _ => return None,
    })
}

/// Whether an object of this plain name groups links or URLs: what is called `next` in it is a URL.
pub(super) fn groups_urls(plain: &str) -> bool {
    plain.contains("link") || plain.contains("url") || plain.contains("href")
}

/// Whether an object of this plain name is about pages: what is in it is about them too.
pub(super) fn groups_pages(plain: &str) -> bool {
    const WORDS: [&str; 6] = ["page", "pagi", "paging", "cursor", "metadata", "meta"];
    groups_urls(plain)
        || WORDS.iter().any(|word| plain.contains(word))
        || matches!(plain, "next" | "info" | "pager" | "listmetadata")
}

/// Whether an array of this plain name never holds the items of a list.
pub(super) fn is_beside_items(plain: &str) -> bool {
    matches!(
        plain,
        "links"
            | "errors"
            | "warnings"
            | "facets"
            | "included"
            | "aggregations"
            | "warningmessages"
            | "errormessages"
            | "problems"
            | "deprecations"
            | "facetdistribution"
            | "breadcrumbs"
            | "availablefilters"
            | "acceptedscopes"
            | "notices"
    )
}

/// Whether an array of this plain name holds the items of a list only where nothing else does.
pub(super) fn is_rarely_items(plain: &str) -> bool {
    matches!(
        plain,
        "messages"
            | "sort"
            | "sorting"
            | "sorts"
            | "filters"
            | "columns"
            | "fields"
            | "scopes"
            | "tags"
            | "labels"
            | "permissions"
    )
}

/// Whether an array of this plain name usually holds the items of a list.
pub(super) fn is_items(plain: &str) -> bool {
    matches!(
        plain,
        "items"
            | "data"
            | "results"
            | "records"
            | "entries"
            | "values"
            | "value"
            | "list"
            | "content"
            | "rows"
            | "hits"
            | "objects"
            | "elements"
            | "nodes"
            | "resources"
            | "result"
            | "collection"
            | "edges"
            | "documents"
            | "matches"
    )
}

/// Whether an input of this plain name may take a position of any kind.
pub(super) fn is_position(plain: &str) -> bool {
    const WORDS: [&str; 13] = [
        "position",
        "token",
        "cursor",
        "offset",
        "key",
        "page",
        "marker",
        "start",
        "after",
        "sync",
        "partition",
        "row",
        "sequence",
    ];
    moves(plain).is_some() || WORDS.iter().any(|word| plain.contains(word))
}

/// Whether an input of this plain name takes something opaque, which no field of an item is.
pub(super) fn is_opaque(plain: &str) -> bool {
    const WORDS: [&str; 6] = [
        "cursor", "token", "scroll", "continu", "bookmark", "pageinfo",
    ];
    WORDS.iter().any(|word| plain.contains(word))
}

/// Whether a description speaks of pages.
pub(super) fn speaks_of_pages(description: &str) -> bool {
    let text = description.to_ascii_lowercase();
    const WORDS: [&str; 9] = [
        "pagina",
        "paging",
        "next page",
        "cursor",
        "offset",
        "page number",
        "per page",
        "skip",
        "page of",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether an input of this plain name ends a range, so that `start` and `from` begin one.
pub(super) fn ends_a_range(plain: &str) -> bool {
    matches!(
        plain,
        "end" | "to" | "until" | "stop" | "finish" | "endtime" | "endat" | "enddate" | "till"
    )
}

/// Whether a description speaks of a moment in time.
pub(super) fn speaks_of_time(description: &str) -> bool {
    let text = description.to_ascii_lowercase();
    let mut words = text.split(|it: char| !it.is_alphanumeric());
    if words.any(|word| word == "time") {
        return true;
    }
    const WORDS: [&str; 7] = [
        "timestamp",
        "date",
        "iso 8601",
        "iso-8601",
        "epoch",
        "rfc 3339",
        "rfc3339",
    ];
    WORDS.iter().any(|word| text.contains(word))
}
