//! The settings that walks through items and through pages have in common.

/// Methods of a type with a field `driver`.
macro_rules! walk_settings {
    () => {
        /// Starts at `position`, in place of the one that is set on the request. A position stands
        /// for a whole page; [`resume`](Self::resume) goes on within one.
        pub fn start_at(mut self, position: Position) -> Self {
            self.driver.start_at(position);
            self
        }

        /// Asks for pages of `items` items, in place of the size that is set on the request. A size
        /// above the documented maximum is sent as it is. 0 is refused by the first poll unless it
        /// is what the API calls everything, and so is any size if requests cannot carry one.
        pub fn page_size(mut self, items: u64) -> Self {
            self.driver.page_size(items);
            self
        }

        /// Ends after `pages` pages, both directions counted together.
        pub fn max_pages(mut self, pages: u64) -> Self {
            self.driver.walk.rules.max_pages = Some(pages);
            self
        }

        /// How many empty pages may follow each other if each leads on. 100 by default.
        pub fn max_empty_pages(mut self, pages: u32) -> Self {
            self.driver.walk.rules.max_empty_pages = pages;
            self
        }

        /// Takes a page with fewer items than the page size as the last one, in a walk by offset or
        /// page number. Saves the request for an empty page, and loses items if the server caps the
        /// page size below what the document says.
        pub fn stop_on_short_page(mut self) -> Self {
            self.driver.walk.rules.stop_on_short_page = true;
            self
        }

        /// Asks for up to `pages` pages before they are wanted; 0, the default, for none. The order
        /// stays the server's.
        ///
        /// Behind an opaque position (cursor, key, token, URL) one page is known at a time. By
        /// offset or page number, with a total or a last page in the responses, `pages` requests
        /// are under way at once; never beyond what the server announced or the bounds of the walk
        /// allow. Requests go on while the walk is polled. At most the page in hand and `pages`
        /// responses are in memory.
        pub fn prefetch(mut self, pages: usize) -> Self {
            self.driver.prefetch = pages;
            self
        }

        /// Asks for a page again, up to `times` times in a row, after an error that may pass
        /// ([`Error::is_retryable`]); 0, the default, for never. Only then the error is yielded.
        ///
        /// Between two attempts it waits as long as `Retry-After` says (RFC 9110, section 10.2.3; 60
        /// seconds at the most), else about 250 ms, doubled each time up to 8 seconds, by the clock
        /// of the transport: [`Transport::sleep`](crate::Transport::sleep).
        pub fn retries(mut self, times: u32) -> Self {
            self.driver.retries = times;
            self
        }

        /// What was odd so far and did not stop the walk.
        pub fn notices(&self) -> &[Notice] {
            self.driver.walk.notices()
        }
    };
}

pub(super) use walk_settings;
